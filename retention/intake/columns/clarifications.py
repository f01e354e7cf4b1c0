"""What only the owner can decide about a column, shown on rows of their own file under each reading."""

from retention.intake.columns.date_shapes import DateColumn
from retention.intake.columns.dates import moment, turned
from retention.intake.columns.numbers import either_way, with_comma, with_point
from retention.model import ReadSettings

SHOWN = 3


def date_question(connection, table: str, one: DateColumn, settings: ReadSettings) -> dict:
    """Ask which comes first, day or month, on rows where that makes a difference."""
    value = f"trim({one.column})"
    days = [f"strftime({moment(value, one, order, settings)}, '%Y-%m-%d')" for order in ("day", "month")]
    readings = {"day": days[0], "month": days[1]}
    return _asked(connection, table, "date_order", one.heading, (one.column, turned(one)), readings)


def decimal_question(connection, table: str, column: str, heading: str) -> dict:
    """Ask whether point or comma is the decimal sign, on rows where both readings make sense."""
    value = f"trim({column})"
    readings = {"point": with_point(value), "comma": with_comma(value)}
    return _asked(connection, table, "decimal", heading, (column, either_way(value)), readings)


def _asked(connection, table: str, about: str, heading: str, where: tuple[str, str], readings: dict[str, str]) -> dict:
    """`rows` are lines of the file, `written` their cells, `readings` what these cells come to under each option."""
    column, condition = where
    rows = connection.execute(
        f"""select source_row, left(trim({column}), 40), {', '.join(readings.values())} from {table}
        where {condition} order by source_row limit {SHOWN}"""
    ).fetchall()
    lines, written, *read = [list(part) for part in zip(*rows, strict=True)]
    return {
        "about": about, "column": heading, "rows": lines, "written": written,
        "readings": dict(zip(readings, read, strict=True)),
    }
