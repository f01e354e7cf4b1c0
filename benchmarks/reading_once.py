"""Reads one file once in a process of its own, ours or bare, and prints what it took."""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# What both ways must agree on: how many, and a sum over all rows of what they say.
SEEN = """
select
    count(*),
    sum(hash(member, started_on, ended_on) % 1000000007),
    (select count(*) from leavers),
    (select sum(left_on - date '2000-01-01' + coalesce(returned_on - date '2000-01-01', 0)) from leavers),
    (select sum(cast(round(100 * mrr) as bigint)) from leavers)
from ({spells})
"""
OURS = "select email_norm as member, started_on, ended_on from spells join people on people.member = spells.member"
BY_HAND = Path(__file__).parent / "by_hand" / "reading.sql"


def ours(path: Path) -> Callable[[], list]:
    """The way of every upload: child process, Parquet, warehouse; spells and leavers are there when counting begins."""
    from retention.dataset import build
    from retention.model import FileRequest

    def read(derived: Callable[[], None]) -> Callable[[], list]:
        steps = []

        def tell(step: str, _done: float, _file: str) -> None:
            if step == "counting" and step not in steps:
                derived()
            steps.append(step)

        data = build([FileRequest(path.name, str(path))], progress=tell)
        return lambda: data.warehouse._connection.cursor().execute(SEEN.format(spells=OURS)).fetchone()

    return read


def by_hand(path: Path) -> Callable[[], list]:
    """One script, no second process, as many threads."""
    import duckdb

    def read(_derived: Callable[[], None]) -> Callable[[], list]:
        connection = duckdb.connect(config={"threads": 2})
        for statement in BY_HAND.read_text(encoding="utf-8").strip().removesuffix(";").split(";\n"):
            connection.execute(statement, {"path": str(path)} if "$path" in statement else None)
        return lambda: connection.execute(SEEN.format(spells="from spells")).fetchone()

    return read


def workbook(path: Path) -> Callable[[], list]:
    """Our reader as the child runs it: checked, as text with row numbers in DuckDB."""
    import gc

    import duckdb

    import retention.intake.open.xlsx  # noqa: F401
    from retention.intake.open.open_file import open_file
    from retention.model import FileRequest

    gc.disable()  # as in the child

    def read(_derived: Callable[[], None]) -> Callable[[], list]:
        with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder:
            connection = duckdb.connect(config={"threads": 2, "temp_directory": folder})
            raw = open_file(connection, FileRequest(path.name, str(path)), 1)
        return lambda: [raw.rows_read, len(raw.headings)]

    return read


def calamine(path: Path) -> Callable[[], list]:
    """The sheet as Python rows, nothing else."""
    from python_calamine import CalamineWorkbook

    def read(_derived: Callable[[], None]) -> Callable[[], list]:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        return lambda: [len(rows) - 1, len(rows[0])]

    return read


def main(way: str, path: str) -> None:
    """Everything is imported before the clock runs; children count into processor time."""
    read = {"ours": ours, "by_hand": by_hand, "workbook": workbook, "calamine": calamine}[way](Path(path))
    marks = []

    def mark() -> None:
        marks.append((time.perf_counter(), _processor()))

    mark()
    seen = read(mark)
    mark()
    (begun, before), (derived, worked), (ended, _) = marks[0], marks[1], marks[-1]
    peaks = [_peak_mb(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]
    print(json.dumps({
        "clock": derived - begun, "processor": worked - before, "all": ended - begun, "peak_mb": peaks,
        "seen": [str(one) for one in seen()],
    }))


def _peak_mb() -> float:
    """The most memory this program held; getrusage tells that of the process that started it, where that is more."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024


def _processor() -> float:
    return sum(os.times()[:4])


if __name__ == "__main__":
    main(*sys.argv[1:])
