"""The typed cells of a workbook as text: ISO days and moments, whole numbers without a point, TRUE and FALSE."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

ROWS_AT_ONCE = 2_000  # few enough to stay in the processor's cache while columns are made of rows
WORDS_KEPT = 50_000
EXACT_INTEGERS = 1e15


def text_blocks(rows: Iterable[list]) -> Iterator[list[Sequence[str]]]:
    """Typed rows as columns of text, some thousand rows at a time: most columns are text already."""
    rows, words = iter(rows), defaultdict(Words)
    while block := list(islice(rows, ROWS_AT_ONCE)):
        yield [_text_column(column, words) for column in zip(*block, strict=True)]


class Words(dict):
    """Values of one type with their texts: they repeat in most columns, so each is worded once."""

    def __missing__(self, value: object) -> str:
        if len(self) >= WORDS_KEPT:
            self.clear()
        self[value] = told = _text(value)
        return told


def _text_column(column: tuple, words: defaultdict[type, Words]) -> tuple | list[str]:
    """A column of text as it is; True and 1.0 are one key, hence words of a single type."""
    types = set(map(type, column)) - {str}
    if not types and "\r" not in "".join(column):
        return column
    if len(types) > 1:
        return [_text(value) for value in column]
    return list(map(words[types.pop() if types else str].__getitem__, column))


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
