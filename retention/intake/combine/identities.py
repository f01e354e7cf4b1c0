"""The same person in several files: ids that stand for addresses, payers known elsewhere, and lists of strangers."""

from retention.intake.statements import run
from retention.model import SHOWN_ROWS, Finding, Report

NAMING_MEMBERS = (
    "subscriptions_read", "members", "pauses", "cancellations", "survey_answers", "outreach", "payments", "claims",
)


def unite(connection, reports: list[Report]) -> None:
    """Name each person in the same way in every file, and take no reader of a newsletter for a member."""
    told = connection.execute("select system, bool_or(site) from aliases group by system order by system").fetchall()
    for system, by_site in told:
        numbers = [number for number, report in enumerate(reports, start=1) if report.system == system]
        if len(numbers) > 1 or by_site:
            _one_name(connection, system, numbers)
    _payers(connection, reports)
    _newsletters(connection, reports)
    if _count(connection, "select count(distinct import_id) from members") > 1:
        for section in ("persons_once", "persons_kept", "persons_back", "persons_done"):
            run(connection, "fill", section)


def _one_name(connection, system: str, numbers: list[int]) -> None:
    """Use the address that a file gives for an id; the one by which the site itself knows a payer comes first."""
    connection.execute(
        """create or replace temporary table names as
        select own_id as name, min(email) as email from (
            select own_id, email from (
                select *, bool_or(site) over (partition by own_id) as by_site from aliases where system = $system
            ) where site = by_site
        ) group by own_id having count(distinct email) = 1""", {"system": system})
    connection.execute(
        """insert into names select distinct aliases.email, names.email from aliases
        join names on names.name = aliases.own_id
        where aliases.system = $system and not aliases.site and aliases.email <> names.email
        and aliases.email not in (select name from names)""", {"system": system})
    for table in NAMING_MEMBERS:
        connection.execute(
            f"""update {table} set member_id = names.email from names
            where names.name = {table}.member_id and list_contains($numbers, {table}.import_id)""",
            {"numbers": numbers},
        )


def _payers(connection, reports: list[Report]) -> None:
    """Say of people who pay through another system whether its subscriptions are here."""
    told = connection.execute("select import_id, system, count(*) from payers group by all order by all").fetchall()
    for import_id, system, payers in told:
        theirs = [number for number, report in enumerate(reports, start=1)
                  if report.system == system and report.kind == "subscriptions" and report.rows_taken]
        report = reports[import_id - 1]
        if not theirs:
            report.findings.append(Finding("prices_elsewhere", "doubtful", None, (), payers, system.capitalize()))
            continue
        missing, rows = connection.execute(
            f"""select count(*), min(source_row, {SHOWN_ROWS}) from payers where import_id = $import_id and member_id
            not in (select member_id from subscriptions_read where list_contains($theirs, import_id))""",
            {"import_id": import_id, "theirs": theirs}).fetchone()
        report.findings.append(Finding("payers_found", "note", None, (), payers - missing, reports[theirs[0] - 1].file))
        if missing:
            lost = Finding("payers_missing", "doubtful", None, tuple(rows), missing, reports[theirs[0] - 1].file)
            report.findings.append(lost)


def _newsletters(connection, reports: list[Report]) -> None:
    known = "select (select count(*) from subscriptions_read) + (select count(*) from members where import_id not in " \
            "(select import_id from newsletters))"
    if not _count(connection, "select count(*) from newsletters") or not _count(connection, known):
        return
    run(connection, "fill", "newsletter_strangers")
    for import_id, count, rows in connection.execute(
        f"select import_id, count(*), min(source_row, {SHOWN_ROWS}) from newsletter_strangers group by 1 order by 1"
    ).fetchall():
        report = reports[import_id - 1]
        report.rows_taken -= count
        report.rows_set_aside += count
        report.findings.append(Finding("newsletter_strangers", "note", None, tuple(rows), count))
    run(connection, "fill", "newsletter_strangers_out")


def _count(connection, statement: str) -> int:
    return connection.execute(statement).fetchone()[0]
