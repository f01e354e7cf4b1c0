"""How a heading of a file is compared: exactly as systems write it, or loosely as owners do."""

import re
import unicodedata

IGNORED = re.compile(r"[\s_\-./:?!()\[\]#*]+")


def normalised(heading: str) -> str:
    """Return the heading as the signatures of systems name it: trimmed, case-folded, blanks collapsed."""
    text = unicodedata.normalize("NFC", heading).replace("\ufeff", "").casefold()
    return " ".join(text.split())


def folded(heading: str) -> str:
    """Return the heading without what owners vary: case, blanks, hyphens, underscores."""
    return IGNORED.sub("", normalised(heading)).replace("ß", "ss")


def find(entries: tuple[str, ...], headings: list[str], taken: set[int]) -> int | None:
    """Return the place of the first heading that an entry names; `~` starts a pattern."""
    loose = [folded(heading) for heading in headings]
    for entry in entries:
        for place, heading in enumerate(headings):
            if place not in taken and _names(entry, heading, loose[place]):
                return place
    return None


def find_all(entries: tuple[str, ...], headings: list[str], taken: set[int]) -> list[int]:
    """Return the places of all headings that any entry names, in the order of the file."""
    return [
        place
        for place, heading in enumerate(headings)
        if place not in taken and any(_names(entry, heading, folded(heading)) for entry in entries)
    ]


def _names(entry: str, heading: str, loose: str) -> bool:
    if entry.startswith("~"):
        return re.search(entry[1:], normalised(heading)) is not None
    return normalised(entry) == normalised(heading) or (loose != "" and folded(entry) == loose)
