"""The one switch of what is kept: which data set and which folder of made things are current, and which were before."""

import re
from dataclasses import asdict, dataclass
from pathlib import Path

from retention.keeping.files import Damaged, read_checked, write_checked

INDEX, COPY = "keeping.json", "keeping.copy.json"
OLDER = "made.json"  # the index of an older layout
DATA = re.compile(r"data-[0-9a-f]{32}")
MADE = re.compile(r"made-[0-9a-f]{32}")


@dataclass(frozen=True)
class Place:
    """Names of two folders: the data set's tables ("" where none is kept), and what the reader made."""

    data: str = ""
    made: str = ""


@dataclass(frozen=True)
class Index:
    """What is kept now, what one step of undo brings back, and whether all of it is to be removed."""

    now: Place = Place()
    before: Place | None = None
    ended: bool = False

    @property
    def names(self) -> set[str]:
        """Every folder that is still needed."""
        places = [self.now, *([self.before] if self.before else [])]
        return {name for place in places for name in (place.data, place.made) if name}


def read_index(folder: Path) -> tuple[Index | None, list[Path]]:
    """Return the index, None where there is none, and the files of it that were found damaged on the way.

    Where no copy is whole, the newest folders stand in for it. Raises OSError where there is an index that cannot be
    read: nothing may be taken for missing then.
    """
    damaged = []
    for name in (INDEX, COPY):
        try:
            return _index_of(read_checked(folder / name), folder / name), damaged
        except Damaged as bad:
            damaged.append(bad.path)
        except (FileNotFoundError, NotADirectoryError):
            continue
    return (_rebuilt(folder) if damaged or _holds_something(folder) else None), damaged


def damaged_copy(folder: Path) -> list[Path]:
    """Return the second copy of the index where it is damaged: nobody notices while the first one is whole."""
    try:
        _index_of(read_checked(folder / COPY), folder / COPY)
    except Damaged as bad:
        return [bad.path]
    except FileNotFoundError:
        pass
    return []


def write_index(folder: Path, index: Index) -> None:
    """Write both copies, each atomically; the first decides."""
    for name in (INDEX, COPY):
        write_checked(folder / name, asdict(index))


def remove_index(folder: Path) -> None:
    """Nothing is kept afterwards; the copy goes first, so that it never decides alone."""
    for name in (COPY, INDEX):
        (folder / name).unlink(missing_ok=True)


def _index_of(value: object, path: Path) -> Index:
    try:
        now, before = _place(value["now"]), value["before"] and _place(value["before"])
        return Index(now, before or None, value["ended"] is True)
    except (TypeError, KeyError, ValueError):
        raise Damaged(path) from None


def _place(value: dict) -> Place:
    """Names that are none of ours never become paths."""
    for name, pattern in (("data", DATA), ("made", MADE)):
        if value[name] != "" and not pattern.fullmatch(value[name]):
            raise ValueError(name)
    return Place(value["data"], value["made"])


def _holds_something(folder: Path) -> bool:
    """Are there whole folders although no index names them, and no older layout that would?"""
    if not folder.is_dir() or (folder / OLDER).is_file():
        return False
    return any(any(path.glob("about.json" if DATA.fullmatch(path.name) else "*.json")) for path in folder.iterdir()
               if path.is_dir() and (DATA.fullmatch(path.name) or MADE.fullmatch(path.name)))


def _rebuilt(folder: Path) -> Index:
    """The newest folders are current, those before them what undo returns to."""
    data, made = _newest(folder, DATA), _newest(folder, MADE)
    before = Place(data[1], made[1] or made[0]) if data[1] or made[1] else None
    return Index(Place(data[0], made[0]), before)


def _newest(folder: Path, pattern: re.Pattern) -> list[str]:
    """The names of the two newest folders of a kind, "" where there are fewer."""
    folders = [path for path in folder.iterdir() if pattern.fullmatch(path.name) and path.is_dir()]
    found = [path for path in folders if any(path.iterdir())]
    found.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [*(path.name for path in found[:2]), "", ""][:2]
