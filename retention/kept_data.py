"""A data set on its way into the folder of what is kept, and back."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import msgspec
from pyarrow import parquet

from retention.data_settings import BadSetting, checked
from retention.dataset import DataSet
from retention.intake.worker.table_check import BadTables, rewrite_tables
from retention.keeping import Kept, Store, damaged_tables
from retention.model import ReadSettings, Report
from retention.questions import sections
from retention.scratch import scratch_folder
from retention.warehouse import TABLES, NotLoaded, Settings, Warehouse

COUNTED = tuple(table for table in TABLES if table not in ("imports", "findings", "originals"))  # rows of members
NEEDED = ("subscriptions", "imports")  # without them there is no data set
GLOB = set("*?[]{}")  # DuckDB would read every file that such a name matches


@dataclass(frozen=True)
class About:
    """What is said of a kept data set, beside its tables; every value is checked by type."""

    fingerprint: str
    usable: bool
    reports: tuple[Report, ...]
    read: ReadSettings
    settings: Settings


@dataclass(frozen=True)
class Loss:
    """What replacing the kept data set would lose: its files that are not among the new ones, and rows by table."""

    files: tuple[str, ...]
    rows: dict[str, tuple[int, int]]  # table -> rows before, rows after, where there are fewer
    unreadable: bool = False  # nobody can say what it holds


class NotReadable(ValueError):
    """What is kept cannot be used; `damaged` names its tables, or is empty where what is said of them is damaged."""

    def __init__(self, damaged: tuple[str, ...] = ()):
        super().__init__(", ".join(damaged))
        self.damaged = damaged


def keep(data: DataSet, store: Store, loses: bool = True) -> None:
    """Keep the data set's tables, not the files that it came from; `loses` as in Store.keep_data.

    Raises NotKept, and Forgotten.
    """
    about = {
        "fingerprint": data.fingerprint, "usable": data.usable,
        "reports": [asdict(replace(report, preview=[], guesses={}, questions=[])) for report in data.reports],
        "read": asdict(data.read), "settings": asdict(data.settings), "rows": _rows(data.warehouse),
    }
    values = json.loads(json.dumps(about, default=str))
    store.keep_data(lambda folder: _write_tables(data.warehouse, folder), values, loses)


def kept(store: Store, stop: threading.Event | None = None) -> DataSet | None:
    """Return the data set that is kept, None where there is none; raises NotReadable, and Stopped once `stop` is set.

    Tables that are damaged are left out; `missing` of the data set names them.
    """
    found = store.data()
    if found is None:
        return None
    about = about_of(found.about)
    damaged = tuple(damaged_tables(found))
    if about is None or set(damaged) & set(NEEDED):
        raise NotReadable(damaged)
    try:
        with _whole(found, damaged) as folder:
            warehouse = Warehouse(folder, about.settings, stop)
    except (NotLoaded, BadTables, OSError):
        raise NotReadable(damaged) from None
    fingerprint = about.fingerprint if not damaged else f"{about.fingerprint}-{len(damaged)}"
    return DataSet("kept", fingerprint, about.reports, about.read, about.settings, warehouse, about.usable, damaged)


def about_of(values: dict) -> About | None:
    """Return what is said of a data set, None where a value is of another type or out of range."""
    try:
        about = msgspec.convert({name: values.get(name) for name in About.__dataclass_fields__}, About)
        checked(about.settings)
    except (msgspec.ValidationError, BadSetting):
        return None
    return about


def loss(data: DataSet, found: Kept) -> Loss | None:
    """Return what is lost where `data` replaces what is kept; None where it holds every kept file and as many rows."""
    held = {report.sha256 for report in data.reports if report.rows_taken}
    about = about_of(found.about)
    if about is None:
        return Loss((), {}, unreadable=True)
    gone = tuple(report.file for report in about.reports if report.rows_taken and report.sha256 not in held)
    now, before = _rows(data.warehouse), found.about.get("rows")
    before = before if isinstance(before, dict) else {}
    fewer = {table: (count, now.get(table, 0)) for table, count in before.items()
             if table in COUNTED and isinstance(count, int) and count > now.get(table, 0)}
    return Loss(gone, fewer) if gone or fewer else None


@contextmanager
def _whole(found: Kept, damaged: tuple[str, ...]) -> Iterator[Path]:
    """The folder to load: without damaged tables, and rewritten where no checksum vouches for its tables."""
    if not (damaged or found.about.get("unchecked") or GLOB & set(str(found.folder.absolute()))):
        yield found.folder
        return
    with scratch_folder("retention-kept-") as made:
        source, tables = Path(made) / "source", Path(made) / "tables"
        source.mkdir()
        tables.mkdir()
        for name in set(found.tables) - set(damaged):
            shutil.copyfile(found.folder / f"{name}.parquet", source / f"{name}.parquet")
        if found.about.get("unchecked"):
            rewrite_tables(source, tables)
        yield tables if found.about.get("unchecked") else source


def _rows(warehouse: Warehouse) -> dict[str, int]:
    """How many rows each table has."""
    with warehouse.cursor() as cursor:
        return dict(cursor.execute(sections("load")["counts"]).fetchall())


def _write_tables(warehouse: Warehouse, folder: Path) -> None:
    """One <table>.parquet per canonical table, as the reader wrote them; raises Forgotten."""
    for table in TABLES:
        with warehouse.cursor() as cursor:
            rows = cursor.table(table).to_arrow_table()
        parquet.write_table(rows, folder / f"{table}.parquet")
