"""Files read into a fresh connection without the child process: text tables by plain CSV, then take and settle."""

import csv
import io
from pathlib import Path

import duckdb

from retention.intake.combine.normalise import settle, take
from retention.intake.recognise.format_files import FOLDER
from retention.model import FileRequest, RawTable, ReadSettings, Report

HOUSEKEEPING = ("columns_unused", "only_today")
TABLES = Path(__file__).resolve().parents[2] / "queries" / "_tables.sql"


class DataSet:
    """What came of some files: one report per file, and the canonical tables to ask."""

    def __init__(self, files, settings: ReadSettings | None = None, requests=None, folder: Path = FOLDER):
        """`files` are paths, or pairs of a file name and its text."""
        self.connection = duckdb.connect()
        self.connection.execute(TABLES.read_text(encoding="utf-8"))
        self.reports: list[Report] = []
        settings = settings or ReadSettings()
        for number, file in enumerate(files, start=1):
            name, text = (file.name, file.read_text(encoding="utf-8-sig")) if isinstance(file, Path) else file
            request = (requests or {}).get(name) or FileRequest(name, name)
            table = self._text_table(name, text, number)
            self.reports.append(take(self.connection, table, request, settings, number, folder))
        settle(self.connection, self.reports, settings)

    def _text_table(self, name: str, text: str, number: int) -> RawTable:
        first = text.splitlines()[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        headings, *rows = csv.reader(io.StringIO(text), delimiter=delimiter)
        columns = [f"c{place}" for place in range(len(headings))]
        typed = ", ".join(f"{column} varchar" for column in columns)
        self.connection.execute(f"create table raw_{number} (source_row bigint, {typed})")
        cells = [[row[place] or None for row in rows] for place in range(len(columns))]
        lists = [list(range(2, len(rows) + 2)), *cells]
        values = ", ".join(f"unnest(${place})" for place in range(1, len(lists) + 1))
        self.connection.execute(f"insert into raw_{number} select {values}", lists)
        return RawTable(name, f"sha of {name}", f"raw_{number}", headings, columns, len(rows))

    def ask(self, statement: str) -> list[tuple]:
        """Rows of a statement, days as ISO text."""
        rows = self.connection.execute(statement).fetchall()
        return [tuple(value.isoformat() if hasattr(value, "isoformat") else value for value in row) for row in rows]

    def codes(self, severity: str | None = None) -> list[str]:
        """Codes of the last file's findings, housekeeping left out."""
        found = self.reports[-1].findings
        return [f.code for f in found if (severity is None or f.severity == severity) and f.code not in HOUSEKEEPING]

    def finding(self, code: str):
        """The finding with that code in the last file's report."""
        return next(finding for finding in self.reports[-1].findings if finding.code == code)
