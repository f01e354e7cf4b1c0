"""Takes over what another computer packed: looked through, rewritten by the worker, and switched to in one step."""

import hashlib
import shutil
from pathlib import Path

from retention.intake.worker.table_check import BadTables, rewrite_tables
from retention.keeping import BadArchive, Store, opened
from retention.keeping.archive import Opened
from retention.keeping.files import checksum
from retention.kept_data import about_of
from retention.kept_values import CHECKS
from retention.scratch import scratch_folder
from retention.sealing import Engine
from retention.warehouse import NotLoaded, Warehouse

IMPORT_SECONDS = 60  # for one statement over tables from elsewhere


def take_over(store: Store, content: bytes) -> None:
    """Replace what is kept by what another computer packed; raises BadArchive and NotKept, and changes nothing then."""
    found = opened(content)
    made = {name: value for name, value in found.made.items() if name in CHECKS}
    if not found.tables:
        store.replace(None, {}, made, found.shown)
        return
    with scratch_folder("retention-take-") as folder:
        tables = rewritten(found, Path(folder))
        # A fingerprint from elsewhere could be that of other data, whose answers are cached under it.
        sums = "".join(checksum(path) for path in sorted(tables.glob("*.parquet")))
        own = hashlib.sha256(sums.encode()).hexdigest()[:12]
        about = {name: value for name, value in found.about.items() if name != "unchecked"} | {"fingerprint": own}
        store.replace(lambda target: _move(tables, target), about, made, found.shown)


def rewritten(found: Opened, folder: Path) -> Path:
    """Return the folder with an archive's tables as our own worker wrote them; raises BadArchive."""
    if about_of(found.about) is None:
        raise BadArchive("about")
    source, tables = folder / "source", folder / "tables"
    source.mkdir()
    tables.mkdir()
    found.extract(source)
    try:
        rewrite_tables(source, tables)
        Warehouse(tables, about_of(found.about).settings, engine=Engine(loading_seconds=IMPORT_SECONDS)).close()
    except (BadTables, NotLoaded) as error:
        raise BadArchive(str(error)) from None
    return tables


def _move(tables: Path, target: Path) -> None:
    for path in tables.glob("*.parquet"):
        shutil.move(path, target / path.name)
