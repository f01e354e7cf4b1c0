"""Looks after the folder of what is kept: finishes what was interrupted, removes what nothing names."""

import errno
import os
import re
import shutil
from pathlib import Path

from retention.keeping import lock
from retention.keeping.index import COPY, DATA, INDEX, MADE, damaged_copy, read_index, remove_index, write_index
from retention.keeping.older import convert, is_older
from retention.keeping.rescue import DAMAGED, SWEPT, notice, set_aside
from retention.keeping.rescue import INDEX as KEPT_INDEX

__all__ = ["finish", "is_older", "look_after", "sweep"]
HALF_WRITTEN = re.compile(r"\.[\w.]+\.[0-9a-f]{32}\.new")  # see files.write
_LOOKED_AFTER: set[Path] = set()  # folders that this process has looked after


def look_after(home: Path) -> None:
    """Once per process: mend the index, take over an older layout, finish what was interrupted, sweep.

    Raises OSError where something cannot be read or written; nothing is removed then.
    """
    mended = _mend_index(home)
    if home in _LOOKED_AFTER:
        return
    if is_older(home):
        convert(home)
    index, _ = read_index(home)
    if index and index.ended:
        notice(home, SWEPT)
        finish(home)
        home.mkdir(mode=0o700, exist_ok=True)
        if not lock.hold(home):
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
    elif not mended and sweep(home):
        notice(home, SWEPT)
    _LOOKED_AFTER.add(home)


def forget(home: Path) -> None:
    """Look after the folder again, as a process that has just begun."""
    _LOOKED_AFTER.discard(home)


def sweep(home: Path) -> int:
    """Remove every folder that the index does not name, and half-written files; return how many folders."""
    index, damaged = read_index(home)
    if damaged:
        return 0  # nothing is removed on the word of a damaged index
    needed, removed = index.names if index else set(), 0
    for path in home.iterdir():
        if path.name not in needed and path.is_dir() and (DATA.fullmatch(path.name) or MADE.fullmatch(path.name)):
            shutil.rmtree(path, ignore_errors=True)
            removed += 1
    for path in [*home.iterdir(), *home.glob("made-*/.*"), *home.glob("data-*/.*")]:
        if HALF_WRITTEN.fullmatch(path.name) and path.is_file():
            path.unlink(missing_ok=True)
    return removed


def finish(home: Path) -> None:
    """Remove everything of ours, and the folder where nothing else lies in it."""
    for path in home.iterdir():
        if path.is_dir() and (DATA.fullmatch(path.name) or MADE.fullmatch(path.name) or path.name == DAMAGED):
            shutil.rmtree(path, ignore_errors=True)
    remove_index(home)
    for path in home.iterdir():
        if HALF_WRITTEN.fullmatch(path.name) and path.is_file():
            path.unlink(missing_ok=True)
    lock.release(home)
    forget(home)
    if not any(home.iterdir()):
        home.rmdir()


def _mend_index(home: Path) -> bool:
    """Set damaged copies of the index aside and write both again from what is whole; return whether that was needed."""
    index, damaged = read_index(home)
    if damaged or home not in _LOOKED_AFTER:
        damaged = list({*damaged, *damaged_copy(home)})
    there = [(home / name).exists() for name in (INDEX, COPY)]
    if index is None or not damaged and all(there):
        return False
    for path in damaged:
        set_aside(home, path)
    if damaged or not any(there):
        notice(home, KEPT_INDEX)
    write_index(home, index)
    return True
