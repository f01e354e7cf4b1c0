"""The typed cells of a workbook as text: ISO days and moments, whole numbers without a point, TRUE and FALSE."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

ROWS_AT_ONCE = 10_000
EXACT_INTEGERS = 1e15


def text_blocks(rows: Iterable[list]) -> Iterator[list[Sequence[str]]]:
    """Typed rows as columns of text, thousands of rows at a time: most columns are text already."""
    rows = iter(rows)
    while block := list(islice(rows, ROWS_AT_ONCE)):
        yield [_text_column(column) for column in zip(*block, strict=True)]


def _text_column(column: tuple) -> tuple | list[str]:
    """Values repeat in most columns, so each one is worded once; True and 1.0 are one key, hence the single type."""
    types = set(map(type, column)) - {str}
    if not types and "\r" not in "".join(column):
        return column
    if len(types) > 1:
        return [_text(value) for value in column]
    worded = {value: _text(value) for value in set(column)}
    return [worded[value] for value in column]


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT_INTEGERS else repr(value)
    if isinstance(value, datetime):
        return str(value)[:10] if value.time() == value.time().min else str(value)[:19]
    return "" if value is None else str(value)
