"""A kept data set: one Parquet file per canonical table, with its checksum, and what is said of all of them."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from retention.keeping.files import Damaged, checksum, read_checked, write_checked

ABOUT = "about.json"
VERSION = 2


@dataclass(frozen=True)
class Kept:
    """The folder of a data set's tables and what is said of it; `about` is empty where that is damaged."""

    folder: Path
    about: dict

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the data set; empty where it is not known."""
        return str(self.about.get("fingerprint", ""))

    @property
    def tables(self) -> dict[str, str]:
        """The checksum of each table."""
        found = self.about.get("tables")
        return found if isinstance(found, dict) else {}


def write(folder: Path, fill: Callable[[Path], None], about: dict) -> None:
    """Have `fill` write the tables into the folder, then say what they are; all of it is on the disk afterwards."""
    fill(folder)
    sums = {}
    for path in sorted(folder.glob("*.parquet")):
        path.chmod(0o600)
        with path.open("rb+") as written:
            os.fsync(written.fileno())
        sums[path.stem] = checksum(path)
    kept_at = datetime.now().isoformat(timespec="minutes")
    write_checked(folder / ABOUT, {**about, "version": VERSION, "kept_at": kept_at, "tables": sums})


def kept_in(folder: Path) -> Kept:
    """Return the data set in a folder, without looking at its tables."""
    try:
        stamp = (folder / ABOUT).stat().st_mtime_ns
    except OSError:
        return Kept(folder, {})
    return Kept(folder, _about(folder / ABOUT, stamp))


def damaged_tables(kept: Kept) -> list[str]:
    """Return the names of tables that are not what was written, or are gone."""
    return [name for name, written in kept.tables.items() if _sum(kept.folder / f"{name}.parquet") != written]


def _sum(path: Path) -> str:
    try:
        return checksum(path)
    except OSError:
        return ""


@lru_cache(maxsize=8)
def _about(path: Path, stamp: int) -> dict:  # noqa: ARG001 - the time of writing is part of the key
    try:
        found = read_checked(path)
    except (Damaged, OSError):
        return {}
    return found if isinstance(found, dict) else {}
