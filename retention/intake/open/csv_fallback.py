"""Read a text file row by row, with the exact line of each row, for what DuckDB's own reader cannot be trusted with."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from retention.intake import limits
from retention.intake.open.decode import Noticed
from retention.intake.open.detect import Refused
from retention.intake.open.dialect import Layout, without_slashes
from retention.model import Finding

ROWS_AT_ONCE = 10_000
LONG_RECORD = 10  # lines


class Lines:
    """The lines below the header, remembering those of the record that is being read."""

    def __init__(self, source: Iterator[str], layout: Layout):
        self.source, self.backslashes = source, layout.backslashes
        self.number = 0
        self.record: list[str] = []
        self.characters = 0
        while self.number < layout.header_line:
            self._next()

    def _next(self) -> str:
        line = next(self.source)
        self.number += 1
        self.characters += len(line)
        return line

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = without_slashes(self._next()) if self.backslashes else self._next()
        self.record.append(line)
        return line


@dataclass
class Copied:
    """How many rows were copied as text, how wide the widest is, and what was noticed."""

    rows: int = 0
    set_aside: int = 0
    widest: int = 0
    ragged: Noticed = field(default_factory=Noticed)
    misquoted: Noticed = field(default_factory=Noticed)
    cut: Noticed = field(default_factory=Noticed)

    @property
    def findings(self) -> list[Finding]:
        """What was noticed, one finding per kind."""
        return (self.ragged.finding("ragged_rows") + self.misquoted.finding("misquoted_rows")
                + self.cut.finding("long_cells", example=f"{limits.CELL_CHARACTERS:,}"))

    def put_aside(self, reason: Noticed, row: int) -> None:
        """Count a row that cannot be used."""
        reason.add(row)
        self.set_aside += 1

    def checked(self, numbered: Iterable[tuple[int, Sequence[str]]]) -> Iterator[list]:
        """Count the rows, put each one's number before its cells, and cut cells longer than a spreadsheet's."""
        for number, cells in numbered:
            if (size := sum(map(len, cells))) > self.widest:
                if size > limits.CELL_CHARACTERS and max(map(len, cells)) > limits.CELL_CHARACTERS:
                    self.cut.add(number)
                    cells = [cell[:limits.CELL_CHARACTERS] for cell in cells]
                    size = sum(map(len, cells))
                self.widest = max(self.widest, size)
            self.rows += 1
            if self.rows > limits.ROWS:
                raise Refused("too_many_rows", row_count=self.rows)
            yield [number, *cells]


def copy_rows(path: Path, layout: Layout, target: Path, width: int, progress: Callable[[float], None]) -> Copied:
    """Copy the rows of a UTF-8 file to `target` as tidy CSV with their line numbers.

    Line breaks inside cells become a plain line feed: DuckDB 2.0 refuses a carriage return within quotes.
    """
    copied, size = Copied(), path.stat().st_size
    with path.open(encoding="utf-8-sig") as source, \
            target.open("w", encoding="utf-8", newline="") as out:
        lines = Lines(source, layout)
        rows = copied.checked(_records(lines, layout, copied, width))
        write = csv.writer(out, lineterminator="\n").writerows
        while some := list(islice(rows, ROWS_AT_ONCE)):
            write(some)
            progress(min(1.0, lines.characters / size))
    return copied


def _records(lines: Lines, layout: Layout, copied: Copied, kept: int) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(limits.FILE_BYTES)
    width = len(layout.headings)
    reader = csv.reader(lines, delimiter=layout.delimiter, skipinitialspace=layout.padded_quotes, strict=True)
    while True:
        starts = lines.number + 1
        lines.record = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            _refuse_open_quote(lines, starts, layout, ended="end of data" in str(error))
            copied.put_aside(copied.misquoted, starts)
            continue
        if len(lines.record) > LONG_RECORD or (len(lines.record) > 1 and len(cells) != width):
            _refuse_open_quote(lines, starts, layout, ended=False)
        if len(cells) != width or not cells[0]:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) < width or any(cells[width:]):
                copied.put_aside(copied.ragged, starts)
                continue
        yield starts, cells[:kept]


def _refuse_open_quote(lines: Lines, starts: int, layout: Layout, ended: bool) -> None:
    """A quote that was never closed swallows whole rows: the swallowed lines would each have been a row."""
    inner = lines.record[1:]
    width = len(layout.headings)
    alone = sum(len(next(csv.reader([line], delimiter=layout.delimiter), [])) == width for line in inner)
    if ended or alone > len(inner) / 2:
        raise Refused("unclosed_quote", rows=(starts,), row_count=1)
