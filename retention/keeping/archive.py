"""The zip in which everything kept moves to another computer; whatever else it may hold is refused."""

import io
import json
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

MADE, SHOWN, ABOUT = "made.json", "shown.json", "about.json"
TABLE = re.compile(r"[a-z_]{1,40}\.parquet")
LARGEST = 2_000_000_000  # bytes unpacked


class BadArchive(ValueError):
    """The zip is none that a store packed, or is too large."""


@dataclass(frozen=True)
class Opened:
    """What an archive holds: its values, and the tables that `extract` writes."""

    archive: zipfile.ZipFile
    tables: list[zipfile.ZipInfo]
    made: dict
    shown: dict
    about: dict

    def extract(self, folder: Path) -> None:
        """Write the tables into a folder."""
        for entry in self.tables:
            with self.archive.open(entry) as source, (folder / Path(entry.filename).name).open("xb") as target:
                shutil.copyfileobj(source, target)


def opened(content: bytes) -> Opened:
    """The archive, looked through; raises BadArchive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = {entry.filename: entry for entry in archive.infolist()}
        tables = _checked(entries)
        made, shown, about = (_value(archive, entries, name) for name in (MADE, SHOWN, f"data/{ABOUT}"))
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError) as bad:
        raise BadArchive(str(bad)) from None
    return Opened(archive, tables, made, shown, about)


def _checked(entries: dict[str, zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The tables of an archive; raises BadArchive where anything else lies in it."""
    if MADE not in entries or sum(entry.file_size for entry in entries.values()) > LARGEST:
        raise BadArchive("content")
    tables = [entry for name, entry in entries.items() if TABLE.fullmatch(name.removeprefix("data/"))]
    known = {MADE, SHOWN, f"data/{ABOUT}", *(entry.filename for entry in tables)}
    if set(entries) - known or any(not entry.filename.startswith("data/") for entry in tables):
        raise BadArchive("names")
    if bool(tables) != (f"data/{ABOUT}" in entries):
        raise BadArchive("about")
    return tables


def _value(archive: zipfile.ZipFile, entries: dict, name: str) -> dict:
    try:
        found = json.loads(archive.read(name)) if name in entries else {}
    except (ValueError, RecursionError):
        raise BadArchive(name) from None
    if not isinstance(found, dict):
        raise BadArchive(name)
    return found
