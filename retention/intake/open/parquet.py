"""Read a Parquet file as text, asking its footer first how much it holds."""

from pathlib import Path

from retention.intake import limits
from retention.intake.open.detect import Refused

PLAIN_NUMBERS = "abs({c}) < 1e15 and {c} = trunc({c})"


def load_parquet(connection, path: Path, table: str) -> list[str]:
    """Create `<table>_lines` with every column as text; hand back the headings."""
    bound = {"path": str(path)}
    try:
        rows = connection.execute("select sum(num_rows) from parquet_file_metadata($path)", bound).fetchone()[0]
        headings = _headings(connection, path)
        types = [row[1] for row in connection.execute("describe select * from read_parquet($path)", bound).fetchall()]
    except Exception:  # noqa: BLE001 - DuckDB's errors cannot be named here; none of them says more than this
        raise Refused("damaged_parquet") from None
    _check(rows, headings, types)
    kept = min(len(headings), limits.COLUMNS)
    names = [f"c{position}" for position in range(len(headings))]
    texts = ", ".join(f"{_as_text(name, kind)} as {name}" for name, kind in list(zip(names, types, strict=True))[:kept])
    try:
        connection.execute(f"create table {table}_lines as select {texts} "
                           f"from read_parquet($path) as file({', '.join(names)})", bound)
    except Exception as error:  # noqa: BLE001 - as above, but running out of memory is no damage
        if "OutOfMemory" in type(error).__name__:
            raise
        raise Refused("damaged_parquet") from None
    return headings


def _headings(connection, path: Path) -> list[str]:
    """Names of the outermost columns as they stand in the file: DuckDB would rename a second one in silence."""
    nodes = connection.execute("select name, num_children from parquet_schema($path)", {"path": str(path)}).fetchall()
    headings, inner = [], [nodes[0][1] or 0]
    for name, children in nodes[1:]:
        while inner[-1] == 0:
            inner.pop()
        if len(inner) == 1:
            headings.append(name)
        inner[-1] -= 1
        inner.append(children or 0)
    return headings


def _check(rows: int, headings: list[str], types: list[str]) -> None:
    if rows > limits.ROWS:
        raise Refused("too_many_rows", row_count=rows)
    if not rows:
        raise Refused("no_rows")
    seen: set[str] = set()
    for heading in headings:
        if heading.casefold() in seen:
            raise Refused("duplicate_column", column=heading)
        seen.add(heading.casefold())
    for heading, kind in zip(headings, types, strict=True):
        if kind == "BLOB":
            raise Refused("column_not_text", column=heading)


def _as_text(name: str, kind: str) -> str:
    """ISO days and moments, whole numbers without a point, moments with a zone in UTC and marked so."""
    if kind in ("DOUBLE", "FLOAT"):
        whole = PLAIN_NUMBERS.format(c=name)
        return f"case when {whole} then cast(cast({name} as bigint) as varchar) else cast({name} as varchar) end"
    if kind == "BOOLEAN":
        return f"upper(cast({name} as varchar))"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"strftime({name} at time zone 'UTC', '%Y-%m-%dT%H:%M:%SZ')"
    if kind.startswith("TIMESTAMP"):
        moment = f"cast({name} as timestamp)"
        return (f"case when {moment} = date_trunc('day', {moment}) then strftime({moment}, '%Y-%m-%d') "
                f"else strftime({moment}, '%Y-%m-%d %H:%M:%S') end")
    return f"nullif(cast({name} as varchar)[:{limits.CELL_CHARACTERS}], '')"
