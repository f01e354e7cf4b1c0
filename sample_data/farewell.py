"""How leaving went: requests to cancel, with their replies, offers and moods."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from calendar_days import days_after, first_of, last_of, some_day, some_moment
from closing import Pause
from membership import Membership
from people import Member, stays, stays_around, weighted
from story import (
    AS_OF,
    MONTHS,
    REPLY_HOURS,
    SLOW_REPLY_HOURS,
    SLOW_SPRING,
)

CHANNELS = {"self_service": 34, "email": 38, "form": 20, "chat": 8}
OFFERS_FROM = date(2024, 3, 1)
OFFERS = {"three months at half price": 90, "one free month": 30, "a call with a teacher": 0}
STAYERS = {"saved": 0.17, "paused": 0.05, "abandoned": 0.08}  # per request that ended in leaving
SAVED_AND_GONE = 0.03
OPEN_REQUESTS = 9
RATED = 0.55
RATINGS = {False: (2, 4, 12, 37, 45), True: (30, 32, 22, 11, 5)}
HEAT = {False: (94.5, 4.0, 1.2, 0.3), True: (66, 21, 9, 4)}
HEATS = ("none", "complaint", "threat", "escalated")
HEAT_ENDS = {"complaint": ("resolved", "apology", "unanswered"), "threat": ("resolved", "bad review", "apology")}
LAST_MOMENT = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 23, 59)


@dataclass(eq=False)
class Request:
    """Somebody asked to cancel."""

    member: Member
    requested_at: datetime
    outcome: str
    channel: str = ""
    first_reply_at: datetime | None = None
    done_at: datetime | None = None
    contacts: int = 0
    offer: str = ""
    offer_ended_on: date | None = None
    rating: int | None = None
    heat: str = "none"
    heat_outcome: str = ""


def is_slow(moment: datetime) -> bool:
    return SLOW_SPRING[0] <= moment.date() <= SLOW_SPRING[1]


class Farewell:
    """All requests of the site to cancel."""

    def __init__(self, site: Membership, pauses: list[Pause], rng: Random) -> None:
        self.site, self.pauses, self.rng = site, pauses, rng
        self.requests: list[Request] = []
        self.asked: dict[int, list[datetime]] = {}
        self.ask_to_leave()
        self.ask_and_stay()

    def request(self, member: Member, moment: datetime, outcome: str) -> Request:
        made = Request(member, moment, outcome)
        self.requests.append(made)
        self.asked.setdefault(id(member), []).append(moment)
        self.handle(made)
        return made

    def ask_to_leave(self) -> None:
        for member in self.site.register.members:
            for row in member.subscriptions:
                if row.requested_at is None:
                    continue
                began = datetime.combine(member.joined_on, datetime.min.time()) + timedelta(days=30)
                if self.rng.random() < SAVED_AND_GONE and row.ended_on and row.requested_at > began:
                    self.request(member, row.requested_at - timedelta(days=self.rng.randint(12, 26)), "saved")
                self.request(member, row.requested_at, "cancelled")

    def ask_and_stay(self) -> None:
        """Saved, paused or not gone through with; and those whom nobody has answered yet."""
        months = Counter(made.requested_at.strftime("%Y-%m") for made in self.requests)
        people = [member for member in self.site.register.members if stays(member)]
        for index in range(1, MONTHS):
            leaving = months[first_of(index).strftime("%Y-%m")]
            for outcome, share in STAYERS.items():
                for _ in range(self.site.quota(outcome, leaving * share)):
                    self.one_who_stays(people, first_of(index), last_of(index), outcome)
        for _ in range(OPEN_REQUESTS):
            self.one_who_stays(people, days_after(AS_OF, -3), AS_OF, "")

    def one_who_stays(self, people: list[Member], earliest: date, latest: date, outcome: str) -> None:
        while True:
            member, moment = self.rng.choice(people), some_moment(self.rng, some_day(self.rng, earliest, latest))
            near = any(abs((moment - other).days) < 60 for other in self.asked.get(id(member), []))
            if not near and stays_around(member, moment.date()):
                made = self.request(member, moment, outcome)
                if made.outcome == "paused":
                    self.pause(member, moment.date())
                return

    def pause(self, member: Member, day: date) -> None:
        held = [row for row in member.subscriptions if row.first_paid_on <= day and (row.ended_on or AS_OF) >= day]
        resumed_on = days_after(day, self.rng.choice((30, 45, 60)))
        self.pauses.append(Pause(held[-1], day, resumed_on if resumed_on <= AS_OF else None))

    def handle(self, made: Request) -> None:
        """Reply, work, mood and offer of one request."""
        made.channel = weighted(self.rng, CHANNELS)
        if made.outcome == "":
            made.channel, made.contacts = self.rng.choice(("email", "form")), 1
            return
        slow = is_slow(made.requested_at)
        self.reply(made, slow)
        self.offer(made)
        if self.rng.random() < RATED and made.done_at:
            made.rating = self.rng.choices((1, 2, 3, 4, 5), weights=RATINGS[slow and made.channel != "self_service"])[0]
        made.heat = self.rng.choices(HEATS, weights=HEAT[slow and made.channel != "self_service"])[0]
        if made.heat != "none":
            made.heat_outcome = self.rng.choice(HEAT_ENDS.get(made.heat, ("lawyer's letter", "resolved")))

    def reply(self, made: Request, slow: bool) -> None:
        if made.channel == "self_service":
            made.first_reply_at = made.done_at = made.requested_at + timedelta(minutes=self.rng.randint(0, 2))
            return
        usual = (SLOW_REPLY_HOURS if slow else REPLY_HOURS)[made.channel]
        made.contacts = self.rng.choices((1, 2, 3, 4), weights=(25, 35, 25, 15) if slow else (72, 22, 5, 1))[0]
        replied = made.requested_at + self.waiting(usual)
        done = replied + self.waiting(usual * 0.5)
        made.first_reply_at = replied if replied <= LAST_MOMENT else None
        made.done_at = done if done <= LAST_MOMENT else None
        if made.done_at is None:
            made.outcome = ""

    def waiting(self, hours: float) -> timedelta:
        """Around so many hours, with a long tail."""
        drawn = self.rng.random()
        return timedelta(minutes=int(60 * hours * (0.12 + 0.9 * drawn / (1 - 0.85 * drawn))))

    def offer(self, made: Request) -> None:
        if made.requested_at.date() < OFFERS_FROM or made.outcome in ("paused", "") or self.rng.random() > 0.6:
            return
        made.offer = self.rng.choice(list(OFFERS))
        if made.outcome == "saved":
            made.offer_ended_on = days_after(made.requested_at.date(), OFFERS[made.offer])
