"""Several exports of one list, made on different days: counted once, and what is gone in between has ended."""

from datetime import date

from retention.intake.statements import run
from retention.model import SHOWN_ROWS, Finding, Report

LEAST_SHARED = 0.5  # of what ran on the older day must be in the newer export, else it is another list


def merge(connection, reports: list[Report]) -> None:
    """Merge the exports of each source from the oldest to the newest."""
    told = connection.execute(
        """select source, system, list(import_id order by day, import_id), list(day order by day, import_id)
        from exports where day is not null group by source, system having count(*) > 1 order by source"""
    ).fetchall()
    for _, system, imports, days in told:
        others = [number for number, report in enumerate(reports, start=1)
                  if report.system == system and number not in imports]
        for place in range(1, len(imports)):
            pair = {"older": imports[:place], "newer": imports[place], "older_day": days[place - 1],
                    "newer_day": days[place], "others": others}
            _merge_two(connection, reports, pair)


def _merge_two(connection, reports: list[Report], pair: dict) -> None:
    _run(connection, "matched", pair)
    shared, running = connection.execute(
        "select count(newer_row) filter (running), count(*) filter (running) from matched"
    ).fetchone()
    if not connection.execute("select count(newer_row) from matched").fetchone()[0]:
        return
    later = pair["newer_day"] > pair["older_day"]
    same_list = later and shared >= LEAST_SHARED * running
    for section in ("gone", "kept", *(["ended", "vanished"] if same_list else [])):
        _run(connection, section, pair)
    newer = reports[pair["newer"] - 1]
    if same_list:
        _say_ended(connection, reports, pair)
    elif later:
        newer.findings.append(Finding("snapshot_apart", "doubtful", None, (), running - shared, _words(pair)))
    _set_aside(connection, reports, "matched where newer_row is not null", "snapshot_repeated", newer.file)
    _run(connection, "repeated", pair)
    if same_list and pair["others"]:
        _run(connection, "told_elsewhere", pair)
        _set_aside(connection, reports, "told_elsewhere", "snapshot_told_elsewhere", None)
        _run(connection, "told_elsewhere_once", pair)


def _say_ended(connection, reports: list[Report], pair: dict) -> None:
    count, rows = connection.execute(f"select count(*), min(source_row, {SHOWN_ROWS}) from gone").fetchone()
    told = [(pair["newer"], "snapshot_gone", count, rows)] if count else []
    vanished = _by_import(connection, "matched where newer_row is null and running")
    for number, code, count, rows in [*told, *((number, "snapshot_vanished", *rest) for number, *rest in vanished)]:
        reports[number - 1].findings.append(Finding(code, "note", None, tuple(rows), count, _words(pair)))


def _set_aside(connection, reports: list[Report], where: str, code: str, example: str | None) -> None:
    for number, count, rows in _by_import(connection, where):
        report = reports[number - 1]
        report.rows_taken -= count
        report.rows_set_aside += count
        report.findings.append(Finding(code, "note", None, tuple(rows), count, example))


def _by_import(connection, where: str) -> list[tuple]:
    return connection.execute(
        f"select import_id, count(*), min(source_row, {SHOWN_ROWS}) from {where} group by import_id order by import_id"
    ).fetchall()


def _words(pair: dict[str, date]) -> str:
    return f"{pair['older_day'].isoformat()} – {pair['newer_day'].isoformat()}"


def _run(connection, section: str, pair: dict) -> None:
    run(connection, "snapshots", section, **pair)
