"""Open one file of any kind: a table of text with the line of every row, or a report that says why not."""

import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from retention.intake import limits
from retention.intake.open import duckdb_csv
from retention.intake.open.csv_fallback import copy_rows
from retention.intake.open.decode import as_utf8, fingerprint, shape_of
from retention.intake.open.detect import Refused, kind_of
from retention.intake.open.dialect import Layout, find_layout
from retention.intake.open.parquet import load_parquet
from retention.model import FileRequest, Finding, RawTable, Report

Progress = Callable[[float], None]
WORKBOOK_ENDINGS = (".xlsx", ".xlsm")
GLOB = set("*?[]{}")  # DuckDB would read every file that such a name matches


def silent(_done: float) -> None:
    """Report progress to nobody."""


def open_file(connection, request: FileRequest, number: int, progress: Progress = silent) -> RawTable | Report:
    """Read the file into view `raw_<number>`; a Report when it holds nothing that can be read."""
    path, table = Path(request.path).absolute(), f"raw_{number}"
    with ThreadPoolExecutor(1) as beside, tempfile.TemporaryDirectory() as folder:
        digest = beside.submit(fingerprint, path)
        try:
            kind = kind_of(path, request.name)
            path = _plainly_named(path, Path(folder))
            raw = READERS[kind](connection, path, request, table, Path(folder), progress)
            _check_rows(connection, raw)
        except Refused as refusal:
            duckdb_csv.drop(connection, table)
            return Report(request.name, digest.result(), findings=[refusal.finding, *refusal.others])
        raw.sha256 = digest.result()
        return raw


def _plainly_named(path: Path, folder: Path) -> Path:
    if GLOB.isdisjoint(str(path)):
        return path
    return Path(shutil.copyfile(path, folder / f"file{path.suffix if path.suffix.isalnum() else ''}"))


def _open_text(connection, path: Path, request: FileRequest, table: str, folder: Path, progress: Progress) -> RawTable:
    """The quick way first, for the file and for what decoding makes of it; each line read by Python only after that."""
    if raw := _open_plainly(connection, path, request, table):
        return raw
    decoded = as_utf8(path, folder)
    try:
        raw = decoded.path != path and _open_plainly(connection, decoded.path, request, table)
        raw = raw or _open_carefully(connection, decoded.path, request, table, folder, progress)
    except Refused as refusal:
        refusal.others += decoded.findings
        raise
    raw.encoding = decoded.encoding
    raw.findings = decoded.findings + raw.findings
    return raw


def _open_plainly(connection, path: Path, request: FileRequest, table: str) -> RawTable | None:
    shape = shape_of(path)
    if not shape.plain or shape.escaped_quotes:
        return None
    try:
        layout = find_layout(path)
    except UnicodeDecodeError:
        return None
    findings = _check_headings(layout.headings)
    if len(layout.headings) > limits.COLUMNS:
        return None
    if (rows := duckdb_csv.load_plain(connection, path, layout, shape, table)) is None:
        return None
    return _raw(request, table, layout, rows, 0, findings)


def _open_carefully(connection, path: Path, request: FileRequest, table: str, folder: Path,
                    progress: Progress) -> RawTable:
    layout = find_layout(path, backslashes=True)
    findings = _check_headings(layout.headings)
    width = min(len(layout.headings), limits.COLUMNS)
    copied = copy_rows(path, layout, folder / "rows.csv", width, progress)
    duckdb_csv.load_copy(connection, folder / "rows.csv", width, copied.rows, copied.widest, table)
    return _raw(request, table, layout, copied.rows, copied.set_aside, findings + copied.findings)


def _raw(request: FileRequest, table: str, layout: Layout, taken: int, set_aside: int,
         findings: list[Finding]) -> RawTable:
    headings = layout.headings[:limits.COLUMNS]
    if layout.above:
        findings.append(Finding("lines_above_header", "note", rows=layout.above, row_count=len(layout.above)))
    if layout.backslashes:
        findings.append(Finding("escapes_removed", "note"))
    return RawTable(request.name, "", table, headings, [f"c{position}" for position in range(len(headings))],
                    rows_read=taken + set_aside, rows_set_aside=set_aside, encoding="UTF-8",
                    delimiter=layout.delimiter, findings=findings)


def _open_workbook(connection, path: Path, request: FileRequest, table: str, folder: Path,
                   _progress: Progress) -> RawTable:
    from retention.intake.open.xlsx import copy_sheet, open_sheet  # calamine is loaded only where it is needed

    sheet = open_sheet(path)
    findings = sheet.findings + _check_headings(sheet.headings)
    if not request.name.casefold().endswith(WORKBOOK_ENDINGS):
        findings.append(Finding("excel_workbook", "note"))
    columns = [f"c{position}" for position in range(min(len(sheet.headings), limits.COLUMNS))]
    copied = copy_sheet(sheet, folder / "rows.csv", len(columns))
    duckdb_csv.load_copy(connection, folder / "rows.csv", len(columns), copied.rows, copied.widest, table)
    return RawTable(request.name, "", table, list(sheet.headings[:len(columns)]), columns, rows_read=copied.rows,
                    sheet=sheet.name, findings=findings + copied.findings)


def _open_parquet(connection, path: Path, request: FileRequest, table: str, _folder: Path,
                  _progress: Progress) -> RawTable:
    headings = load_parquet(connection, path, table)
    findings = _check_headings(headings)
    columns = duckdb_csv.load_columns(connection, table, min(len(headings), limits.COLUMNS))
    rows = connection.execute(f"select count(*) from {table}_lines").fetchone()[0]
    return RawTable(request.name, "", table, headings[:len(columns)], columns, rows_read=rows, findings=findings)


READERS = {"text": _open_text, "workbook": _open_workbook, "parquet": _open_parquet}


def _check_headings(headings: list[str]) -> list[Finding]:
    seen: dict[str, str] = {}
    for heading in headings:
        if (key := " ".join(heading.split()).casefold()) in seen and key:
            raise Refused("duplicate_headings", example=f"{seen[key]}, {heading}")
        seen[key] = heading.strip()
    if len(headings) > limits.COLUMNS:
        return [Finding("many_columns", "doubtful", row_count=len(headings), example=f"{limits.COLUMNS:,}")]
    return []


def _check_rows(connection, raw: RawTable) -> None:
    if raw.rows_read > limits.ROWS:
        raise Refused("too_many_rows", row_count=raw.rows_read)
    if raw.rows_read == 0:
        raise Refused("no_rows", others=raw.findings)
    if raw.rows_read == raw.rows_set_aside:
        raise Refused("no_usable_rows", others=raw.findings)
    unnamed = [column for column, heading in zip(raw.columns, raw.headings, strict=True) if not heading.strip()]
    for column in duckdb_csv.filled(connection, raw.table, unnamed[:limits.COLUMNS]):
        raw.findings.append(Finding("blank_heading", "doubtful", example=str(int(column[1:]) + 1)))
