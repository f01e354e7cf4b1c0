"""Rewrites canonical tables that somebody else wrote, in a worker process under limits of memory, rows and time.

What a worker wrote itself can be loaded by the app's own process; a Parquet file from elsewhere cannot.
"""

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import duckdb

from retention.intake import limits, sql
from retention.intake.worker.sandbox import WORK, confine, seal
from retention.intake.worker.storing import create_tables, store
from retention.intake.worker.watchdog import Died, converse
from retention.paths import ROOT
from retention.questions import sections


class BadTables(ValueError):
    """The tables are not what a worker wrote, or are too large; the message is a code."""


def rewrite_tables(source: Path, into: Path) -> None:
    """Read every <table>.parquet in `source` and write it anew in `into`; raises BadTables and leaves nothing then."""
    paths = sorted(source.glob("*.parquet"))
    seconds = limits.seconds_for(sum(path.stat().st_size for path in paths))
    child = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "retention.intake.worker.table_check", str(seconds)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)})
    request = {"tables": {path.stem: str(path.absolute()) for path in paths}, "into": str(into.absolute())}
    try:
        answer = converse(child, request, seconds, None, None)
    finally:
        child.kill()
        child.wait()
        shutil.rmtree(into / WORK, ignore_errors=True)
    if isinstance(answer, Died):
        for path in into.glob("*.parquet"):
            path.unlink()
        raise BadTables(answer.code)


def rewrite(request: dict) -> None:
    """Load each table by its columns' names and types, and write it; raises duckdb.Error and ValueError."""
    into, load = Path(request["into"]), sections("load")
    connection = seal(duckdb.connect(), into, list(request["tables"].values()))
    known = create_tables(connection)
    for table, path in request["tables"].items():
        if table not in load or table not in known:
            raise ValueError("unknown table")
        [rows] = connection.execute(load["rows"], {"path": path}).fetchall()[0]
        if rows > limits.IMPORTED_ROWS:
            raise MemoryError
        connection.execute(load[table], {"path": path})
        if _longest_text(connection, table) > limits.CELL_CHARACTERS:
            raise MemoryError
    store(connection, [table for table in known if table in request["tables"]], into)


def _longest_text(connection, table: str) -> int:
    """The length of the longest text or list of a table: no cell of a file could have held more."""
    types = connection.execute("select column_name, data_type from duckdb_columns() where table_name = $table",
                               {"table": table}).fetchall()
    texts = [f"length(cast({sql.name(column)} as varchar))" for column, kind in types if kind.startswith("VARCHAR")]
    if not texts:
        return 0
    longest = ", ".join(f"max({one})" for one in texts)
    [lengths] = connection.execute(f"select {longest} from {sql.name(table)}").fetchall()
    return max((length for length in lengths if length), default=0)


def main() -> None:
    """Serve one request; the answer is JSON, with no word of what stood in a file."""
    confine(float(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        rewrite(json.load(sys.stdin))
        answer: dict = {"reports": []}
    except (MemoryError, duckdb.OutOfMemoryException):
        answer = {"failed": "too_large_to_read", "place": None}
    except Exception:  # noqa: BLE001 - whatever is wrong with a table, it is not taken over
        answer = {"failed": "could_not_be_read", "place": None}
    with suppress(OSError):
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
