"""Takes over a folder that an older version kept: bare JSON files, and no checksums."""

from pathlib import Path

from retention.keeping.files import Damaged, checksum, content_of, value_of, write_checked
from retention.keeping.generations import new_made
from retention.keeping.index import DATA, Index, Place, read_index, write_index
from retention.keeping.rescue import set_aside

MADE, SHOWN, CURRENT, ABOUT = "made.json", "shown.json", "current", "about.json"
UNCHECKED = "unchecked"  # in what is said of tables that no checksum vouches for yet


def is_older(home: Path) -> bool:
    """Return whether an older version kept something here."""
    return (home / MADE).is_file()


def convert(home: Path) -> None:
    """Bring everything into today's layout; a kill at any moment leaves the older one or the new one."""
    if read_index(home)[0] is None:
        made = new_made(home, _values(home, MADE), _values(home, SHOWN))
        write_index(home, Index(Place(_data(home), made)))
    for name in (CURRENT, SHOWN, MADE):  # the last one says that there is something to convert
        (home / name).unlink(missing_ok=True)


def _values(home: Path, name: str) -> dict:
    """The values of a bare JSON file; a damaged one is set aside."""
    path = home / name
    try:
        found = value_of(content_of(path), path)
        if isinstance(found, dict):
            return found
    except Damaged:
        pass
    except OSError:
        return {}
    set_aside(home, path)
    return {}


def _data(home: Path) -> str:
    """The name of the current data set's folder, from now on with checksums; empty where it cannot be read."""
    try:
        name = (home / CURRENT).read_text(encoding="ascii").strip()
        folder = home / name
        about = value_of(content_of(folder / ABOUT), folder / ABOUT) if DATA.fullmatch(name) else None
    except (OSError, ValueError):
        return ""
    if not isinstance(about, dict):
        return ""
    sums = {path.stem: checksum(path) for path in sorted(folder.glob("*.parquet"))}
    write_checked(folder / ABOUT, {**about, UNCHECKED: True, "tables": sums})
    return name
