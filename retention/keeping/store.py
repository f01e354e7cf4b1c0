"""The folder of what is kept: the current data set, what the reader made, and one step back."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from retention.keeping import care, lock, tables
from retention.keeping.archive import pack
from retention.keeping.errors import NotKept, explained, reason_of
from retention.keeping.files import Damaged, read_checked, write_checked
from retention.keeping.generations import SHOWN, new_data, new_made
from retention.keeping.index import Index, Place, read_index, write_index
from retention.keeping.rescue import set_aside
from retention.keeping.tables import Kept

_LOCK = threading.RLock()
_WAS_ON: set[Path] = set()  # folders in which something was kept while this process ran


def home() -> Path:
    """The folder that RETENTION_HOME names, else one in the owner's own."""
    return Path(os.environ.get("RETENTION_HOME") or Path.home() / ".retention-dashboard")


class Store:
    """One folder, readable by its owner alone (0700). Keeping is on while it holds an index."""

    def __init__(self, folder: Path):
        """Looks only; `begin` is the first that writes."""
        self.folder = folder

    @property
    def on(self) -> bool:
        """Does the owner want things kept?"""
        found = self._index() is not None or care.is_older(self.folder)
        if found:
            _WAS_ON.add(self.folder)
        return found

    @property
    def is_missing(self) -> bool:
        """Was something kept here while this process ran, and is the folder not there any more?"""
        return self.folder in _WAS_ON and not self.folder.is_dir()

    def writable(self) -> str | None:
        """Return None where this process may write, else the reason as in NotKept. The first look sweeps."""
        try:
            if not lock.hold(self.folder):
                return "other"
            with _LOCK:
                care.look_after(self.folder)
        except OSError as error:
            return reason_of(error)
        return None

    def begin(self) -> None:
        """Make the folder and keep from now on; raises NotKept."""
        with _LOCK, explained():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            with self._writing():
                if not self.on:
                    write_index(self.folder, Index(Place("", new_made(self.folder, {}, {}))))
                _WAS_ON.add(self.folder)

    def read(self, name: str) -> object:
        """Return one thing that the reader made, None where there is none or it is damaged."""
        path = self._made_file(name)
        try:
            return read_checked(path) if path else None
        except Damaged as bad:
            self._rescue(bad.path)
        except OSError:
            pass
        return None

    def made(self) -> dict:
        """Return all that the reader made, by name."""
        folder = self._made_folder()
        names = sorted(path.stem for path in folder.glob("*.json")) if folder else []
        return {name: value for name in names if name != SHOWN and (value := self.read(name)) is not None}

    def make(self, name: str, value: object, rescue: bool = False) -> None:
        """Keep one thing under its name; where it is to be rescued, the old file is set aside first. Raises NotKept."""
        with self._writing():
            path = self._made_file(name)
            if path is None:
                raise NotKept("missing")
            self.read(name)  # a damaged one is set aside
            if rescue and path.is_file():
                set_aside(self.folder, path)
            write_checked(path, value)

    def shown(self) -> dict:
        """Return headline numbers as they were shown."""
        found = self.read(SHOWN)
        return found if isinstance(found, dict) else {}

    def show(self, numbers: dict) -> None:
        """Remember them in the place of those remembered; raises NotKept."""
        self.make(SHOWN, numbers)

    def data(self) -> Kept | None:
        """Return the current data set without looking at its tables, None where there is none."""
        index = self._index()
        return tables.kept_in(self.folder / index.now.data) if index and index.now.data else None

    def can_undo(self) -> bool:
        """Can one step back be taken?"""
        index = self._index()
        return bool(index and index.before)

    def undo(self) -> None:
        """Return to what was kept before the last replacing; a second time returns to what was replaced by it."""
        with self._writing() as index:
            if index.before:
                write_index(self.folder, Index(index.before, index.now))

    def keep_data(self, fill: Callable[[Path], None], about: dict) -> None:
        """Have `fill` write <table>.parquet files, and make them the current data set; raises NotKept."""
        with self._writing() as index:
            self._switch(index, Place(new_data(self.folder, fill, about), index.now.made))

    def replace(self, fill: Callable[[Path], None] | None, about: dict, made: dict, shown: dict) -> None:
        """Replace all that is kept in one step; without `fill` the data set stays. Raises NotKept."""
        with self._writing() as index:
            data = new_data(self.folder, fill, about) if fill else index.now.data
            self._switch(index, Place(data, new_made(self.folder, made, shown)))

    def drop_data(self) -> None:
        """No data set is kept afterwards, nor one to return to; what was made stays. Raises NotKept."""
        with self._writing() as index:
            write_index(self.folder, Index(Place("", index.now.made)))
            care.sweep(self.folder)

    def end(self) -> None:
        """Nothing is kept afterwards: all that is ours is removed, the folder too where nothing else lies in it."""
        with self._writing() as index:
            write_index(self.folder, replace(index, ended=True))
            care.finish(self.folder)
            _WAS_ON.discard(self.folder)

    def packed(self) -> bytes:
        """Return all that is kept as one zip."""
        return pack(self.made(), self.shown(), self.data())

    def _switch(self, index: Index, now: Place) -> None:
        """Make other folders the current ones; what was current is what undo returns to."""
        write_index(self.folder, Index(now, index.now))
        care.sweep(self.folder)

    def _index(self) -> Index | None:
        index, _ = read_index(self.folder)
        return None if index is None or index.ended else index

    def _made_folder(self) -> Path | None:
        index = self._index()
        return self.folder / index.now.made if index and index.now.made else None

    def _made_file(self, name: str) -> Path | None:
        folder = self._made_folder()
        return folder / f"{name}.json" if folder else None

    def _rescue(self, path: Path) -> None:
        """Set a damaged file aside where this process may write; a reader leaves it where it is."""
        if lock.is_held(self.folder):
            with _LOCK:
                set_aside(self.folder, path)

    @contextmanager
    def _writing(self) -> Iterator[Index]:
        """Hold the folder and hand over its index; every error is told as NotKept."""
        with _LOCK, explained():
            if (reason := self.writable()) is not None:
                raise NotKept(reason)
            yield self._index() or Index()
