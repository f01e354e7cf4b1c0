"""The ways in which dates are written, and which of them a column shows."""

from dataclasses import dataclass, field
from datetime import datetime

from retention.intake.recognise.format_files import words
from retention.intake.sql import text, texts

CLOCK = r"([ T,]+\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?( ?[apAP]\.?[mM]\.?)?)?( Uhr)?"
ZONE = r"( ?(Z|UTC|GMT|(UTC|GMT)?[+-]\d{1,2}(:?\d{2})?))?"
SHAPES = {
    "iso_zone": r"^\d{4}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|UTC|[+-]\d{2}(:?\d{2})?)$",
    "iso": rf"^\d{{4}}-\d{{1,2}}-\d{{1,2}}{CLOCK}$",
    "year_slash": rf"^\d{{4}}[/.]\d{{1,2}}[/.]\d{{1,2}}{CLOCK}{ZONE}$",
    "dot": rf"^\d{{1,2}}\.\d{{1,2}}\.\d{{4}}{CLOCK}$",
    "dot_short": rf"^\d{{1,2}}\.\d{{1,2}}\.\d{{2}}{CLOCK}$",
    "slash": rf"^\d{{1,2}}/\d{{1,2}}/\d{{4}}{CLOCK}$",
    "slash_short": rf"^\d{{1,2}}/\d{{1,2}}/\d{{2}}{CLOCK}$",
    "dash": rf"^\d{{1,2}}-\d{{1,2}}-\d{{4}}{CLOCK}$",
    "dash_short": rf"^\d{{1,2}}-\d{{1,2}}-\d{{2}}{CLOCK}$",
    "compact": r"^(19|20|99)\d{6}$",
    "serial": r"^[2-7]\d{4}([.,]\d+)?$",
    "unix": r"^1?\d{9}$",
    "unix_ms": r"^1\d{12}$",
    "month_first": rf"^\p{{L}}+\.? \d{{1,2}},? \d{{4}}{CLOCK}$",
    "day_month": rf"^\d{{1,2}}[. -]+\p{{L}}+[. -]+\d{{4}}{CLOCK}$",
}
DAY_FIRST = {"slash": "%d/%m/%Y", "slash_short": "%d/%m/%y", "dash": "%d-%m-%Y", "dash_short": "%d-%m-%y"}

EARLIEST, LATEST = datetime(1970, 1, 2), datetime(2900, 1, 1)  # outside lie the days that stand for none


@dataclass
class DateColumn:
    """One column of dates while it is being decided."""

    column: str  # c3
    heading: str
    empties: tuple[str, ...] = ()  # words by which the system says: none
    shapes: dict[str, str] = field(default_factory=dict)  # shape -> first example
    order: str | None = None  # day / month, where the rows prove one
    told: str | None = None  # day / month, where the owner was asked about this column
    quick: bool = False  # plain ISO throughout
    bare: bool = False  # no blanks around it
    clean: bool = False  # and no day that stands for none

    @property
    def ordered(self) -> list[str]:
        """The shapes in which day and month can change places."""
        return [shape for shape in self.shapes if shape in DAY_FIRST]


def look(connection, table: str, columns: list[DateColumn]) -> None:
    """Find out how each column is written: at once where all is plain ISO, else shape by shape."""
    for one in columns:
        read = f"""select {one.column}, trim({one.column}) as v, try_cast(v as timestamp) as moment
            from (select distinct {one.column} from {table})"""
        total, plain, shaped, zoned, first, last, one.bare = connection.execute(
            f"""select count(v), count(moment),
            count(*) filter (regexp_matches(v, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}')),
            count(*) filter (strlen(v) > 10
                and regexp_matches(v, '[:.][0-9]+ ?(Z|UTC|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$')),
            min(moment), max(moment), count(*) filter (v <> {one.column}) = 0 from ({read})"""
        ).fetchone()
        one.quick = total == plain == shaped and zoned == 0
        one.clean = one.quick and (total == 0 or (first > EARLIEST and last < LATEST))
        if not one.quick:
            _shapes(connection, table, one)


def _shapes(connection, table: str, one: DateColumn) -> None:
    cases = " ".join(f"when regexp_matches(v, {text(rule)}) then '{shape}'" for shape, rule in SHAPES.items())
    rows = connection.execute(
        f"""select shape, min(v), max(try_cast(regexp_extract(v, '^(\\d+)[./-](\\d+)', 1) as integer)),
        max(try_cast(regexp_extract(v, '^(\\d+)[./-](\\d+)', 2) as integer))
        from (select v, case {cases} else 'other' end as shape from
            (select distinct trim({one.column}) as v from {table} where {one.column} is not null)
            where not ({nothing('v', one.empties)})) group by shape order by shape"""
    ).fetchall()
    one.shapes = {shape: example for shape, example, *_ in rows}
    first = max((row[2] or 0 for row in rows if row[0] in DAY_FIRST), default=0)
    second = max((row[3] or 0 for row in rows if row[0] in DAY_FIRST), default=0)
    one.order = "both" if first > 12 and second > 12 else "day" if first > 12 else "month" if second > 12 else None


def nothing(value: str, empties: tuple[str, ...]) -> str:
    """Return the condition that a cell says in words that there is no date."""
    return f"lower({value}) in ({texts([*words()['nothing']['words'], *(word.lower() for word in empties)])})"
