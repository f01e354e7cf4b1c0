"""What holds for a whole data set, and the owner's own weeks and years."""

from dataclasses import dataclass
from datetime import date

WEEK_STARTS = ("monday", "sunday")
GRACE_DAYS, WINBACK_DAYS = (0, 365), (1, 730)  # least and most


@dataclass(frozen=True)
class Settings:
    """What holds for a whole data set; days are counted, `as_of` is the last day on which it is complete."""

    as_of: date | None = None
    observed_from: date | None = None
    grace_days: int = 14
    winback_days: int = 90
    currency: str | None = None  # of all amounts; None: the one of most subscriptions
    rates: tuple[tuple[str, float], ...] = ()  # other currencies, and what one of each is worth
    week_start: str = "monday"  # or sunday
    fiscal_month: int = 1  # 1 to 12: month in which the owner's year begins
    memory: str = "4GB"
    threads: int = 2
    seconds: int = 60


def own_calendar(settings: Settings) -> str | None:
    """The macro period_of for weeks from Sunday or years from another month; None where the usual one holds.

    Quarters begin with the year, or a multiple of three months later. Ends of periods follow from their starts.
    """
    days, months = int(settings.week_start == "sunday"), settings.fiscal_month - 1
    if not (days or months):
        return None
    moved = "cast(cast(date_trunc('{0}', day - to_months({1})) as date) + to_months({1}) as date)"
    return f"""create or replace macro period_of(day, grain) as case grain
        when 'week' then cast(date_trunc('week', day + {days}) as date) - {days}
        when 'quarter' then {moved.format('quarter', months % 3)}
        when 'year' then {moved.format('year', months)}
        else cast(date_trunc(grain, day) as date)
    end"""
