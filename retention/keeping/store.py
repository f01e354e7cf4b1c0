"""The folder of what is kept: generations of the data set, one of which is current, and one file of what was made."""

import io
import os
import re
import shutil
import threading
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path

from retention.keeping.archive import ABOUT, MADE, SHOWN, opened
from retention.keeping.files import read_json, settle, write, write_json

CURRENT = "current"
VERSION = 1
GENERATION = re.compile(r"data-[0-9a-f]{32}")
_LOCK = threading.RLock()


def home() -> Path:
    """The folder that RETENTION_HOME names, else one in the owner's own."""
    return Path(os.environ.get("RETENTION_HOME") or Path.home() / ".retention-dashboard")


class Store:
    """One folder, readable by its owner alone (0700). Keeping is on while it holds what was made."""

    def __init__(self, folder: Path):
        """Looks only; `begin` is the first that writes."""
        self.folder = folder

    @property
    def on(self) -> bool:
        """Does the owner want things kept?"""
        return (self.folder / MADE).is_file()

    def begin(self) -> None:
        """Make the folder and keep from now on."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        if not self.on:
            write_json(self.folder / MADE, {})

    def made(self) -> dict:
        """What the reader made, by name."""
        found = read_json(self.folder / MADE, {})
        return found if isinstance(found, dict) else {}

    def make(self, name: str, value: object) -> None:
        """Keep one thing under its name."""
        with _LOCK:
            write_json(self.folder / MADE, {**self.made(), name: value})

    def shown(self) -> dict:
        """Headline numbers as they were shown."""
        found = read_json(self.folder / SHOWN, {})
        return found if isinstance(found, dict) else {}

    def show(self, numbers: dict) -> None:
        """Remember them in the place of those remembered."""
        with _LOCK:
            write_json(self.folder / SHOWN, numbers)

    def data(self) -> Path | None:
        """The folder of the current data set's tables, None where none is kept whole."""
        try:
            name = (self.folder / CURRENT).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        found = self.folder / name
        return found if GENERATION.fullmatch(name) and (found / ABOUT).is_file() else None

    def about(self) -> dict:
        """What was said of the current data set when it was kept."""
        found = read_json(self.data() / ABOUT, {}) if self.data() else {}
        return found if isinstance(found, dict) else {}

    def keep_data(self, fill: Callable[[Path], None], about: dict) -> None:
        """Have `fill` write <table>.parquet files into a new folder, and make that the current data set."""
        with _LOCK:
            name = f"data-{uuid.uuid4().hex}"
            folder = self.folder / name
            folder.mkdir(mode=0o700)
            fill(folder)
            for path in folder.iterdir():
                path.chmod(0o600)
                with path.open("rb+") as written:
                    os.fsync(written.fileno())
            write_json(folder / ABOUT, {**about, "version": VERSION})
            settle(folder)
            write(self.folder / CURRENT, name.encode())
            self._sweep(name)

    def drop_data(self) -> None:
        """No data set is kept afterwards; what was made stays."""
        with _LOCK:
            (self.folder / CURRENT).unlink(missing_ok=True)
            settle(self.folder)
            self._sweep("")

    def end(self) -> None:
        """Nothing is kept afterwards: all that is ours is removed, the folder too where nothing else lies in it."""
        with _LOCK:
            self.drop_data()
            for name in (MADE, SHOWN):
                (self.folder / name).unlink(missing_ok=True)
            if self.folder.is_dir() and not any(self.folder.iterdir()):
                self.folder.rmdir()

    def packed(self) -> bytes:
        """All that is kept as one zip."""
        out = io.BytesIO()
        with _LOCK, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in (MADE, SHOWN):
                if (self.folder / name).is_file():
                    archive.write(self.folder / name, name)
            for path in sorted((self.data() or self.folder / "-").glob("*")):
                archive.write(path, f"data/{path.name}")
        return out.getvalue()

    def unpack(self, content: bytes) -> None:
        """Take over what another computer packed; raises BadArchive and changes nothing then."""
        found = opened(content)
        with _LOCK:
            self.begin()
            if found.tables:
                self.keep_data(found.extract, found.about)
            write_json(self.folder / MADE, found.made)
            write_json(self.folder / SHOWN, found.shown)

    def _sweep(self, current: str) -> None:
        """Remove every generation but the current one, and files that a kill left behind."""
        for path in self.folder.glob("data-*"):
            if path.is_dir() and path.name != current:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.folder.glob(".*.new"):
            path.unlink(missing_ok=True)
