"""Charges: what was paid, what failed and was tried again, what was given back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from calendar_days import days_after, first_of
from closing import Pause
from people import Member, Subscription
from story import (
    ANNUAL,
    AS_OF,
    DUNNING_ATTEMPTS,
    DUNNING_DAYS,
    FAILED_CARDS_DAYS,
    FULL_PAYMENTS_FROM,
    LIFETIME,
    MONTHS,
)

FAILS_AND_RECOVERS = 0.021
FAILS_IN_THE_BAD_DAYS = 0.10
NOT_PAYING = ("never_paid", "trialing")


@dataclass(eq=False)
class Charge:
    """One attempt to charge a card."""

    subscription: Subscription
    paid_at: datetime
    status: str
    amount: float
    refunded: float = 0.0
    kept: bool = False  # a recovery is kept beside its failed charge, however old


class Billing:
    """All charges of the site that are worth keeping: failed ones, their recoveries, and the last year in full."""

    def __init__(self, members: list[Member], pauses: list[Pause], rng: Random) -> None:
        self.rng, self.pauses = rng, {}
        for pause in pauses:
            self.pauses.setdefault(id(pause.subscription), []).append(pause)
        self.charges: list[Charge] = []
        for member in members:
            for row in member.subscriptions:
                if row.status not in NOT_PAYING:
                    self.bill(row)
        self.charges = [charge for charge in self.charges if self.is_kept(charge)]
        self.charges.sort(key=lambda charge: (charge.paid_at, charge.subscription.number))

    def is_kept(self, charge: Charge) -> bool:
        recent = charge.paid_at.date() >= FULL_PAYMENTS_FROM
        return charge.paid_at.date() <= AS_OF and (recent or charge.kept or charge.status != "paid")

    def bill(self, row: Subscription) -> None:
        end = row.ended_on or days_after(AS_OF, 1)
        if (end - row.first_paid_on).days < 14 and row.cause == "voluntary":
            self.charge(row, row.first_paid_on, "refunded", refunded=row.price)
            return
        for due in due_days(row):
            if row.cause == "involuntary" and due >= days_after(end, -DUNNING_DAYS) or is_last_of_past_due(row, due):
                self.fail_for_good(row, due)
            elif due < end and not self.is_paused(row, due):
                self.charge_once(row, due, end)

    def is_paused(self, row: Subscription, due: date) -> bool:
        return any(
            pause.paused_on <= due and (pause.resumed_on is None or due < pause.resumed_on)
            for pause in self.pauses.get(id(row), [])
        )

    def charge_once(self, row: Subscription, due: date, end: date) -> None:
        bad_days = FAILED_CARDS_DAYS[0] <= due <= FAILED_CARDS_DAYS[1]
        recovers_on = days_after(due, self.rng.randint(1, 9))
        fails = self.rng.random() < (FAILS_IN_THE_BAD_DAYS if bad_days else FAILS_AND_RECOVERS)
        if not fails or due == row.first_paid_on or not recovers_on < min(end, AS_OF):
            self.charge(row, due, "paid")
            return
        self.charge(row, due, "failed")
        if (recovers_on - due).days > DUNNING_ATTEMPTS[1]:
            self.charge(row, days_after(due, DUNNING_ATTEMPTS[1]), "failed")
        self.charge(row, recovers_on, "paid").kept = True

    def fail_for_good(self, row: Subscription, due: date) -> None:
        for days in DUNNING_ATTEMPTS:
            if days_after(due, days) <= AS_OF:
                self.charge(row, days_after(due, days), "failed")

    def charge(self, row: Subscription, day: date, status: str, refunded: float = 0.0) -> Charge:
        moment = datetime(day.year, day.month, day.day) + timedelta(minutes=self.rng.randint(10, 290))
        made = Charge(row, moment, status, row.price, refunded)
        self.charges.append(made)
        return made


def due_days(row: Subscription) -> list[date]:
    """The days on which this row was charged, its first paid day included, none after the last day."""
    last = min(days_after(row.ended_on, -1) if row.ended_on else AS_OF, AS_OF)
    first = [row.first_paid_on] if row.first_paid_on <= last else []
    if row.plan == LIFETIME:
        return first
    renewals = [row.due_in(index) for index in range(MONTHS)]
    return first + [due for due in renewals if due and row.first_paid_on < due <= last]


def is_last_of_past_due(row: Subscription, due: date) -> bool:
    return row.status == "past_due" and row.plan != ANNUAL and due >= max(first_of(MONTHS - 1), days_after(AS_OF, -9))
