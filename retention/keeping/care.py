"""Looks after the folder of what is kept: finishes what was interrupted, removes what nothing names."""

import shutil
from pathlib import Path

from retention.keeping import lock
from retention.keeping.index import COPY, DATA, INDEX, MADE, damaged_copy, read_index, remove_index, write_index
from retention.keeping.older import convert, is_older
from retention.keeping.rescue import DAMAGED, SWEPT, notice, set_aside

__all__ = ["finish", "is_older", "look_after", "sweep"]
_LOOKED_AFTER: set[Path] = set()  # folders that this process has looked after


def look_after(home: Path) -> None:
    """Once per process: set a damaged index aside, take over an older layout, finish what was interrupted, sweep."""
    _mend_index(home)
    if home in _LOOKED_AFTER:
        return
    if is_older(home):
        convert(home)
    _LOOKED_AFTER.add(home)
    index, _ = read_index(home)
    if index and index.ended:
        notice(home, SWEPT)
        finish(home)
        home.mkdir(mode=0o700, exist_ok=True)
        lock.hold(home)
    elif sweep(home):
        notice(home, SWEPT)


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
    for path in [*home.glob(".*.new"), *home.glob("made-*/.*.new"), *home.glob("data-*/.*.new")]:
        path.unlink(missing_ok=True)
    return removed


def finish(home: Path) -> None:
    """Remove everything of ours, and the folder where nothing else lies in it."""
    for path in home.iterdir():
        if path.is_dir() and (DATA.fullmatch(path.name) or MADE.fullmatch(path.name) or path.name == DAMAGED):
            shutil.rmtree(path, ignore_errors=True)
    remove_index(home)
    for path in home.glob(".*.new"):
        path.unlink(missing_ok=True)
    lock.release(home)
    forget(home)
    if not any(home.iterdir()):
        home.rmdir()


def _mend_index(home: Path) -> None:
    """Set damaged copies of the index aside, and write both anew from what is whole."""
    index, damaged = read_index(home)
    if damaged or home not in _LOOKED_AFTER:
        damaged = {*damaged, *damaged_copy(home)}
    if damaged:
        for path in damaged:
            set_aside(home, path)
        write_index(home, index)
    elif index and (home / INDEX).exists() != (home / COPY).exists():
        write_index(home, index)  # a kill came between the two
