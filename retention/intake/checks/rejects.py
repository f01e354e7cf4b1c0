"""Which rows of `staged` cannot be used or look wrong: marked, counted and named, never silently lost."""

from retention.intake.checks.plausibility import mark_totals, trial_accounts
from retention.intake.columns.column_context import Reading
from retention.intake.columns.column_value import noticed
from retention.intake.recognise.kinds import KINDS, Kind
from retention.model import Finding

SCIENTIFIC = "'^[0-9](\\.[0-9]+)?E\\+[0-9]+$'"
SEVERITY = {"left_out": "note", "totals_row": "note"}
ABOUT = {
    "member_missing": ("email", "own_id"),
    "email_malformed": ("email",),
    "start_missing": ("started_on",),
    "date_future": ("started_on", "sent_at", "paid_at", "requested_at"),
    "end_before_start": ("end_given",),
}


def row_findings(reading: Reading) -> list[Finding]:
    """Mark duplicates, then return one finding for each kind of unusable or contradictory row."""
    kind = KINDS[reading.found.form.kind]
    mark_totals(reading)
    _mark_twins(reading, kind)
    _mark_duplicates(reading, kind)
    told = "select distinct aside from staged where aside is not null order by 1"
    codes = reading.connection.execute(told).fetchall()
    found = [
        _of(reading, code, f"aside = '{code}'", SEVERITY.get(code, "doubtful"), _shown(kind, code)) for (code,) in codes
    ]
    if reading.found.has("email", "own_id", "plan"):
        found.append(_of(reading, "invisible_characters", "unseen", "doubtful", None))
    if reading.found.has("own_id"):
        found.append(_of(reading, "ids_scientific", f"regexp_matches(own_id, {SCIENTIFIC})", "doubtful", "own_id"))
    by_id = "aside is null and email is not null and member_id <> email"
    found.append(_of(reading, "email_malformed", by_id, "doubtful", None))
    if reading.found.form.kind == "subscriptions":
        found += _contradictions(reading)
    found += trial_accounts(reading)
    return [finding for finding in found if finding]


def _of(reading: Reading, code: str, condition: str, severity: str, shown: str | None) -> Finding | None:
    places = [place for name in ABOUT.get(code, ()) for place in reading.found.places.get(name, ())]
    column = reading.heading(places[0]) if places else None
    return noticed(reading.connection, "staged", condition, code, severity, column, shown)


def _shown(kind: Kind, code: str) -> str | None:
    if code == "left_out":
        return "left_out"
    if code in ("date_future", "end_before_start"):
        return f"cast(cast({'end_given' if code == 'end_before_start' else kind.required} as date) as varchar)"
    return None


def _mark_twins(reading: Reading, kind: Kind) -> None:
    """A row whose address held invisible characters and repeats a member and a day is the same row once more."""
    if not reading.connection.execute("select count(*) from staged where unseen").fetchone()[0]:
        return
    reading.connection.execute(
        f"""update staged_rows set aside = 'duplicate' from (
            select source_row,
                row_number() over (
                    partition by member_id, {kind.required or 'email'} order by unseen, source_row) as copy
            from staged where aside is null) as twin
        where twin.source_row = staged_rows.source_row and staged_rows.unseen and twin.copy > 1"""
    )


def _mark_duplicates(reading: Reading, kind: Kind) -> None:
    """Rows that say the same once e-mail, dates and amounts are read are one row."""
    columns = [row[0] for row in reading.connection.execute("describe staged_rows").fetchall()]
    same = ", ".join(f'"{column}"' for column in columns if column not in ("source_row", "email", "unseen"))
    key = f"member_id, {kind.required}" if kind.required else same  # fewer columns sort out the rest sooner
    twice = f"select hash({key}) from staged where aside is null group by hash({key}) having count(*) > 1"
    reading.connection.execute(
        f"""update staged_rows set aside = 'duplicate' from (
            select source_row, row_number() over (partition by {same} order by source_row) as copy
            from staged where aside is null and hash({key}) in ({twice})
        ) as repeated where repeated.source_row = staged_rows.source_row and repeated.copy > 1"""
    )


def _contradictions(reading: Reading) -> list[Finding | None]:
    ended = "end_given <= current_date"
    dateless = "end_given is null and expires_on is null and last_charge_on is null and cancel_requested_at is null"
    over = f"status in ('cancelled', 'expired') and {dateless}"
    clash = f"aside is null and ((status = 'active' and {ended}) or ({over}))"
    return [_of(reading, "status_contradicts", clash, "doubtful", "status_raw")]
