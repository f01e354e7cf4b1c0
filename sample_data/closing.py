"""How things stand on the last day, and the few unusual members: lifetime, two subscriptions at once, paused."""

from dataclasses import dataclass
from datetime import date
from random import Random

from calendar_days import days_after, some_day, some_moment
from joining import try_in_vain
from membership import LONGEST_NOTICE, Membership
from people import Member, Subscription, stays
from story import ANNUAL, AS_OF, LIFETIME, LITE, LITE_OPENS, MONTHS, OPENING, PRICES, TRIAL_DAYS

LIFETIME_MEMBERS = 24
SECOND_SEATS = 14
PENDING, PAST_DUE, PAUSED = 46, 14, 9
PAST_DUE_GRACE = 14
TRIALS_OF_TODAY = 19
PAUSES = 105
NOT_TO_CONTACT = 16


@dataclass(eq=False)
class Pause:
    """A time in which nothing was charged."""

    subscription: Subscription
    paused_on: date
    resumed_on: date | None


class Closing:
    """Adds the unusual members and marks what is still open on the last day."""

    def __init__(self, site: Membership, rng: Random) -> None:
        self.site, self.rng = site, rng
        self.pauses: list[Pause] = []
        self.run()

    def run(self) -> None:
        self.pauses_of_the_past()
        self.lifetime_members()
        self.trials_of_today()
        self.second_seats()
        monthly = [member for member in self.site.active if member.running.plan != ANNUAL]
        self.rng.shuffle(monthly)
        self.pending(monthly)
        self.past_due(monthly)
        self.paused_now(monthly)
        for member in self.site.active:
            member.running.access_until = member.running.access_until or next_due(member.running)
        for member in self.rng.sample(self.site.register.members, NOT_TO_CONTACT):
            if not any(leaving.assigned_on for leaving in member.leavings):
                member.no_contact_since = some_day(self.rng, days_after(member.joined_on, 1), AS_OF)

    def pauses_of_the_past(self) -> None:
        """Most come back from a pause; some leave without having resumed."""
        for member in self.rng.sample(self.site.register.members, PAUSES * 4):
            row = max(member.subscriptions, key=lambda row: ((row.ended_on or AS_OF) - row.first_paid_on).days)
            end = row.ended_on or AS_OF
            if row.plan == ANNUAL or row.status == "never_paid" or (end - row.first_paid_on).days < 130:
                continue
            paused_on = some_day(self.rng, days_after(row.first_paid_on, 20), days_after(end, -100))
            resumed_on = days_after(paused_on, self.rng.choice((28, 30, 31, 45, 60, 61, 90)))
            if row.cause == "voluntary" and self.rng.random() < 0.5:
                paused_on, resumed_on = days_after(end, -self.rng.randint(35, 60)), None
            self.pauses.append(Pause(row, paused_on, resumed_on))
            if len(self.pauses) == PAUSES:
                return

    def lifetime_members(self) -> None:
        for _ in range(LIFETIME_MEMBERS):
            day = some_day(self.rng, OPENING, AS_OF)
            self.site.register.enrol(day, LIFETIME).subscribe(LIFETIME, PRICES[LIFETIME], day)

    def trials_of_today(self) -> None:
        """Of these some will pay, some will not: nobody knows yet."""
        for _ in range(TRIALS_OF_TODAY):
            try_in_vain(self.site, some_day(self.rng, days_after(AS_OF, 1 - TRIAL_DAYS), AS_OF))

    def second_seats(self) -> None:
        """A Lite seat beside the main subscription, begun later and given up earlier."""
        steady = [
            member
            for member in self.site.active
            if member.running.plan != LITE and (AS_OF - max(stays(member)[-1][0], LITE_OPENS)).days > 300
        ]
        for member in self.rng.sample(steady, SECOND_SEATS):
            began = days_after(max(stays(member)[-1][0], LITE_OPENS), self.rng.randint(40, 120))
            main = member.running
            seat = member.subscribe(LITE, PRICES[LITE], began)
            seat.close(days_after(began, self.rng.randint(60, 150)), "voluntary", "exported", "cancelled")
            member.running = main

    def pending(self, monthly: list[Member]) -> None:
        """Asked to leave, and paid up beyond the last day."""
        for _ in range(PENDING):
            row = self.take(monthly, lambda row: (next_due(row) - AS_OF).days < LONGEST_NOTICE)
            asked_on = some_day(self.rng, max(row.started_on, days_after(next_due(row), -LONGEST_NOTICE)), AS_OF)
            row.status, row.access_until = "pending_cancel", next_due(row)
            row.requested_at = some_moment(self.rng, asked_on)

    def past_due(self, monthly: list[Member]) -> None:
        """The last charge failed a few days ago and is still being tried."""
        lately = days_after(AS_OF, -9)
        for _ in range(PAST_DUE):
            row = self.take(monthly, lambda row: row.due_in(MONTHS - 1) and row.due_in(MONTHS - 1) > lately)
            row.status, row.access_until = "past_due", days_after(row.due_in(MONTHS - 1), PAST_DUE_GRACE)

    def paused_now(self, monthly: list[Member]) -> None:
        for _ in range(PAUSED):
            row = self.take(monthly, lambda row: (AS_OF - row.first_paid_on).days > 60)
            row.status, row.access_until = "paused", next_due(row)
            self.pauses.append(Pause(row, some_day(self.rng, days_after(AS_OF, -12), AS_OF), None))

    def take(self, members: list[Member], fits) -> Subscription:
        taken = next(member for member in members if fits(member.running))
        members.remove(taken)
        return taken.running


def next_due(row: Subscription) -> date:
    """The first renewal after the last day."""
    return next(row.due_in(index) for index in range(MONTHS, MONTHS + 13) if row.due_in(index))
