"""What a view is compared with: the time before, the same time a year earlier, or other members of the same time."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from retention.filters import LISTS, Filters

YEAR = 12  # months; also the span that is compared where none was chosen
MONTHS = {"month": 1, "quarter": 3, "year": YEAR}


def sides(filters: Filters, as_of: date) -> tuple[Filters, Filters] | None:
    """The view itself and what it is compared with, both with their days; None where nothing is compared.

    Without chosen days the last twelve whole months up to `as_of` are compared with the twelve before them.
    """
    if filters.compare == "none":
        return None
    if filters.compare == "others":
        return filters, replace(filters, **{name: getattr(filters, f"other_{name}") for name in LISTS})
    first, last = _span(filters, as_of)
    mine = replace(filters, first_day=first, last_day=last)
    months = YEAR if filters.compare == "year_ago" else _whole_months(first, last)
    if months:
        moved = _months_before(first, months), _end_moved(last, months)
    else:
        days = (last - first).days + 1
        moved = first - timedelta(days=days), last - timedelta(days=days)
    return mine, replace(mine, first_day=moved[0], last_day=moved[1], period=_period(filters))


def differ(mine: Filters, theirs: Filters, taken: tuple[str, ...]) -> bool:
    """Does a question that takes these parameters answer the two sides differently?"""
    return mine.parameters(taken) != theirs.parameters(taken)


def earlier(day: date, compare: str, grain: str) -> date:
    """First day of the period before, or of the same period a year earlier (of weeks: 52 weeks earlier)."""
    if grain == "week":
        return day - timedelta(weeks=52 if compare == "year_ago" else 1)
    return _months_before(day, YEAR if compare == "year_ago" else MONTHS[grain])


def _period(filters: Filters) -> date | None:
    return filters.period and earlier(filters.period, filters.compare, filters.grain)


def _span(filters: Filters, as_of: date) -> tuple[date, date]:
    """The chosen days; where one is open, as far as the data or a year go."""
    last = filters.last_day or as_of
    if filters.first_day:
        return filters.first_day, max(last, filters.first_day)
    if not filters.last_day and not _month_ends(last):
        last = last.replace(day=1) - timedelta(days=1)
    return _months_before(last + timedelta(days=1), YEAR), last


def _whole_months(first: date, last: date) -> int:
    """How many months the span is made of, 0 where it is not made of whole ones."""
    following = last + timedelta(days=1)
    months = (following.year - first.year) * YEAR + following.month - first.month
    return months if months > 0 and following.day == first.day else 0


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last."""
    number = day.year * YEAR + day.month - 1 - months
    year, month = divmod(number, YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _end_moved(last: date, months: int) -> date:
    return _months_before(last + timedelta(days=1), months) - timedelta(days=1)


def _month_ends(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
