"""Single events of a mail tool become one message per member and campaign."""

from retention.intake.statements import run
from retention.model import Finding, Report


def merge_events(connection, reports: list[Report]) -> None:
    """Join opens and clicks to the message sent, where a file names its recipients; else to a message of their own."""
    if not connection.execute("select count(*) from event_files").fetchone()[0]:
        return
    run(connection, "fill", "events_without_recipients")
    for (import_id,) in connection.execute("select import_id from events_without_recipients order by 1").fetchall():
        reports[import_id - 1].findings.append(Finding("recipients_unknown", "doubtful"))
    for section in ("events_merged", "events_taken_out", "events_to_recipients", "events_of_others"):
        run(connection, "fill", section)
