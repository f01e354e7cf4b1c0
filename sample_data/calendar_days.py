"""Days and months of the sample data: due days, months by number, and how a day or a moment is written."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from random import Random

from story import OPENING


def first_of(index: int) -> date:
    """First day of the month that lies `index` months after the opening."""
    month = OPENING.month - 1 + index
    return date(OPENING.year + month // 12, month % 12 + 1, 1)


def last_of(index: int) -> date:
    return first_of(index + 1) - timedelta(days=1)


def name_of(index: int) -> str:
    return first_of(index).strftime("%Y-%m")


def index_of(name: str) -> int:
    return (int(name[:4]) - OPENING.year) * 12 + int(name[5:]) - OPENING.month


def in_month(day_of_month: int, index: int) -> date:
    first = first_of(index)
    return first.replace(day=min(day_of_month, monthrange(first.year, first.month)[1]))


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def some_day(rng: Random, earliest: date, latest: date) -> date:
    return days_after(earliest, rng.randint(0, (latest - earliest).days))


def some_moment(rng: Random, day: date) -> datetime:
    """A waking hour of that day."""
    return datetime(day.year, day.month, day.day, rng.randint(7, 22), rng.randint(0, 59))


def value_at(steps: dict[str, float], index: int) -> float:
    """The value of the last named month that is not after this one."""
    return [value for name, value in steps.items() if index_of(name) <= index][-1]


def line_at(points: dict[str, float], index: int) -> float:
    """The value on the straight lines through the named months; 0 before the first of them."""
    places = [(index_of(name), value) for name, value in points.items()]
    if index < places[0][0]:
        return 0.0
    for (left, low), (right, high) in zip(places, places[1:], strict=False):
        if index <= right:
            return low + (high - low) * (index - left) / (right - left)
    return float(places[-1][1])
