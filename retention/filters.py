"""What a reader has chosen: one frozen value whose fields are the $parameters, the URL's keys and the CLI's options."""

from dataclasses import dataclass, fields, replace
from datetime import date

GRAINS = ("week", "month", "quarter", "year")
UNITS = ("leaving", "answer")
BREAKDOWNS = ("none", "plan", "interval", "source", "year", "spell")
SPLITS = ("plan", "tenure", "source", "interval")
REQUESTS_BY = ("all", "channel", "weekday", "month", "plan")
MEASURES = ("within_promise", "within_day", "more_contacts", "self_service", "good_rating", "heat", "saved")
TODOS = ("never_contacted", "ask_again", "late_requests", "offer_ends", "paid_up", "card_to_update")
DEFINITIONS = (
    "member_churn", "churn_events", "churn_with_newcomers", "daily_sum_churn", "churn_hazard", "cancel_requests",
    "net_churn", "renewal_churn",
)
GROUPS = ("plan", "tenure", "source", "cause", "spell", "price_band")
LEVELS = ("reason", "wording")
OFFERS = ("incentive", "campaign")
LISTS = ("plan", "interval", "cause", "source")
OTHER_LISTS = tuple(f"other_{name}" for name in LISTS)  # of those that a view is compared with
PAGE_LISTS = ("reason", "themes", "key", *OTHER_LISTS)  # several words, chosen on a page
COMPARE = ("none", "previous", "year_ago", "others")
VIEW_ONLY = ("compare", "published", *OTHER_LISTS)  # no question takes them
PASSING = ("themes", "uncovered", "key")  # no view keeps them and no address carries them
CHOICES = {
    "grain": GRAINS, "unit": UNITS, "by": BREAKDOWNS, "split": SPLITS,
    "definition": DEFINITIONS, "against": DEFINITIONS,
    "request_by": REQUESTS_BY, "measure": MEASURES, "todo": TODOS, "masked": ("no", "yes"),
    "grouped_by": GROUPS, "level": LEVELS, "offered_by": OFFERS, "uncovered": ("no", "yes"),
    "compare": COMPARE, "published": ("no", "yes"),
}
WORDS = ("member", "words")  # whatever the reader types
LONGEST_WORDS = 200
DAY_LISTS = ("step",)  # several days
DAYS = ("first_day", "last_day", "before_first", "before_last", "after_first", "after_last", "period")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)  # of any day that is asked about
# type, smallest, largest
NUMBERS = {
    "told": (float, -100.0, 1000.0),
    "points": (float, 0.1, 5.0),
    "promise_hours": (int, 1, 8760),
    "base_rate": (float, 0.0, 99.0),
    "hoped_lift": (float, 0.1, 99.0),
}


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
    step: tuple[str, ...] = ()
    period: date | None = None
    definition: str = "member_churn"
    against: str = "churn_events"
    told: float | None = None
    before_first: date | None = None
    before_last: date | None = None
    after_first: date | None = None
    after_last: date | None = None
    split: str = "plan"
    points: float = 0.5
    promise_hours: int = 24  # the owner's own promise: a request is done within so many hours
    request_by: str = "channel"
    measure: str = "within_promise"
    todo: str = "never_contacted"
    member: str = ""  # words of a name or e-mail, or #number of one person
    masked: str = "no"
    grouped_by: str = "plan"
    level: str = "reason"
    offered_by: str = "incentive"
    words: str = ""  # that a comment must hold
    reason: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()  # rules, theme=keyword each
    uncovered: str = "no"  # are names, addresses and phone numbers in comments shown?
    base_rate: float | None = None  # percent that would come back without a message
    hoped_lift: float = 5.0  # percentage points
    compare: str = "none"
    published: str = "no"  # are rates drawn that others published?
    other_plan: tuple[str, ...] = ()
    other_interval: tuple[str, ...] = ()
    other_cause: tuple[str, ...] = ()
    other_source: tuple[str, ...] = ()
    key: tuple[str, ...] = ()  # the mark whose people are asked for: the key columns of its row, as text

    def parameters(self, wanted: tuple[str, ...]) -> dict[str, object]:
        """The values to bind for the parameters that a question names; the one place where empty becomes null."""
        values = {name: getattr(self, name) for name in wanted}
        return {name: (list(value) or None) if isinstance(value, tuple) else value for name, value in values.items()}

    @property
    def narrowed(self) -> bool:
        """Do days or lists leave some of the data out? Then an empty answer says nothing about the files."""
        return any(getattr(self, name) for name in ("first_day", "last_day", *LISTS))

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


_ALL = tuple(field.name for field in fields(Filters))
NAMES = tuple(name for name in _ALL if name not in VIEW_ONLY)  # what questions take
KEPT = tuple(name for name in _ALL if name not in PASSING)  # what a view keeps from page to page


def value_of(name: str, words: list[str]):
    """The value of filter `name` as read from text; raises BadFilter."""
    if name in LISTS or name in PAGE_LISTS:
        return tuple(word for word in words if word)
    if name in DAY_LISTS:
        return tuple(sorted({value_of("first_day", [word]).isoformat() for word in words if word}))
    word = words[-1] if words else ""
    if name in WORDS:
        return word.strip()[:LONGEST_WORDS]
    if name in DAYS:
        return _day_of(name, word) if word else None
    if name in NUMBERS:
        return _number_of(name, word)
    if name not in CHOICES or word not in CHOICES[name]:
        raise BadFilter(name, word)
    return word


def _day_of(name: str, word: str) -> date:
    """The day; raises BadFilter for what is none or out of bounds."""
    try:
        day = date.fromisoformat(word)
    except ValueError:
        raise BadFilter(name, word) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadFilter(name, word)
    return day


def _number_of(name: str, word: str) -> int | float | None:
    """No word is the default; raises BadFilter for what is no number or out of bounds."""
    kind, smallest, largest = NUMBERS[name]
    try:
        number = kind(word) if word else getattr(Filters(), name)
    except ValueError:
        raise BadFilter(name, word) from None
    if number is not None and not smallest <= number <= largest:
        raise BadFilter(name, word)
    return number
