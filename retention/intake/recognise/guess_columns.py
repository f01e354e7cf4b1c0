"""A table that no format knows: its first rows, and a guess at its columns from headings and from the values."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from retention.intake.recognise.format_files import formats
from retention.intake.recognise.match import READ_TO_CANONICAL, places_of
from retention.model import Finding, RawTable, Report

PREVIEW = 10
LOOKED_AT = 2000  # rows
COLUMNS = 40
MOSTLY = 0.8
FEW = 20  # different words of a plan
DATES = "['%Y-%m-%d', '%d.%m.%Y', '%d/%m/%Y', '%m/%d/%Y', '%d-%m-%Y', '%Y/%m/%d', '%d.%m.%y', '%Y%m%d']"


@dataclass(frozen=True)
class Look:
    """What the values of one column look like: shares of the filled cells, and the days that they span."""

    heading: str
    column: str
    filled: float
    addresses: float
    days: float
    first: date | None
    decimals: float
    numbers: float
    different: int


def describe(connection, raw: RawTable, report: Report, folder: Path) -> Report:
    """Fill the report on a table that was not recognised with what the mapping form shows."""
    columns = ", ".join(f"left({column}, 200)" for column in raw.columns[:COLUMNS])
    rows = connection.execute(f"select {columns} from {raw.table} order by source_row limit {PREVIEW}").fetchall()
    report.preview = [[cell or "" for cell in row] for row in rows]
    report.guesses = guesses(connection, raw, folder)
    report.findings.append(Finding("columns_unknown", "refused", None, (), 0, ", ".join(raw.headings[:8])[:200]))
    return report


def guesses(connection, raw: RawTable, folder: Path) -> dict[str, str]:
    """Return canonical column -> heading: as far as headings tell, then by what the values look like."""
    form = next(form for form in formats(folder) if form.generic and form.kind == "subscriptions")
    named = {name: raw.headings[places[0]] for name, places in places_of(form, raw.headings).items()}
    told: dict[str, str] = {}
    for name, heading in named.items():
        told.setdefault(READ_TO_CANONICAL.get(name, name), heading)
    if "ended_on" not in told and "cancel_requested_at" in told:
        told["ended_on"] = told.pop("cancel_requested_at")
    free = [look for look in _looks(connection, raw) if look.heading.strip() and look.heading not in told.values()]
    for name, heading in _by_values(connection, raw, free).items():
        told.setdefault(name, heading)
    return told


def _looks(connection, raw: RawTable) -> list[Look]:
    looks = []
    for column, heading in list(zip(raw.columns, raw.headings, strict=True))[:COLUMNS]:
        day = _day(f"trim({column})")
        total, filled, addresses, days, first, decimals, numbers, different = connection.execute(
            f"""select count(*), count({column}),
            count(*) filter (regexp_matches({column}, '^\\s*[^\\s@]+@[^\\s@]+\\.')), count({day}), min({day}),
            count(*) filter (regexp_matches(trim({column}), '^\\d+[.,]\\d\\d?( ?[€$£])?$')),
            count(*) filter (regexp_matches(trim({column}), '^[\\d.,]+$')), count(distinct {column})
            from (select {column} from {raw.table} limit {LOOKED_AT})"""
        ).fetchone()
        of = max(filled, 1)
        shares = (filled / max(total, 1), addresses / of, days / of, first, decimals / of, numbers / of)
        looks.append(Look(heading, column, *shares, different))
    return looks


def _day(value: str) -> str:
    return f"cast(coalesce(try_cast({value} as timestamp), try_strptime(split_part({value}, ' ', 1), {DATES})) as date)"


def _by_values(connection, raw: RawTable, looks: list[Look]) -> dict[str, str]:
    """Addresses are the member, the earliest days the start, days after it in few rows the end, decimals the price."""
    days = sorted((look for look in looks if look.days > MOSTLY), key=lambda look: (look.filled < 0.5, look.first))
    start = days[0] if days else None
    ends = [look for look in days[1:] if start.filled > look.filled and _follows(connection, raw, start, look)]
    words = [look for look in looks if look.different and look not in days and not look.addresses and not look.numbers]
    most = min(FEW, raw.rows_read / 2)
    chosen = {
        "member_id": next((look for look in looks if look.addresses > MOSTLY), None),
        "started_on": start,
        "ended_on": min(ends, key=lambda look: look.filled, default=None),
        "price": next((look for look in looks if look.decimals > MOSTLY and look not in days), None),
        "plan": next((look for look in words if look.filled > MOSTLY and look.different <= most), None),
    }
    return {name: look.heading for name, look in chosen.items() if look}


def _follows(connection, raw: RawTable, start: Look, end: Look) -> bool:
    first, last = (_day(f"trim({look.column})") for look in (start, end))
    share = f"select avg(case when {last} >= {first} then 1 else 0 end) from {raw.table} where {end.column} is not null"
    return (connection.execute(share).fetchone()[0] or 0) > MOSTLY
