"""Write what was read: who was brought, what was noticed, and each canonical table that has rows, as Parquet."""

from pathlib import Path

from retention.model import RawTable, ReadSettings, Report
from retention.paths import QUERIES

# A dictionary of a million addresses takes long to build and saves nothing.
STORE = "copy {table} to $path (format parquet, dictionary_size_limit 1000)"
TABLES = QUERIES / "_tables.sql"


def create_tables(connection) -> list[str]:
    """Create the canonical tables and hand back their names."""
    connection.execute(TABLES.read_text(encoding="utf-8"))
    return [name for (name,) in connection.execute("select table_name from duckdb_tables() order by 1").fetchall()]


def note_imports(connection, reports: list[tuple[int, Report]], origins: dict[int, RawTable],
                 settings: ReadSettings) -> None:
    """Fill `imports` and `findings` from the reports."""
    for number, report in reports:
        origin = origins.get(number)
        connection.execute("insert into imports values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [
            number, report.file, report.sha256, report.system, report.kind, report.as_of, report.as_of_basis,
            report.observed_from, settings.time_zone, settings.currency, origin and origin.encoding,
            origin and origin.delimiter, report.rows_read, report.rows_taken, report.rows_set_aside])
        for finding in report.findings:
            connection.execute("insert into findings values (?, ?, ?, ?, ?, ?, ?)", [
                number, finding.code, finding.severity, finding.column, list(finding.rows), finding.row_count,
                finding.example])


def store(connection, tables: list[str], into: Path) -> None:
    """Write each table that has rows to `<into>/<table>.parquet`."""
    for table in tables:
        if connection.table(table).limit(1).fetchall():
            connection.execute(STORE.format(table=table), {"path": str(into / f"{table}.parquet")})
