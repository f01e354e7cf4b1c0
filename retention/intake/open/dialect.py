"""How a text file is written: its delimiter, its escapes, and the line that holds its headings."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from retention.intake import limits
from retention.intake.open.detect import Refused
from retention.model import SHOWN_ROWS

DELIMITERS = ",;\t|"
SAMPLE_LINES = 400
SAMPLE_CHARACTERS = 1 << 20
HEADER_WITHIN = 30
SEP_LINE = re.compile(r'"?sep=([^\w "\\]|\t)"?\s*', re.IGNORECASE)
ESCAPED = re.compile(r"""\\["']""")
PADDED = re.compile(r'[,;|\t] +"')
ADDED_SLASH = re.compile(r"""\\(["'\\])""")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DAY = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([T ,].*)?")
NUMBER = re.compile(r"[^\w\s]?\s?[-+]?\d[\d.,]*\s?[^\w\s]?")

Record = tuple[int, list[str]]  # the line where it ends, its cells


@dataclass(frozen=True)
class Layout:
    """Where the table in a text file begins and how its cells are told apart."""

    delimiter: str
    headings: list[str]
    header_line: int  # where the header ends
    above: tuple[int, ...] = ()  # lines above the header that are not blank
    backslashes: bool = False
    padded_quotes: bool = False  # blanks between a delimiter and the quote that follows


def find_layout(path: Path, backslashes: bool = False) -> Layout:
    """Look at the first lines of a UTF-8 file; refuse what is no table or has no headings."""
    lines, whole = _sample(path)
    told = SEP_LINE.fullmatch(lines[0])
    padded = any(PADDED.search(line) for line in lines)
    readings = [lines, [without_slashes(line) for line in lines]] if backslashes else [lines]
    tries = [(mark, _records(reading, mark, padded, whole))
             for reading in readings for mark in (told[1] if told else DELIMITERS)]
    delimiter, records = max(tries, key=lambda one: _evenness(one[1]))
    width = _usual_width(records)
    slashed = backslashes and width > 1 and _adds_slashes(path, lines, delimiter, width)
    records = _records(readings[slashed], delimiter, padded, whole)[bool(told):]
    if width < 2:
        raise Refused("not_a_table")
    at = _header_at(records, width)
    above = tuple(line for line, cells in records[:at] if any(cells))[:SHOWN_ROWS]
    return Layout(delimiter, records[at][1], records[at][0], above, slashed, padded)


def _sample(path: Path) -> tuple[list[str], bool]:
    lines: list[str] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        room = SAMPLE_CHARACTERS
        while len(lines) < SAMPLE_LINES and room > 0 and (line := file.readline(room)):
            lines.append(line)
            room -= len(line)
        whole = not file.read(1)
    return (lines if whole or room > 0 or len(lines) == 1 else lines[:-1]), whole


def _adds_slashes(path: Path, first: list[str], delimiter: str, width: int) -> bool:
    """Backslashes escape when more of the lines that have them are rows that way, or no apostrophe goes without."""
    with path.open(encoding="utf-8-sig") as file:
        lines = list(islice((line for line in file if ESCAPED.search(line)), SAMPLE_LINES))
    as_they_are = sum(_cells(line, delimiter) == width for line in lines)
    escaped = sum(_cells(without_slashes(line), delimiter) == width for line in lines)
    text = "".join(first + lines)
    return escaped > as_they_are or (escaped == as_they_are and text.count("\\'") == text.count("'") > 0)


def _cells(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter, strict=True), []))
    except csv.Error:
        return 0


def without_slashes(line: str) -> str:
    """Turn the backslash escapes of WordPress plugins into doubled quotes."""
    if "\\" not in line:
        return line
    return ADDED_SLASH.sub(lambda found: '""' if found[1] == '"' else found[1], line)


def _records(lines: list[str], delimiter: str, padded: bool, whole: bool) -> list[Record]:
    """The records that are not blank; one that breaks the rules of quoting has no cells."""
    csv.field_size_limit(limits.FILE_BYTES)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=padded, strict=True)
    records: list[Record] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            cells = []
        else:
            if not any(cell.strip() for cell in cells):
                continue
        records.append((reader.line_num, cells))
    return records if whole or len(records) < 2 else records[:-1]


def _evenness(records: list[Record]) -> tuple[float, int]:
    width = _usual_width(records)
    return (sum(len(cells) == width for _, cells in records) / len(records), width) if width > 1 else (0.0, 0)


def _usual_width(records: list[Record]) -> int:
    widths = Counter(len(cells) for _, cells in records if len(cells) > 1)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _header_at(records: list[Record], width: int) -> int:
    for at, (line, cells) in enumerate(records[:HEADER_WITHIN]):
        if _is_title(cells) or not (len(cells) == width or _covers(cells, records[at + 1:])):
            continue
        if names_columns(cells):
            return at
        if at and len(records[at - 1][1]) > 1 and names_columns(records[at - 1][1]):
            return at - 1
        raise Refused("no_header", rows=(line,), row_count=1)
    raise Refused("no_header")


def _covers(cells: list[str], below: list[Record]) -> bool:
    """Rows may end in delimiters that the header does not have, as long as nothing stands between them."""
    return len(cells) > 1 and bool(below) and not any(any(row[len(cells):]) for _, row in below)


def _is_title(cells: list[str]) -> bool:
    return sum(bool(cell.strip()) for cell in cells) < max(2, len(cells) / 2)


def names_columns(cells: list[str]) -> bool:
    """Headings are words: no address, no day, and not mostly numbers."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if any(EMAIL.fullmatch(cell) or DAY.fullmatch(cell) for cell in filled):
        return False
    return bool(filled) and sum(bool(NUMBER.fullmatch(cell)) for cell in filled) < len(filled) / 2
