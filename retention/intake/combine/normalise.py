"""From a text table to canonical rows: recognised, typed, filled in; and, when all files are read, how things ended."""

from collections.abc import Callable
from pathlib import Path

from retention.intake.checks.plausibility import count_findings
from retention.intake.checks.reconcile import note_claims
from retention.intake.checks.rejects import row_findings
from retention.intake.checks.small_samples import small_findings
from retention.intake.columns.column_context import Reading
from retention.intake.columns.list_type import holds, list_question, member_list, source
from retention.intake.columns.reasons import name_reasons, unmapped
from retention.intake.columns.staging import stage
from retention.intake.combine import finalise
from retention.intake.combine.as_of import own_day
from retention.intake.recognise.format_files import FOLDER
from retention.intake.recognise.guess_columns import describe
from retention.intake.recognise.mapping_files import header_key
from retention.intake.recognise.match import Recognised, recognise
from retention.intake.recognise.two_row_header import with_second_headings
from retention.intake.statements import run
from retention.model import FileRequest, Finding, RawTable, ReadSettings, Report

Tell = Callable[[str, float], None]


def silent(_step: str, _done: float) -> None:
    """Report progress to nobody."""


def take(
    connection, raw: RawTable, request: FileRequest, settings: ReadSettings, import_id: int, folder: Path = FOLDER,
    tell: Tell = silent,
) -> Report:
    """Read one text table into the canonical tables and report on it; takes nothing of a refused file."""
    mapping = request.mapping if request.mapping_key in (None, header_key(raw.headings)) else None
    found = recognise(raw, mapping, request.kind, folder)
    if found and "second_headings" in found.form.options:
        raw = with_second_headings(connection, raw, found)
        found = recognise(raw, mapping, request.kind, folder)
    report = Report(raw.file_name, raw.sha256, rows_read=raw.rows_read, rows_set_aside=raw.rows_set_aside)
    report.headings, report.findings = list(raw.headings), list(raw.findings)
    if found is None:
        return describe(connection, raw, report, folder)
    report.system, report.kind = found.form.system, found.form.kind
    _addresses_in_ids(connection, found, raw)
    connection.execute("set TimeZone = 'UTC'")
    run(connection, "fill", "prepare")
    _read(Reading(connection, raw, found, settings, request, import_id), report, tell)
    return report


def settle(connection, reports: list[Report], settings: ReadSettings) -> None:
    """Derive, once all files are taken, what depends on the day of the data and on the other files."""
    finalise.settle(connection, reports, settings)


def _read(reading: Reading, report: Report, tell: Tell) -> None:
    tell("typing", 0.1)
    reading.member_list, findings = member_list(reading)
    report.findings += [*reading.found.findings, *count_findings(reading.found, reading.raw)]
    report.findings += [*_unused(reading.found, reading.raw), *findings, *stage(reading)]
    if not report.refused:
        tell("checking", 0.6)
        _fill(reading, report, tell)
        report.questions = reading.questions


def _addresses_in_ids(connection, found: Recognised, raw: RawTable) -> None:
    """Read a column of ids that mostly holds e-mail addresses as the e-mail."""
    if "email" in found.places or "own_id" not in found.places:
        return
    column = raw.columns[found.places["own_id"][0]]
    share = f"select avg(case when contains({column}, '@') then 1 else 0 end) from {raw.table}"
    if (connection.execute(share).fetchone()[0] or 0) > 0.5:
        found.places["email"] = found.places.pop("own_id")


def _unused(found: Recognised, raw: RawTable) -> list[Finding]:
    """Say which columns are not needed: they are not stored."""
    used = {place for places in found.places.values() for place in places}
    spare = [heading for place, heading in enumerate(raw.headings) if place not in used and heading.strip()]
    if not spare:
        return []
    return [Finding("columns_unused", "note", None, (), len(spare), ", ".join(spare[:8])[:200])]


def _fill(reading: Reading, report: Report, tell: Tell) -> None:
    connection, found, form = reading.connection, reading.found, reading.found.form
    report.findings += row_findings(reading)
    places = found.places.get("reasons", [])
    heading = reading.heading(places[0]) if places else None
    report.findings += name_reasons(connection, heading, not form.generic, reading.settings.reasons)
    report.unmapped = unmapped(connection) if places else []
    reading.questions += filter(None, [list_question(reading)])
    own = own_day(connection, form.kind, report.file, reading.settings)
    asked = reading.settings.as_of
    report.as_of, report.as_of_basis = (asked, "asked") if asked else own
    values = {
        "import_id": reading.import_id,
        "system": form.system,
        "currency": reading.settings.currency,
        "lapses": bool(form.options.get("lapses")),
        "pays_through": form.options.get("pays_through"),
        "source": source(reading),
        "holds": holds(reading),
        "day": own[0],
    }
    tell("taking", 0.75)
    for section in _sections(found):
        run(connection, "fill", section, **values)
    note_claims(reading)
    _count(reading, report)


def _count(reading: Reading, report: Report) -> None:
    connection = reading.connection
    kept = "select count(*) filter (where aside is null), count(aside) from staged"
    taken, aside = connection.execute(kept).fetchone()
    report.rows_taken, report.rows_set_aside = taken, report.rows_set_aside + aside
    report.findings += small_findings(connection, reading.found, taken)
    connection.execute("drop view staged; drop table staged_rows; drop table wordings")


def _sections(found: Recognised) -> list[str]:
    kind, options = found.form.kind, found.form.options
    wanted = {
        kind: True,
        "members_of_subscriptions": kind == "subscriptions"
        and found.has("name", "first_name", "source", "country"),
        "answers_of_subscriptions": kind == "subscriptions" and found.has("reasons", "comment"),
        "aliases": found.has("email") and found.has("own_id"),
        "answer_reasons": found.has("reasons"),
        "exports": kind == "subscriptions" or "holds" in options,
        "payers": "pays_through" in options,
        "event_files": "events" in options,
        "newsletters": "newsletter" in options,
    }
    return [section for section, needed in wanted.items() if needed]
