"""Every visible sentence, number and day, in the reader's language; nothing is worded anywhere else."""

import math
import re
import string
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

HERE = Path(__file__).resolve().parent
LANGUAGES = ("en", "de")
NOT_KNOWN = "–"
_TERM = re.compile(r"(years|months|weeks|days)_(\d+)")  # terms that have no name of their own


class Texts:
    """One language: sentences by dotted key, and numbers and days as that language writes them."""

    def __init__(self, language: str = "en", currency: str | None = None):
        """`language` is one of LANGUAGES; any other reads English. `currency` is that of amounts, where it is known."""
        self.language = language if language in LANGUAGES else "en"
        self.currency = currency
        self._words = _load(self.language)
        self._locale = Locale.parse({"en": "en_GB", "de": "de_DE"}[self.language])

    def __call__(self, key: str, **blanks: object) -> str:
        """The sentence under `key` with its blanks filled; a plural is chosen by `count`. Raises KeyError."""
        words = self._words[self._plural(key, blanks.get("count"))]
        return string.Formatter().vformat(words, (), {name: self._shown(value) for name, value in blanks.items()})

    def has(self, key: str) -> bool:
        """Is there a sentence under `key`?"""
        return key in self._words or f"{key}.other" in self._words

    def word(self, kind: str, value: object) -> str:
        """The word for a code such as cause `voluntary`; what is not a code (the owner's own plan) is itself."""
        if value is None or value != value:
            return NOT_KNOWN
        if kind == "interval" and (term := _TERM.fullmatch(str(value))):
            return self(f"interval.every.{term[1]}", count=int(term[2]))
        return self._words.get(f"{kind}.{value}", str(value))

    def number(self, value: object, digits: int = 0) -> str:
        """1,204 or 1.204; – where there is none."""
        if _absent(value):
            return NOT_KNOWN
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        return _signed(format_decimal(_rounded(value, digits), format=pattern, locale=self._locale))

    def percent(self, share: object, digits: int = 1) -> str:
        """A fraction as 3.2 % or 3,2 %; – where there is none."""
        if _absent(share):
            return NOT_KNOWN
        pattern = "#,##0." + "0" * digits + "\u202f%" if digits else "#,##0\u202f%"
        return _signed(format_percent(_rounded(share, digits + 2), format=pattern, locale=self._locale))

    def points(self, difference: object, digits: int = 1) -> str:
        """A difference of two fractions in percentage points, signed."""
        if _absent(difference):
            return NOT_KNOWN
        shown = _rounded(difference, digits + 2)
        sign = "+" if shown > 0 else "−" if shown < 0 else "±"
        return f"{sign}{self.number(abs(shown) * 100, digits)} {self('unit.points')}"

    def money(self, amount: object, currency: str | None = None) -> str:
        """An amount without its pennies; without a known currency the bare number."""
        if _absent(amount):
            return NOT_KNOWN
        currency = currency or self.currency
        if not currency or not re.fullmatch("[A-Za-z]{3}", currency):
            return self.number(amount)
        pattern = "¤#,##0" if self.language == "en" else "#,##0\xa0¤"
        whole, currency = round(float(amount)), currency.upper()
        return _signed(format_currency(whole, currency, format=pattern, locale=self._locale, currency_digits=False))

    def day(self, day: date | None) -> str:
        """3 November 2025 or 3. November 2025."""
        return NOT_KNOWN if _absent(day) else format_date(day, format="long", locale=self._locale)

    def month(self, number: int) -> str:
        """The name of a month by its number, 1 to 12."""
        return format_date(date(2000, number, 1), format="LLLL", locale=self._locale)

    def period(self, start: date, grain: str = "month") -> str:
        """The name of a period by its first day: Oct 2025, Q4 2025, 2025, week of 6 Oct 2025."""
        if _absent(start):
            return NOT_KNOWN
        if grain == "week":
            return self("unit.week_of", day=format_date(start, format="medium", locale=self._locale))
        if grain == "year" and start.month != 1:
            return f"{start.year}/{(start.year + 1) % 100:02}"  # an owner's year that begins in another month
        if grain == "quarter" and start.month % 3 != 1:
            last = date(start.year + (start.month + 1) // 12, (start.month + 1) % 12 + 1, 1)
            return f"{format_date(start, format='MMM', locale=self._locale)}–{self.period(last)}"
        pattern = {"quarter": "QQQ yyyy", "year": "yyyy"}.get(grain, "MMM yyyy")
        return format_date(start, format=pattern, locale=self._locale)

    @property
    def separators(self) -> str:
        """Decimal and thousands separator as Plotly's layout.separators wants them."""
        return {"en": ".,", "de": ",."}[self.language]

    def _plural(self, key: str, count: object) -> str:
        if key in self._words:
            return key
        return f"{key}.one" if count == 1 else f"{key}.other"

    def _shown(self, value: object) -> str:
        if isinstance(value, bool | str):
            return str(value)
        if isinstance(value, date):
            return self.day(value)
        return self.number(value) if isinstance(value, int) or hasattr(value, "dtype") else str(value)


def _absent(value: object) -> bool:
    return value is None or value != value or isinstance(value, float) and math.isinf(value)


def _rounded(value: object, digits: int) -> float:
    """What is shown of a number, rounded as it is written; what rounds to nothing has no sign."""
    return float(round(Decimal(str(float(value))), digits)) or 0.0


def _signed(number: str) -> str:
    """With a minus, not a hyphen."""
    return number.replace("-", "−")


@cache
def _load(language: str) -> dict[str, str]:
    """The language's TOML as flat dotted keys."""
    with open(HERE / f"{language}.toml", "rb") as file:
        return dict(_flat(tomllib.load(file), ""))


def _flat(table: dict, before: str):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value
