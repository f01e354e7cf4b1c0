"""What reading one column came to: its value as SQL, and what was noticed on the way."""

from dataclasses import dataclass, field

from retention.model import SHOWN_ROWS, Finding


@dataclass
class Typed:
    """One column of the file as typed SQL over the raw table."""

    sql: str
    findings: list[Finding] = field(default_factory=list)
    changed: str | None = None  # SQL condition: cells whose raw value belongs into originals
    stands_for: dict[str, str] = field(default_factory=dict)  # extra columns: name -> SQL


def noticed(connection, table: str, condition: str, code: str, severity: str, column: str | None, shown: str | None):
    """Return a finding on the rows that meet a condition, None where none does; `shown` is SQL for the example."""
    count, rows, example = connection.execute(
        f"select count(*), min(source_row, {SHOWN_ROWS}), {_example(shown)} from {table} where {condition}"
    ).fetchone()
    if not count:
        return None
    return Finding(code, severity, column, tuple(rows), count, example)


def _example(shown: str | None) -> str:
    if shown is None:
        return "null"
    plain = f"regexp_replace({shown}, '[\\x00-\\x1f\\x7f]', ' ', 'g')"
    return f"left(list_aggregate(list_sort(min(distinct {plain}, 3)), 'string_agg', ', '), 200)"
