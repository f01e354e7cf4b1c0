"""Damaged files are set aside, not deleted; what happened to a folder is remembered until it was said."""

import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from retention.keeping.files import settle

DAMAGED = "damaged"
SWEPT, INDEX = "swept", "keeping"  # what was interrupted is finished; the index was damaged
_NOTICES: dict[Path, set[str]] = {}


def set_aside(home: Path, path: Path) -> None:
    """Move a file or folder to those that are damaged, under its name and the time; what is gone is left."""
    with suppress(FileNotFoundError):
        os.replace(path, _free(home, path))
        notice(home, path.name.split(".")[0].split("-")[0])


def copy_aside(home: Path, path: Path) -> None:
    """Copy a file to those set aside, whole before anything takes its place."""
    target = _free(home, path)
    shutil.copyfile(path, target)
    target.chmod(0o600)
    with target.open("rb+") as written:
        os.fsync(written.fileno())
    settle(target.parent)


def _free(home: Path, path: Path) -> Path:
    """A name that is free among what is set aside."""
    aside = home / DAMAGED
    aside.mkdir(mode=0o700, exist_ok=True)
    name, number = f"{path.stem}-{datetime.now():%Y%m%d-%H%M%S}", 0
    while (target := aside / f"{name}{f'-{number}' if number else ''}{path.suffix}").exists():
        number += 1
    return target


def set_aside_files(home: Path) -> list[Path]:
    """Return the files set aside, oldest first."""
    return sorted((home / DAMAGED).glob("*")) if (home / DAMAGED).is_dir() else []


def notice(home: Path, word: str) -> None:
    """Remember what happened in this folder."""
    _NOTICES.setdefault(home, set()).add(word)


def notices(home: Path) -> set[str]:
    """Return what happened in this folder since the process began: swept, index, or the name of a damaged file."""
    return set(_NOTICES.get(home, ()))
