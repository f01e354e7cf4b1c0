"""The zip in which everything kept moves to another computer; whatever else it may hold is refused."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from retention.keeping.files import parsed
from retention.keeping.tables import ABOUT, Kept

MADE, SHOWN = "made.json", "shown.json"
TABLE = re.compile(r"data/[a-z_]{1,40}\.parquet")
MOST_BYTES = 1 << 30  # of all tables together, unpacked
MOST_JSON = 32 << 20  # of one file of values
CHUNK = 1 << 20


class BadArchive(ValueError):
    """The zip is none that a store packed, is damaged, or is too large."""


@dataclass(frozen=True)
class Opened:
    """What an archive holds: its values, and the tables that `extract` writes."""

    archive: zipfile.ZipFile
    tables: list[zipfile.ZipInfo]
    made: dict
    shown: dict
    about: dict

    def extract(self, folder: Path) -> None:
        """Write the tables into a folder; raises BadArchive, whatever size their headings claim."""
        left = MOST_BYTES
        for entry in self.tables:
            with (folder / Path(entry.filename).name).open("xb") as target:
                for chunk in self._chunks(entry):
                    left -= len(chunk)
                    if left < 0:
                        raise BadArchive("size")
                    target.write(chunk)

    def _chunks(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        with _explained():
            source = self.archive.open(entry)
        with source:
            while True:
                with _explained():
                    chunk = source.read(CHUNK)
                if not chunk:
                    return
                yield chunk


def pack(made: dict, shown: dict, kept: Kept | None) -> bytes:
    """Return everything as one zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MADE, json.dumps(made, ensure_ascii=False))
        archive.writestr(SHOWN, json.dumps(shown, ensure_ascii=False))
        if kept and kept.about:
            archive.writestr(f"data/{ABOUT}", json.dumps(kept.about, ensure_ascii=False))
            for name in sorted(kept.tables):
                archive.write(kept.folder / f"{name}.parquet", f"data/{name}.parquet")
    return out.getvalue()


def opened(content: bytes) -> Opened:
    """The archive, looked through; raises BadArchive."""
    with _explained():
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = {entry.filename: entry for entry in archive.infolist()}
        tables = _checked(archive, entries)
        made, shown, about = (_values(archive, entries, name) for name in (MADE, SHOWN, f"data/{ABOUT}"))
    return Opened(archive, tables, made, shown, about)


def _checked(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The tables of an archive; raises BadArchive where anything else lies in it."""
    tables = [entry for name, entry in entries.items() if TABLE.fullmatch(name)]
    known = {MADE, SHOWN, f"data/{ABOUT}", *(entry.filename for entry in tables)}
    if MADE not in entries or set(entries) - known or len(entries) != len(archive.infolist()):
        raise BadArchive("names")
    if bool(tables) != (f"data/{ABOUT}" in entries):
        raise BadArchive("about")
    if sum(entry.file_size for entry in tables) > MOST_BYTES:
        raise BadArchive("size")
    return tables


def _values(archive: zipfile.ZipFile, entries: dict, name: str) -> dict:
    """The values of one file; no more is unpacked than one may hold."""
    if name not in entries:
        return {}
    with archive.open(entries[name]) as source:
        content = source.read(MOST_JSON + 1)
    if len(content) > MOST_JSON:
        raise BadArchive("size")
    found = parsed(content)
    if not isinstance(found, dict):
        raise BadArchive(name)
    return found


@contextmanager
def _explained() -> Iterator[None]:
    """Tell everything that a broken zip or its values raise as BadArchive."""
    try:
        yield
    except BadArchive:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError, ValueError, RecursionError) as error:
        raise BadArchive(str(error)) from None
