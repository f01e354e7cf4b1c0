"""What holds for a whole data set, and the owner's own weeks and years."""

from dataclasses import dataclass
from datetime import date

WEEK_STARTS = ("monday", "sunday")
# least and most of each number that an owner sets
BOUNDS = {"grace_days": (0, 365), "winback_days": (1, 730), "fiscal_month": (1, 12)}
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class BadSetting(ValueError):
    """A setting has a value that it cannot take; the message is its name."""


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


def checked(settings: Settings) -> Settings:
    """Return the settings; raises BadSetting where a value is out of range. Their types are checked by msgspec."""
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(settings, name) <= most:
            raise BadSetting(name)
    for name in ("as_of", "observed_from"):
        day = getattr(settings, name)
        if day and not EARLIEST <= day <= LATEST:
            raise BadSetting(name)
    if settings.week_start not in WEEK_STARTS:
        raise BadSetting("week_start")
    codes = [settings.currency] if settings.currency else []
    if not all(is_currency(code) for code in (*codes, *(code for code, _ in settings.rates))):
        raise BadSetting("currency")
    if not all(0 < rate < 1e9 for _, rate in settings.rates):
        raise BadSetting("rates")
    return settings


def is_currency(code: str) -> bool:
    """Return whether a text has the form of a currency's code: three capital letters."""
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


def calendar_sections(settings: Settings) -> tuple[str, ...]:
    """Return the sections of `queries/_calendars.sql` to run; none where weeks begin on Monday and years in January."""
    if settings.week_start == "monday" and settings.fiscal_month == 1:
        return ()
    return "moved", f"week_{settings.week_start}", f"year_{settings.fiscal_month}", "period_of"
