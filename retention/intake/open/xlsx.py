"""Read the sheet of an Excel workbook that holds the table, as text with the rows that Excel shows."""

import csv
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from retention.intake import limits
from retention.intake.open.csv_fallback import Copied
from retention.intake.open.decode import Noticed
from retention.intake.open.detect import Refused
from retention.intake.open.dialect import names_columns
from retention.intake.open.xlsx_archive import SheetMarks, check_archive, look_at_sheet, sheet_parts
from retention.intake.open.xlsx_cells import text_blocks
from retention.model import Finding

HEADER_WITHIN = 50


@dataclass
class Sheet:
    """The sheet that holds the table: its headings, where they stand, and what was noticed."""

    name: str
    headings: list[str]
    header_row: int
    blocks: Iterator[list[Sequence[str]]]  # columns of text, some thousand rows each
    findings: list[Finding]


def open_sheet(path: Path) -> Sheet:
    """Choose the first visible sheet that has headings with rows below them."""
    with check_archive(path) as archive:
        parts = sheet_parts(archive)
        try:
            workbook = CalamineWorkbook.from_path(str(path))
            listed = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            shown = [sheet.name for sheet in listed if sheet.visible == SheetVisibleEnum.Visible]
            hidden = [sheet.name for sheet in listed if sheet.visible != SheetVisibleEnum.Visible]
            return _first_table(workbook, shown, hidden, lambda name: look_at_sheet(archive, parts[name]))
        except (CalamineError, KeyError):
            raise Refused("damaged_workbook") from None


def _first_table(workbook: CalamineWorkbook, shown: list[str], hidden: list[str],
                 look: Callable[[str], Callable[[], SheetMarks]]) -> Sheet:
    reasons: list[Refused] = []
    for name in shown:
        marks_of = look(name)
        with ThreadPoolExecutor(1) as beside:  # calamine lets other threads run while it parses
            marks = beside.submit(marks_of)
            calamine = workbook.get_sheet_by_name(name)
        try:
            sheet = _table_on(calamine)
        except Refused as reason:
            reasons.append(reason)
            continue
        sheet.findings = _findings(calamine, marks.result(), sheet, hidden, workbook.sheet_names)
        return sheet
    raise min(reasons, key=lambda reason: reason.finding.code == "empty_sheet", default=Refused("empty_sheet"))


def _table_on(calamine: CalamineSheet) -> Sheet:
    blocks = text_blocks(calamine.iter_rows()) if calamine.height else iter(())
    first = next(blocks, [])
    top = list(islice(zip(*first, strict=True), HEADER_WITHIN))
    at = _header_at(top)
    width = max(position for position, heading in enumerate(top[at], start=1) if heading.strip())
    below = [[column[at + 1:] for column in first]]
    while not any(map(str.strip, chain(*below[-1]))):
        if not (following := next(blocks, None)):
            raise Refused("no_rows")
        below.append(following)
    return Sheet(calamine.name, list(top[at][:width]), at + 1, chain(below, blocks), [])


def _header_at(rows: list[Sequence[str]]) -> int:
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    most = max(filled, default=0)
    if not most:
        raise Refused("empty_sheet")
    if most < 2:
        raise Refused("not_a_table")
    at = next(position for position, count in enumerate(filled) if count >= max(2, most / 2))
    if not names_columns(rows[at]):
        raise Refused("no_header", rows=(at + 1,), row_count=1)
    return at


def _findings(calamine: CalamineSheet, marks: SheetMarks, sheet: Sheet, hidden: list[str],
              names: list[str]) -> list[Finding]:
    found = []
    if sheet.name != names[0]:
        found.append(Finding("sheet_chosen", "note", example=sheet.name))
    if sheet.header_row > 1:
        found.append(Finding("header_found_below", "note", rows=(sheet.header_row,), row_count=1))
    if hidden:
        found.append(Finding("hidden_sheets", "doubtful", row_count=len(hidden), example=", ".join(hidden)[:200]))
    merged = Noticed()
    for (top, _), (bottom, _) in calamine.merged_cell_ranges or []:
        for row in range(max(top + 1, sheet.header_row + 1), min(bottom + 1, top + limits.COLUMNS) + 1):
            merged.add(row)
    return (found + merged.finding("merged_cells") + marks.hidden.finding("hidden_rows")
            + marks.unfinished.finding("formula_without_value"))


def copy_sheet(sheet: Sheet, target: Path, width: int) -> Copied:
    """Copy the rows below the headings to `target` as tidy CSV with their row numbers, leaving out blank ones."""
    copied, number = Copied(), sheet.header_row + 1
    with target.open("w", encoding="utf-8", newline="") as out:
        for columns in sheet.blocks:
            size = len(columns[0])
            if "" in columns[0] or not _joined(columns[:width], number, copied, out):
                rows = zip(range(number, number + size), *columns[:width], strict=True)
                filled = ((row[0], row[1:]) for row in rows if any(map(str.strip, row[1:])))
                csv.writer(out, lineterminator="\n").writerows(copied.checked(filled))
            number += size
    return copied


def _joined(columns: list[Sequence[str]], number: int, copied: Copied, out: TextIO) -> bool:
    """Write rows as CSV by joining their cells, where counting shows that no cell holds a sign of CSV."""
    size = len(columns[0])
    lines = list(map(",".join, zip(map(str, range(number, number + size)), *columns, strict=True)))
    text, longest = "\n".join(lines), max(map(len, lines))
    if longest > limits.CELL_CHARACTERS or '"' in text or text.count(",") > size * len(columns) or (
            text.count("\n") >= size):
        return False
    out.write(f"{text}\n")
    copied.rows += size
    copied.widest = max(copied.widest, longest)
    return True
