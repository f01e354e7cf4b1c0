"""What can be said only when every file of the data set is read: the day of the data, ends, and who is unknown."""

from datetime import date

from retention.intake.checks.reconcile import compare
from retention.intake.combine.events import merge_events
from retention.intake.combine.identities import unite
from retention.intake.combine.observation_window import cover
from retention.intake.combine.snapshots import merge
from retention.intake.statements import run
from retention.model import SHOWN_ROWS, Finding, ReadSettings, Report

WAITING = ("aliases", "exports", "claims", "payers", "event_files", "newsletters")
STRANGER = "member_id not in (select member_id from subscriptions union select member_id from members)"


def settle(connection, reports: list[Report], settings: ReadSettings) -> None:
    """Fill `subscriptions` as of the day of the data, then check messages and answers against it."""
    run(connection, "fill", "prepare")
    unite(connection, reports)
    compare(connection, reports)
    merge(connection, reports)
    day = data_day(reports, settings)
    if day:
        for section in ("switches", "day", "subscriptions"):
            run(connection, "derive", section, as_of=day)
        if not any(report.kind == "cancellations" and report.rows_taken for report in reports):
            run(connection, "derive", "requests", as_of=day)
    cover(connection, reports)
    for import_id, report in enumerate(reports, start=1):
        report.findings += _checked(connection, report, import_id)
    merge_events(connection, reports)
    connection.execute("; ".join(f"drop table {table}" for table in WAITING))


def data_day(reports: list[Report], settings: ReadSettings) -> date | None:
    """Return the day up to which the data set is complete: asked, else that of the subscriptions."""
    if settings.as_of:
        return settings.as_of
    days = [(report.kind == "subscriptions", report.as_of) for report in reports if report.as_of]
    of_subscriptions = [day for subscriptions, day in days if subscriptions]
    return max(of_subscriptions or [day for _, day in days], default=None)


def _checked(connection, report: Report, import_id: int) -> list[Finding]:
    if report.refused or not _count(connection, "select count(*) from subscriptions"):
        return []
    if report.kind == "outreach":
        return _messages(connection, report, import_id)
    if report.kind in ("survey_answers", "cancellations", "pauses"):
        return _strangers(connection, report, import_id)
    return []


def _messages(connection, report: Report, import_id: int) -> list[Finding]:
    """Set aside messages to strangers and those before any leaving; name returns that several messages claim."""
    early = """not exists (select 1 from subscriptions as left_one where left_one.member_id = outreach.member_id
        and least(left_one.ended_on, cast(left_one.cancel_requested_at as date))
            <= cast(coalesce(outreach.sent_at, outreach.assigned_at) as date))"""
    claimed = f"""(member_id, reported_returned_on) in (select (member_id, reported_returned_on) from outreach
        where import_id = {import_id} and reported_returned_on is not null
        group by member_id, reported_returned_on having count(*) > 1)"""
    found = []
    for code, condition in (("message_not_in", STRANGER), ("message_before", early)):
        finding = _rows(connection, "outreach", import_id, condition, code)
        if finding:
            connection.execute(f"delete from outreach where import_id = {import_id} and {condition}")
            report.rows_taken -= finding.row_count
            report.rows_set_aside += finding.row_count
            found.append(finding)
    twice = _rows(connection, "outreach", import_id, claimed, "message_double")
    return [*found, *([twice] if twice else [])]


def _strangers(connection, report: Report, import_id: int) -> list[Finding]:
    code = "answer_not_in" if report.kind == "survey_answers" else "row_not_in"
    finding = _rows(connection, report.kind, import_id, STRANGER, code)
    return [finding] if finding else []


def _rows(connection, table: str, import_id: int, condition: str, code: str) -> Finding | None:
    count, rows = connection.execute(
        f"select count(*), min(source_row, {SHOWN_ROWS}) from {table} where import_id = {import_id} and {condition}"
    ).fetchone()
    return Finding(code, "doubtful", None, tuple(rows), count) if count else None


def _count(connection, statement: str) -> int:
    return connection.execute(statement).fetchone()[0]
