"""Reading files: ours from the bytes to spells against one bare script, and a workbook against bare calamine."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.agreeing import Disagreement

SHEET_ROWS = 100_000
HOW = (
    "Each run is a process of its own, ours and its peer in turn; the fastest run of each counts, imports are done "
    "before the clock runs. Ours takes in the start of the reading child, every check and finding, the canonical "
    "Parquet, and spells and leavers in the warehouse; `sealed` is when everything else is counted, too. The bare "
    "script (benchmarks/by_hand/reading.sql) reads the same file with `read_csv(all_varchar)`, casts, and derives "
    "spells and leavers, with as many threads. Both must find the same spells and leavers: counts, and sums over a "
    "hash of every row. Processor time counts all threads and the child. The parent holds at most the memory limit of "
    "a warehouse (4 GB), the child 1 GB."
)
PAIRS = (
    ("CSV to spells", "subscriptions.csv", ("ours", "by_hand"), 2.5),
    ("CSV to spells, a request to cancel in every third row", "requests.csv", ("ours", "by_hand"), None),
    ("workbook to text table", "subscriptions.xlsx", ("workbook", "calamine"), 1.5),
)


@dataclass(frozen=True)
class Runs:
    """All runs of one way to read a file: seconds by clock, of processors, and until all was there; most memory."""

    clock: list[float]
    processor: list[float]
    sealed: list[float]
    parent_mb: float
    child_mb: float

    @property
    def noise(self) -> float:
        """How much longer the median run took than the fastest, as a fraction."""
        return median(self.clock) / min(self.clock) - 1


@dataclass(frozen=True)
class Read:
    """Ours against its peer on one file."""

    what: str
    megabytes: float
    ours: Runs
    theirs: Runs
    limit: float | None

    @property
    def ratio(self) -> float:
        """The fastest run of ours per the fastest of the peer."""
        return min(self.ours.clock) / min(self.theirs.clock)

    @property
    def processor_ratio(self) -> float:
        """The same by processor time, which other programs on the machine disturb less."""
        return min(self.ours.processor) / min(self.theirs.processor)

    @property
    def kept(self) -> bool:
        """Is the limit kept, where there is one?"""
        return self.limit is None or self.ratio <= self.limit


def measure(subscriptions: int, rounds: int) -> Iterator[Read]:
    """Write the files, then read each of them by turns; raises Disagreement where both ways find different things."""
    with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder:
        _run("benchmarks.exports", folder, str(subscriptions), str(min(SHEET_ROWS, subscriptions)))
        for what, file, ways, limit in PAIRS:
            path = Path(folder) / file
            ours, theirs = _by_turns(ways, path, rounds)
            yield Read(what, path.stat().st_size / 1e6, ours, theirs, limit)


def _by_turns(ways: tuple[str, str], path: Path, rounds: int) -> list[Runs]:
    seen: dict[str, list[dict]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            seen[way].append(json.loads(_run("benchmarks.reading_once", way, str(path))))
    found = {way: runs[0]["seen"] for way, runs in seen.items()}
    if found[ways[0]] != found[ways[1]]:
        raise Disagreement(f"{path.name}: {found}")
    return [Runs([run["clock"] for run in runs], [run["processor"] for run in runs], [run["all"] for run in runs],
                 *(max(run["peak_mb"][place] for run in runs) for place in (0, 1))) for runs in seen.values()]


def _run(module: str, *words: str) -> str:
    return subprocess.run([sys.executable, "-m", module, *words], check=True, capture_output=True, text=True).stdout


def table(found: list[Read]) -> list[str]:
    """Ours against each peer, with the memory of the process that answers and of the one that reads."""
    lines = ["| reading | MB | ours s | theirs s | sealed s | ratio | by processor time | limit | kept | noise "
             "| parent MB | child MB |", "|---|--:|--:|--:|--:|--:|--:|--:|---|--:|--:|--:|"]
    for one in found:
        limit = f"≤ {one.limit:g}" if one.limit else "none"
        kept = "" if one.limit is None else "yes" if one.kept else "**no**"
        lines.append(
            f"| {one.what} | {one.megabytes:.0f} | {min(one.ours.clock):.2f} | {min(one.theirs.clock):.2f} "
            f"| {min(one.ours.sealed):.2f} "
            f"| {one.ratio:.2f} × | {one.processor_ratio:.2f} | {limit} | {kept} "
            f"| {one.ours.noise:.0%} / {one.theirs.noise:.0%} | {one.ours.parent_mb:.0f} | {one.ours.child_mb:.0f} |"
        )
    return lines
