"""Takes over a folder that an older version kept: bare JSON files, and no checksums."""

import os
import shutil
from pathlib import Path

from retention.keeping.files import Damaged, content_of, value_of
from retention.keeping.generations import new_data, new_made
from retention.keeping.index import DATA, INDEX, Index, Place, write_index
from retention.keeping.index import OLDER as MADE
from retention.keeping.rescue import copy_aside, notice, set_aside

SHOWN, CURRENT, ABOUT = "shown.json", "current", "about.json"
UNCHECKED = "unchecked"  # in what is said of tables that no checksum vouches for yet


def is_older(home: Path) -> bool:
    """Return whether an older version kept something here."""
    return (home / MADE).is_file()


def convert(home: Path) -> None:
    """Bring everything into today's layout; a kill at any moment leaves the older one or the new one."""
    if not (home / INDEX).exists():
        data = _data(home)
        made = new_made(home, _values(home, MADE), _values(home, SHOWN))
        write_index(home, Index(Place(data, made)))
    for name in (CURRENT, SHOWN, MADE):  # the last one says that there is something to convert
        (home / name).unlink(missing_ok=True)


def _values(home: Path, name: str) -> dict:
    """The values of a bare JSON file; a damaged one is copied to those set aside."""
    path = home / name
    try:
        found = value_of(content_of(path), path)
        if isinstance(found, dict):
            return found
    except Damaged:
        pass
    except FileNotFoundError:
        return {}
    copy_aside(home, path)
    notice(home, path.stem)
    return {}


def _data(home: Path) -> str:
    """The name of a new folder with the current tables and their checksums; what cannot be read is set aside whole."""
    folders = [path for path in home.iterdir() if DATA.fullmatch(path.name) and path.is_dir()]
    if not (home / CURRENT).exists():
        return ""  # forgotten: what lies there is swept
    try:
        name = (home / CURRENT).read_text(encoding="ascii").strip()
        folder = home / name
        if not DATA.fullmatch(name):
            raise ValueError(name)
        about = value_of(content_of(folder / ABOUT), folder / ABOUT)
        if isinstance(about, dict):
            return new_data(home, lambda target: _link(folder, target), {**about, UNCHECKED: True})
    except (FileNotFoundError, ValueError):
        pass
    for folder in folders:
        set_aside(home, folder)
    return ""


def _link(source: Path, target: Path) -> None:
    """The same tables under new names; where the system cannot link, copies."""
    for path in source.glob("*.parquet"):
        try:
            os.link(path, target / path.name)
        except OSError:
            shutil.copyfile(path, target / path.name)
