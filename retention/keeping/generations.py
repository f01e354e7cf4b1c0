"""New folders of what is kept: written whole beside the current ones, so that one switch makes them current."""

import re
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

from retention.keeping import tables
from retention.keeping.files import settle, write_checked

SHOWN = "shown"
NAME = re.compile(r"[a-z_]{1,40}")  # of a thing made: it becomes the name of a file


def new_data(home: Path, fill: Callable[[Path], None], about: dict) -> str:
    """Return the name of a new folder with the tables that `fill` writes, their checksums, and what is said of them."""
    return _new(home, "data", lambda folder: tables.write(folder, fill, about))


def new_made(home: Path, made: dict, shown: dict) -> str:
    """Return the name of a new folder with one checked file for each thing made, and the numbers as shown."""
    def write(folder: Path) -> None:
        named = {name: value for name, value in made.items() if NAME.fullmatch(name) and name != SHOWN}
        for name, value in {**named, SHOWN: shown}.items():
            write_checked(folder / f"{name}.json", value)

    return _new(home, "made", write)


def _new(home: Path, kind: str, write: Callable[[Path], None]) -> str:
    """What an error interrupts leaves no folder."""
    folder = home / f"{kind}-{uuid.uuid4().hex}"
    try:
        folder.mkdir(mode=0o700)
        write(folder)
        settle(folder)
        settle(home)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder.name
