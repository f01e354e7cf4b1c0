"""The members of the site, and the four ways in which their number changes: begun, ended, expected back, come back."""

from collections import defaultdict
from datetime import date, datetime
from math import floor
from random import Random

from calendar_days import days_after, name_of, some_day, some_moment
from people import Leaving, Member, Register, Subscription
from story import AS_OF, LITE, MONTHLY, NEW_PRICE, PRICE_ANNOUNCED_ON, PRICE_RISE_ON, PRICES, TRIAL_DAYS

LONGEST_NOTICE = 25


class Membership:
    """Everybody who was ever a member, and those who are at the moment."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.register = Register(rng)
        self.active: list[Member] = []
        self.leavings: list[Leaving] = []
        self.returning: dict[str, list[Leaving]] = defaultdict(list)
        self.owed: dict[str, float] = defaultdict(float)

    def quota(self, name: str, amount: float) -> int:
        """A whole number now, the fraction carried over to the next time."""
        self.owed[name] += amount
        whole = max(0, floor(self.owed[name]))
        self.owed[name] -= whole
        return whole

    def price_of(self, plan: str, day: date) -> float:
        return NEW_PRICE if plan == MONTHLY and day >= PRICE_RISE_ON else PRICES[plan]

    def of_plan(self, plan: str) -> list[Member]:
        return [member for member in self.active if member.running and member.running.plan == plan]

    def end(self, member: Member, day: date, cause: str, basis: str, status: str, notice: int = LONGEST_NOTICE) -> None:
        ending = member.running
        if cause == "voluntary":
            ending.requested_at = self.asked_at(member, day, notice)
        ending.close(day, cause, basis, status)
        leaving = Leaving(ending, day)
        member.leavings.append(leaving)
        self.leavings.append(leaving)
        member.running = None

    def asked_at(self, member: Member, day: date, notice: int) -> datetime:
        earliest = max(member.paid_since, days_after(day, -notice))
        if PRICE_RISE_ON <= day <= date(2025, 4, 30):
            earliest = max(earliest, PRICE_ANNOUNCED_ON)
        return some_moment(self.rng, some_day(self.rng, min(earliest, day), max(earliest, days_after(day, -1))))

    def expect(self, leaving: Leaving, day: date) -> None:
        """Somebody will come back on that day, if it lies within the time told."""
        if day <= AS_OF:
            leaving.returns_on = day
            self.returning[day.strftime("%Y-%m")].append(leaving)

    def come_back(self, index: int) -> None:
        for leaving in self.returning[name_of(index)]:
            member, before = leaving.subscription.member, leaving.subscription.plan
            plan = LITE if before == MONTHLY and index > 12 and self.rng.random() < 0.2 else before
            self.begin(member, plan, leaving.returns_on)

    def begin(self, member: Member, plan: str, first_paid_on: date, trial: bool = False) -> Subscription:
        started_on = days_after(first_paid_on, -TRIAL_DAYS) if trial else first_paid_on
        price = self.price_of(plan, started_on)
        begun = member.subscribe(plan, price, started_on, first_paid_on if trial else None)
        member.paid_since = first_paid_on
        self.active.append(member)
        return begun
