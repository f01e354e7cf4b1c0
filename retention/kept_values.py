"""What may be kept under which name: every value that comes back from a file is checked by type and range."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from retention.data_settings import BOUNDS, WEEK_STARTS, is_currency
from retention.filters import NUMBERS
from retention.published import MOST as MOST_PUBLISHED
from retention.published import BadPublished, Published, checked

Short = Annotated[str, Meta(max_length=200)]
MOST_NOTES, MOST_SLIDES, MOST_MONTHS = 5_000, 200, 2_400
LONGEST_NOTE = 300


class Note(msgspec.Struct):
    """A remark on a figure over time."""

    id: Annotated[int, Meta(ge=1, le=1_000_000_000)]
    metric: Short
    day: date
    text: Annotated[str, Meta(max_length=LONGEST_NOTE)]
    author: Short
    at: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d$")]


class Shown(msgspec.Struct):
    """A month's churn as it was shown."""

    churned: Annotated[int, Meta(ge=0, le=1_000_000_000)]
    active: Annotated[int, Meta(ge=1, le=1_000_000_000)]
    on: date
    ids: list[str]


def checked_value(name: str, value: object) -> tuple[object, int]:
    """Return what of a kept value can be used, None where nothing can, and how many parts of it cannot."""
    try:
        return CHECKS[name](value)
    except (msgspec.ValidationError, ValueError, TypeError, KeyError):
        return None, 1


def checked_shown(value: object) -> tuple[dict, int]:
    """Return the months of the log that can be read, and how many entries cannot."""
    months = value if isinstance(value, dict) else {"": value}
    good = {month: one for month, one in list(months.items())[:MOST_MONTHS] if _is(date, month) and _is(Shown, one)
            and one["churned"] <= one["active"]}
    return good, len(months) - len(good)


def _is(kind: type, value: object) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _one(kind: type, value: object) -> tuple[object, int]:
    return msgspec.convert(value, kind), 0


def _notes(value: object) -> tuple[object, int]:
    """The notes that can be shown; a second one with the same number is none."""
    given, good, seen = msgspec.convert(value, list), [], set()
    for note in given[:MOST_NOTES]:
        if _is(Note, note) and note["id"] not in seen:
            seen.add(note["id"])
            good.append({name: note[name] for name in Note.__struct_fields__})
    return good, len(given) - len(good)


def _slides(value: object) -> tuple[object, int]:
    """Slides as they are; the meeting looks into each."""
    given = msgspec.convert(value, list)
    return given[:MOST_SLIDES], max(0, len(given) - MOST_SLIDES)


def _published(value: object) -> tuple[object, int]:
    """The published rates that can be drawn."""
    given, good = msgspec.convert(value, list), []
    for row in given[:MOST_PUBLISHED]:
        try:
            good += [asdict(one) for one in checked([asdict(msgspec.convert(row, Published))])]
        except (msgspec.ValidationError, BadPublished):
            continue
    return good, len(given) - len(good)


def _currency(value: object) -> tuple[object, int]:
    code = msgspec.convert(value, str)
    if not is_currency(code):
        raise ValueError(code)
    return code, 0


def _whole(least: int, most: int) -> Callable:
    return partial(_one, Annotated[int, Meta(ge=least, le=most)])


# Everything that is ever kept, each with its check.
CHECKS: dict[str, Callable[[object], tuple[object, int]]] = {
    **{name: _whole(least, most) for name, (least, most) in BOUNDS.items()},
    "promise_hours": _whole(*NUMBERS["promise_hours"][1:]),
    "week_start": partial(_one, Literal[WEEK_STARTS]),
    "currency": _currency,
    "author": partial(_one, Annotated[str, Meta(max_length=60)]),
    "visit": partial(_one, Literal["seen"]),
    "notes": _notes,
    "meeting": _slides,
    "published": _published,
}
