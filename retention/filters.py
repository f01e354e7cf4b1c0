"""What a reader has chosen: one frozen value whose fields are the $parameters, the URL's keys and the CLI's options."""

from dataclasses import dataclass, fields, replace
from datetime import date

GRAINS = ("week", "month", "quarter", "year")
UNITS = ("leaving", "answer")
BREAKDOWNS = ("none", "plan", "interval", "source", "spell")
LISTS = ("plan", "interval", "cause", "source")
CHOICES = {"grain": GRAINS, "unit": UNITS, "by": BREAKDOWNS}
DAYS = ("first_day", "last_day")


class BadFilter(ValueError):
    """A filter was given a value that it cannot take; `field` and `value` say which."""

    def __init__(self, field: str, value: str):
        super().__init__(f"{field}={value}")
        self.field, self.value = field, value


@dataclass(frozen=True)
class Filters:
    """Days are inclusive, lists hold any of several values; an empty choice is no filter."""

    first_day: date | None = None
    last_day: date | None = None
    grain: str = "month"
    plan: tuple[str, ...] = ()
    interval: tuple[str, ...] = ()
    cause: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    by: str = "none"
    unit: str = "leaving"

    def parameters(self, wanted: tuple[str, ...]) -> dict[str, object]:
        """The values to bind for the parameters that a question names; the one place where empty becomes null."""
        values = {name: getattr(self, name) for name in wanted}
        return {name: (list(value) or None) if isinstance(value, tuple) else value for name, value in values.items()}

    def as_words(self) -> dict[str, str | list[str]]:
        """What differs from the defaults, as text: for the URL, file names and notes."""
        words: dict[str, str | list[str]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default:
                continue
            words[field.name] = list(value) if isinstance(value, tuple) else str(value)
        return words

    def changed(self, name: str, words: list[str]) -> "Filters":
        """The same with one filter set from text; raises BadFilter."""
        return replace(self, **{name: value_of(name, words)})


NAMES = tuple(field.name for field in fields(Filters))


def value_of(name: str, words: list[str]):
    """The value of filter `name` as read from text; raises BadFilter."""
    if name in LISTS:
        return tuple(word for word in words if word)
    word = words[-1] if words else ""
    if name in DAYS:
        try:
            return date.fromisoformat(word) if word else None
        except ValueError:
            raise BadFilter(name, word) from None
    if name not in CHOICES or word not in CHOICES[name]:
        raise BadFilter(name, word)
    return word
