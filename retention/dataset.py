"""From files to a data set that answers: read in a child process, loaded, derived, sealed."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from retention.filters import Filters
from retention.intake.worker.parent import Cancelled, bring
from retention.model import FileRequest, ReadSettings, Report
from retention.paths import SAMPLE
from retention.scratch import scratch_folder
from retention.stopping import work
from retention.warehouse import Settings, Stopped, Warehouse, parse_ahead

READING = 0.6  # share of the time that reading takes; deriving takes the rest
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")


@dataclass(frozen=True)
class DataSet:
    """What one reader looks at: where it comes from, what each file was, and the answers (None: nothing was taken)."""

    origin: str  # sample / upload / shared / kept
    fingerprint: str
    reports: tuple[Report, ...]
    read: ReadSettings
    settings: Settings
    warehouse: Warehouse | None
    usable: bool  # is there a paid membership to count?
    missing: tuple[str, ...] = ()  # kept tables that are damaged and not loaded

    def ask(self, name: str, filters: Filters | None = None) -> pd.DataFrame:
        """The answer to a question about this data set."""
        return self.warehouse.ask(name, filters)

    def forget(self) -> None:
        """Close the connection and remove its temporary files."""
        if self.warehouse:
            self.warehouse.close()


def build(
    files: Sequence[FileRequest],
    origin: str = "upload",
    read: ReadSettings | None = None,
    settings: Settings | None = None,
    progress: Callable[[str, float, str], None] | None = None,
    stop: threading.Event | None = None,
) -> DataSet:
    """Read `files` together as one data set; what could not be used is in its reports, nothing is raised for it.

    `progress` hears the step, the share done and the file. Raises Cancelled when `stop` is set.
    """
    read, settings = read or ReadSettings(), settings or Settings()
    told = progress or (lambda _step, _done, _file: None)
    with work().under_way(stop) as stop, scratch_folder("retention-read-") as folder:
        with _parsed_ahead():
            reports = tuple(bring(
                list(files), read, Path(folder), lambda step, done, file: told(step, READING * done, file), stop))
        taken = any(report.rows_taken for report in reports)
        try:
            warehouse = Warehouse(
                Path(folder), settings, stop, lambda step, done: told(step, READING + (1 - READING) * done, "")
            ) if taken else None
        except Stopped:
            raise Cancelled from None
        if stop.is_set():
            if warehouse:
                warehouse.close()
            raise Cancelled
        if warehouse:
            work().hold(warehouse)
        usable = bool(warehouse) and bool(warehouse.ask("extent").paying.iloc[0])
    return DataSet(origin, _fingerprint(files, reports, read, settings), reports, read, settings, warehouse, usable)


@contextmanager
def _parsed_ahead() -> Iterator[None]:
    """Parse the statements meanwhile; the thread is over afterwards, whatever happened."""
    enough = threading.Event()
    ahead = threading.Thread(target=parse_ahead, args=(enough,), daemon=True)
    ahead.start()
    try:
        yield
    finally:
        enough.set()
        ahead.join()


def requests(folder: Path) -> list[FileRequest]:
    """The readable files of a folder, by name."""
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.is_file())
    return [FileRequest(name=path.name, path=str(path)) for path in found]


def sample(settings: Settings | None = None) -> DataSet:
    """The invented membership site that the dashboard shows until a file is brought."""
    return build(requests(SAMPLE), origin="sample", settings=settings)


def shared(folder: Path, settings: Settings | None = None) -> DataSet:
    """The exports of one folder, for all readers of an installation."""
    return build(requests(folder), origin="shared", settings=settings)


def _fingerprint(
    files: Sequence[FileRequest], reports: Sequence[Report], read: ReadSettings, settings: Settings
) -> str:
    """Twelve hex digits that change with any byte of any file, with how it is read and with any setting."""
    ways = (repr(replace(file, name="", path="")) for file in files)
    content = sorted((report.sha256, way) for report, way in zip(reports, ways, strict=True))
    return hashlib.sha256(repr((content, read, settings)).encode()).hexdigest()[:12]
