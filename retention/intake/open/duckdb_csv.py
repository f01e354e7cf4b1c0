"""Hand text to DuckDB: the file itself where every line is provably one row, else the tidy copy made of it.

No word of a file becomes SQL: tables are numbered, columns are c0, c1, …, paths are bound.
"""

from pathlib import Path

from retention.intake import limits
from retention.intake.open.decode import Shape
from retention.intake.open.dialect import Layout

READ = """
create table {table}_lines as select * from read_csv(
    $path, columns = $columns, auto_detect = false, header = false, skip = $skip, delim = $delimiter,
    quote = '"', escape = '"', strict_mode = true, compression = 'none', max_line_size = $longest,
    buffer_size = $buffer)
"""


def load_plain(connection, path: Path, layout: Layout, shape: Shape, table: str) -> int | None:
    """Let DuckDB read the file; None unless there are exactly as many rows as lines below the header.

    A row holds at least one line, so equal counts prove that no quoted line break, blank line or skipped row
    shifts the line numbers, and rowid counts them (which it does not in a table of an open transaction). Lines
    longer than a cell may be make DuckDB stop, and the careful way cuts them.
    """
    names = _names(len(layout.headings))
    try:
        _read(connection, table, path, names, skip=layout.header_line, delimiter=layout.delimiter,
              longest=limits.CELL_CHARACTERS)
    except Exception:  # noqa: BLE001 - DuckDB's errors cannot be named here; whatever it refuses is read carefully
        return None
    counted = connection.execute(f"select min(rowid), max(rowid), count(*) from {table}_lines").fetchone()
    rows = shape.lines - layout.header_line
    if counted != (0, rows - 1, rows):
        connection.execute(f"drop table {table}_lines")
        return None
    empty = f"coalesce({', '.join(names)}) is null"
    blank = connection.execute(f"select count(*) from {table}_lines where {empty}").fetchone()[0]
    _view(connection, table, names, f"rowid + {layout.header_line + 1}", f"where not {empty}" if blank else "")
    return rows - blank


def load_copy(connection, path: Path, width: int, rows: int, widest: int, table: str) -> None:
    """Read the tidy copy, whose first column is the number of the row."""
    names = _names(width)
    _read(connection, table, path, ["source_row", *names], skip=0, delimiter=",",
          longest=max(2_000_000, 4 * widest + 4 * width))
    if (found := _count(connection, f"{table}_lines")) != rows:
        raise RuntimeError(f"DuckDB read {found} of {rows} copied rows")
    _view(connection, table, names, "source_row", "")


def load_columns(connection, table: str, width: int) -> list[str]:
    """Number the rows of a table that was read column by column, and name its columns as every other."""
    _view(connection, table, _names(width), "rowid + 1", "")
    return _names(width)


def drop(connection, table: str) -> None:
    """Free the memory of a file that was taken."""
    connection.execute(f"drop view if exists {table}")
    connection.execute(f"drop table if exists {table}_lines")


def filled(connection, table: str, columns: list[str]) -> list[str]:
    """Those of the columns that hold any value."""
    return [column for column in columns
            if connection.execute(f"select 1 from {table} where {column} is not null limit 1").fetchone()]


def _read(connection, table: str, path: Path, names: list[str], **options) -> None:
    columns = {name: "BIGINT" if name == "source_row" else "VARCHAR" for name in names}
    connection.execute(READ.format(table=table), {
        "path": str(path), "columns": columns, "buffer": max(32_000_000, 2 * options["longest"]), **options})


def _view(connection, table: str, names: list[str], number: str, where: str) -> None:
    connection.execute(f"create view {table} as select {number} as source_row, {', '.join(names)} "
                       f"from {table}_lines {where}")


def _names(width: int) -> list[str]:
    return [f"c{position}" for position in range(width)]


def _count(connection, table: str) -> int:
    return connection.execute(f"select count(*) from {table}").fetchone()[0]
