"""How a heading of a file is compared: exactly as systems write it, or loosely as owners do."""

import re
import unicodedata
from functools import lru_cache

IGNORED = re.compile(r"[\s_\-./:?!()\[\]#*]+")

REMEMBERED = 20_000  # headings are compared with every format


@lru_cache(REMEMBERED)
def normalised(heading: str) -> str:
    """Return the heading as the signatures of systems name it: trimmed, case-folded, blanks collapsed."""
    text = unicodedata.normalize("NFC", heading).replace("\ufeff", "").casefold()
    return " ".join(text.split())


@lru_cache(REMEMBERED)
def folded(heading: str) -> str:
    """Return the heading without what owners vary: case, blanks, hyphens, underscores."""
    return IGNORED.sub("", normalised(heading)).replace("ß", "ss")


def find(entries: tuple[str, ...], headings: list[str], taken: set[int]) -> int | None:
    """Return the place of the first heading that an entry names; `~` starts a pattern."""
    for entry in entries:
        for place in _named(entry, tuple(headings)):
            if place not in taken:
                return place
    return None


def find_all(entries: tuple[str, ...], headings: list[str], taken: set[int]) -> list[int]:
    """Return the places of all headings that any entry names, in the order of the file."""
    return sorted({place for entry in entries for place in _named(entry, tuple(headings))} - taken)


def _named(entry: str, headings: tuple[str, ...]) -> list[int]:
    if entry.startswith("~"):
        return [place for place, heading in enumerate(headings) if re.search(entry[1:], normalised(heading))]
    known = _places(headings)
    return sorted({*known.get(normalised(entry), ()), *known.get(f"~{folded(entry)}", ())})


@lru_cache(16)
def _places(headings: tuple[str, ...]) -> dict[str, list[int]]:
    """Places by heading, exactly and, behind a `~`, loosely: thousands of headings meet hundreds of entries."""
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        places.setdefault(normalised(heading), []).append(place)
        if loose := folded(heading):
            places.setdefault(f"~{loose}", []).append(place)
    return places
