"""The folder of what is kept: the current data set, what the reader made, and one step back."""

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
from retention.keeping.home import is_gone, note_kept
from retention.keeping.index import Index, Place, read_index, write_index
from retention.keeping.rescue import copy_aside, set_aside
from retention.keeping.tables import Kept

_LOCK = threading.RLock()


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
            note_kept(self.folder, True)
        return found

    @property
    def unreadable(self) -> str | None:
        """Return why what is kept cannot be read: gone, or as in NotKept; None where it can, or nothing is kept."""
        try:
            read_index(self.folder)
        except OSError as error:
            return reason_of(error)
        return "gone" if is_gone(self.folder) else None

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
                note_kept(self.folder, True)

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
        index = self._index()
        names = sorted(path.stem for path in (self.folder / index.now.made).glob("*.json")) if index else []
        return {name: value for name in names if name != SHOWN and (value := self.read(name)) is not None}

    def make(self, name: str, value: object, rescue: bool = False) -> None:
        """Keep one thing under its name; where it is to be rescued, the old file is set aside first. Raises NotKept."""
        with self._writing():
            path = self._made_file(name)
            if path is None:
                raise NotKept("missing")
            self.read(name)  # a damaged one is set aside
            if rescue and path.is_file():
                copy_aside(self.folder, path)
            write_checked(path, value)

    def shown(self) -> dict:
        """Return headline numbers as they were shown."""
        found = self.read(SHOWN)
        return found if isinstance(found, dict) else {}

    def show(self, numbers: dict, rescue: bool = False) -> None:
        """Remember them in the place of those remembered, as `make` does; raises NotKept."""
        self.make(SHOWN, numbers, rescue)

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

    def keep_data(self, fill: Callable[[Path], None], about: dict, loses: bool = True) -> None:
        """Have `fill` write <table>.parquet files, and make them the current data set; raises NotKept.

        Where nothing is lost by it, one step back still leads to what the last replacing lost.
        """
        with self._writing() as index:
            now = Place(new_data(self.folder, fill, about), index.now.made)
            self._switch(now, index.now if loses else index.before or index.now)

    def replace(self, fill: Callable[[Path], None] | None, about: dict, made: dict, shown: dict) -> None:
        """Replace all that is kept in one step; without `fill` the data set stays. Raises NotKept."""
        with self._writing() as index:
            data = new_data(self.folder, fill, about) if fill else index.now.data
            self._switch(Place(data, new_made(self.folder, made, shown)), index.now)

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
            note_kept(self.folder, False)

    def packed(self) -> bytes:
        """Return all that is kept as one zip."""
        return pack(self.made(), self.shown(), self.data())

    def _switch(self, now: Place, before: Place) -> None:
        """Make other folders the current ones, and say what undo returns to."""
        write_index(self.folder, Index(now, before))
        care.sweep(self.folder)

    def _index(self) -> Index | None:
        try:
            index, _ = read_index(self.folder)
        except OSError:
            return None  # `unreadable` says why
        return None if index is None or index.ended else index

    def _made_file(self, name: str) -> Path | None:
        index = self._index()
        return self.folder / index.now.made / f"{name}.json" if index and index.now.made else None

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
            yield read_index(self.folder)[0] or Index()
