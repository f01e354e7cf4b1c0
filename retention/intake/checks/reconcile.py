"""What two exports of one system both tell, member by member: it agrees, or the difference is a finding."""

from retention.intake import sql
from retention.intake.columns.column_context import Reading
from retention.model import SHOWN_ROWS, Finding, Report

NOTHING = "insert into claims values ($import_id, $system, null, null, $about, $heading, 0)"  # this export does tell
INSERT = "insert into claims select $import_id, $system, {of}, $about, $heading, {total} from staged where {where}"


def note_claims(reading: Reading) -> None:
    """Keep what the format says this file tells of each member: an amount that it holds, or the rows of one status."""
    form = reading.found.form
    for about, amount, *condition in form.options.get("claims", ()):
        if amount and not reading.found.has(amount):
            continue
        where = "aside is null"
        if condition:
            where += f" and {sql.name(condition[0])} = {sql.text(condition[1])}"
        total = f"coalesce(sum({sql.name(amount)}), 0)" if amount else "count(*)"
        heading = reading.heading(reading.found.places[amount][0]) if amount else None
        bound = {"import_id": reading.import_id, "system": form.system, "about": about, "heading": heading}
        told = INSERT.format(of="member_id, min(source_row)", total=total, where=where)
        reading.connection.execute(f"{told} group by member_id", bound)
        reading.connection.execute(NOTHING, bound)


def compare(connection, reports: list[Report]) -> None:
    """Compare the list of members of each system with the one other export that tells the same."""
    told = connection.execute(
        "select system, about, list(distinct import_id order by import_id) from claims group by all order by 1, 2"
    ).fetchall()
    agreed: dict[tuple[int, int], int] = {}
    for _, about, imports in told:
        lists = [number for number in imports if reports[number - 1].kind == "members"]
        others = [number for number in imports if number not in lists]
        if len(lists) != 1 or len(others) != 1:
            continue
        agreed.setdefault((lists[0], others[0]), 0)
        if finding := _difference(connection, about, lists[0], others[0], reports[others[0] - 1].file):
            reports[lists[0] - 1].findings.append(finding)
            agreed[lists[0], others[0]] += 1
    for (members, other), differences in agreed.items():
        if not differences:
            reports[members - 1].findings.append(Finding("files_agree", "note", None, (), 0, reports[other - 1].file))


def _difference(connection, about: str, members: int, other: int, file: str) -> Finding | None:
    count, rows, heading, here, there = connection.execute(
        f"""select count(*) filter (differs), min(source_row, {SHOWN_ROWS}) filter (differs and source_row is not null),
        max(heading), round(sum(here), 2), round(sum(there), 2)
        from (
            select
                member_id,
                max(source_row) filter (import_id = $members) as source_row,
                max(heading) filter (import_id = $members) as heading,
                coalesce(sum(amount) filter (import_id = $members), 0) as here,
                coalesce(sum(amount) filter (import_id = $other), 0) as there,
                abs(here - there) > 0.005 as differs
            from claims where about = $about and list_contains([$members, $other], import_id) group by member_id
        )""", {"about": about, "members": members, "other": other}).fetchone()
    if not count:
        return None
    example = f"{here:g} / {there:g} ({file[:80]})"
    return Finding("files_disagree", "doubtful", heading, tuple(rows or ()), count, example)
