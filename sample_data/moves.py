"""What happens to members who stay: another plan, the new price, a card renewed a few days late."""

from datetime import date
from random import Random

from calendar_days import days_after, first_of, name_of
from membership import Membership
from people import Member
from story import ANNUAL, LITE, LITE_OPENS, MONTHLY, NEW_PRICE, PRICE_RISE_EXTRA, PRICE_RISE_ON

# (from, to, share of a month's members of the plan)
SWITCHES = ((MONTHLY, ANNUAL, 0.007), (MONTHLY, LITE, 0.003), (LITE, MONTHLY, 0.007), (ANNUAL, MONTHLY, 0.0015))
TO_LITE_AT_PRICE_RISE = 0.02
LAPSES_PER_MONTH = 0.9


def switch(site: Membership, index: int) -> None:
    for before, after, share in SWITCHES:
        if after == LITE and first_of(index) < LITE_OPENS:
            continue
        if after == LITE and name_of(index) in PRICE_RISE_EXTRA:
            share = TO_LITE_AT_PRICE_RISE
        ready = [member for member in site.of_plan(before) if free_to_move(member, index)]
        count = site.quota(f"{before} to {after}", len(site.of_plan(before)) * share)
        for member in site.rng.sample(ready, min(count, len(ready))):
            move(site, member, after, member.running.due_in(index))


def free_to_move(member: Member, index: int) -> bool:
    return member.running.started_on < first_of(index) and member.running.due_in(index) is not None


def move(site: Membership, member: Member, plan: str, day: date) -> None:
    """The old row ends on the day on which the next begins."""
    before = member.running
    after = member.subscribe(plan, site.price_of(plan, day), day)
    before.close(day, "", "exported", "cancelled")
    before.switched_to = after
    if plan == before.plan:
        after.anchor = before.anchor


def raise_prices(site: Membership, index: int) -> None:
    """Those of the old price pay the new one from their next renewal on: a new price is a new row."""
    for member in site.of_plan(MONTHLY):
        due = member.running.due_in(index)
        if due and due >= PRICE_RISE_ON and member.running.price < NEW_PRICE and member.running.first_paid_on < due:
            move(site, member, MONTHLY, due)


def lapse(site: Membership, rng: Random, index: int) -> None:
    """A gap of a few days, within the grace time: nobody has left."""
    ready = [
        member
        for member in site.of_plan(MONTHLY)
        if free_to_move(member, index) and member.running.due_in(index).day <= 17
    ]
    for member in rng.sample(ready, min(len(ready), site.quota("lapse", LAPSES_PER_MONTH))):
        due, source = member.running.due_in(index), member.running
        source.close(due, "unknown", "exported", "expired")
        day = days_after(due, rng.randint(3, 11))
        member.subscribe(MONTHLY, site.price_of(MONTHLY, day), day)
