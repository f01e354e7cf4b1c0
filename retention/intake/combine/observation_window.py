"""From which day on leavers are in the data: many exports hold only those who are members today."""

from retention.model import Finding, Report

ENDED = """select exports.import_id, exports.system, exports.source, exports.day, exports.holds,
    count(subscriptions.ended_on) filter (subscriptions.ended_basis <> 'snapshot_diff') as ended,
    count(subscriptions.source_row) as rows
    from exports left join subscriptions on subscriptions.import_id = exports.import_id
    group by all order by exports.import_id"""


def cover(connection, reports: list[Report]) -> None:
    """Set observed_from of every list of today's members, unless a list of former ones comes with it."""
    if not connection.execute("select 1 from exports where holds <> 'all' limit 1").fetchone():
        return
    told = connection.execute(ENDED).fetchall()
    for import_id, system, source, day, holds, ended, rows in told:
        report = reports[import_id - 1]
        companions = [one for one in told if one[1] == system and one[2] != source]
        if holds in ("today", "no_ends") or (holds == "today_unless_ended" and not ended):
            if day is None or any(one[5] or one[4] == "left" for one in companions):
                continue
            days = [one[3] for one in told if one[2] == source and one[3]]
            report.observed_from = min(days) if len(days) > 1 else report.as_of
            if rows:
                first = report.observed_from.isoformat()
                severity = "note" if holds == "no_ends" else "doubtful"
                report.findings.append(Finding("only_today", severity, None, (), rows, first))
        elif holds == "left" and rows and not any(one[6] > one[5] for one in companions):
            report.findings.append(Finding("only_left", "doubtful", None, (), rows))
