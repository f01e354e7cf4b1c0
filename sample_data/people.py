"""Who is a member of the invented site, and what they have subscribed to."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

import words
from calendar_days import days_after, first_of, in_month
from story import ANNUAL, LITE_PROMOTION, OPENING, SHORTEST_ABSENCE


@dataclass(eq=False)
class Subscription:
    """One plan at one price; `anchor` is the day from which its due days are counted."""

    member: "Member"
    plan: str
    price: float
    started_on: date
    anchor: date
    trial_ends_on: date | None = None
    ended_on: date | None = None
    cause: str = ""
    basis: str = ""
    status: str = "active"
    requested_at: datetime | None = None
    access_until: date | None = None
    switched_to: "Subscription | None" = None
    number: str = ""

    @property
    def first_paid_on(self) -> date:
        return self.trial_ends_on or self.started_on

    def due_in(self, index: int) -> date | None:
        """The renewal in that month, if there is one."""
        if self.plan == ANNUAL and first_of(index).month != self.anchor.month:
            return None
        due = in_month(self.anchor.day, index)
        return due if due > self.anchor else None

    def close(self, day: date, cause: str, basis: str, status: str) -> None:
        self.ended_on, self.cause, self.basis, self.status = day, cause, basis, status


@dataclass(eq=False)
class Leaving:
    """The end of a membership, and the return that follows it, if one does."""

    subscription: Subscription
    ended_on: date
    returns_on: date | None = None
    assigned_on: date | None = None


@dataclass(eq=False)
class Member:
    """A person; `running` is the paid subscription they hold at the moment."""

    name: str
    email: str
    country: str
    source: str
    joined_on: date
    tags: str = ""
    no_contact_since: date | None = None
    subscriptions: list[Subscription] = field(default_factory=list)
    leavings: list[Leaving] = field(default_factory=list)
    running: Subscription | None = None
    paid_since: date | None = None

    def subscribe(self, plan: str, price: float, day: date, trial_ends_on: date | None = None) -> Subscription:
        """Begin a subscription and make it the running one."""
        begun = Subscription(self, plan, price, day, trial_ends_on or day, trial_ends_on)
        self.subscriptions.append(begun)
        self.running = begun
        return begun

    @property
    def language(self) -> str:
        return "de" if self.country in words.GERMAN_COUNTRIES else "en"


def weighted(rng: Random, weights: dict[str, float]) -> str:
    return rng.choices(list(weights), weights=list(weights.values()))[0]


class Register:
    """Makes new members, each with an address of their own."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.members: list[Member] = []
        self.namesakes: dict[str, int] = {}

    def enrol(self, day: date, plan: str) -> Member:
        rng = self.rng
        country = weighted(rng, words.COUNTRIES)
        german = country in words.GERMAN_COUNTRIES
        first = rng.choice(words.GERMAN_FIRST if german else words.ENGLISH_FIRST)
        last = rng.choice(words.GERMAN_LAST if german else words.ENGLISH_LAST)
        promoted = plan == "Lite" and LITE_PROMOTION[0] <= day <= LITE_PROMOTION[1]
        member = Member(
            name=f"{first} {last}",
            email=self.address(first, last),
            country=country,
            source=weighted(rng, words.PROMOTION_SOURCES if promoted else words.SOURCES),
            joined_on=day,
            tags="spring-offer" if promoted else "founder" if day < days_after(OPENING, 30) else "",
        )
        self.members.append(member)
        return member

    def address(self, first: str, last: str) -> str:
        name = f"{first}.{last}".lower().translate(words.PLAIN)
        self.namesakes[name] = self.namesakes.get(name, 0) + 1
        count = self.namesakes[name]
        return f"{name}{count if count > 1 else ''}@example.{'org' if len(name) % 3 else 'com'}"


def stays(member: Member) -> list[tuple[date, date | None]]:
    """The unbroken times of a member: from the first paid day to the first day without access, or without an end."""
    found: list[tuple[date, date | None]] = []
    paid = [row for row in member.subscriptions if row.status not in ("never_paid", "trialing")]
    for row in sorted(paid, key=lambda row: row.first_paid_on):
        if found and found[-1][1] is not None and (row.first_paid_on - found[-1][1]).days < SHORTEST_ABSENCE:
            found[-1] = (found[-1][0], row.ended_on)
        else:
            found.append((row.first_paid_on, row.ended_on))
    return found


def stays_around(member: Member, day: date) -> bool:
    """A member from three weeks before that day to ten weeks after it."""
    return any(
        days_after(start, 21) <= day and (end is None or days_after(day, 70) <= end) for start, end in stays(member)
    ) and any(row.status != "pending_cancel" for row in member.subscriptions[-1:])
