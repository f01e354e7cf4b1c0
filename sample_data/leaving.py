"""Who leaves in a month: quotas by plan and cause from the story, the people drawn."""

from datetime import date
from math import floor, fsum, sqrt

from calendar_days import days_after, first_of, last_of, name_of, some_day, value_at
from membership import Membership
from people import Member
from story import (
    ANNUAL,
    AS_OF,
    CHANCES,
    DUNNING_DAYS,
    FAILED_CARDS_DAYS,
    FAILED_CARDS_EXTRA,
    FAILED_CARDS_MONTH,
    FIXED_CHANCES,
    INVOLUNTARY_CHANCE,
    INVOLUNTARY_SHARE,
    MONTHLY,
    PLANS,
    PRICE_RISE_EXTRA,
    RATES,
    UNKNOWN_SHARE,
)

RENEWALS_REFUSED_AT_MOST = 0.4
NEWCOMER_DAYS = 92


class Leave:
    """Ends memberships month by month, so that the churn of each plan is what the story says."""

    def __init__(self, site: Membership) -> None:
        self.site, self.rng = site, site.rng
        self.chances: list[float] = []

    def take_place(self, index: int) -> None:
        """Everybody who is a member on the month's first day and not on its last."""
        if index == 0:
            return
        sizes = {plan: len(self.site.of_plan(plan)) for plan in PLANS}
        expected = {plan: sizes[plan] * value_at(RATES[plan], index) for plan in PLANS}
        chance = 1 + self.chance(index) / sqrt(max(1.0, fsum(expected.values())))
        for plan in PLANS:
            total = self.site.quota(f"leave {plan}", expected[plan] * chance)
            self.of_plan(plan, index, sizes[plan], total)
        self.site.active = [member for member in self.site.active if member.running]

    def of_plan(self, plan: str, index: int, size: int, total: int) -> None:
        """The leavers of one plan by cause; the months of the story add theirs."""
        month, wobble = name_of(index), self.rng.uniform(*INVOLUNTARY_CHANCE)
        involuntary = self.site.quota(f"involuntary {plan}", total * INVOLUNTARY_SHARE[plan] * wobble)
        unknown = self.site.quota("unknown", total * UNKNOWN_SHARE)
        asked = max(0, total - involuntary - unknown)
        if plan == MONTHLY:
            asked += round(size * PRICE_RISE_EXTRA.get(month, 0))
        if plan != ANNUAL and month == FAILED_CARDS_MONTH:
            self.fail_cards(plan, index, round(size * FAILED_CARDS_EXTRA), *FAILED_CARDS_DAYS)
        self.fail_cards(plan, index, involuntary, date.min, AS_OF)
        self.not_renewed(plan, index, unknown, "unknown")
        self.not_renewed(plan, index, asked, "voluntary")

    def chance(self, index: int) -> float:
        """How far from its quota a month comes out, in standard errors."""
        if not self.chances:
            self.chances = self.rng.sample(CHANCES, len(CHANCES))
        return FIXED_CHANCES.get(name_of(index), self.chances.pop())

    def pick(self, candidates: list[Member], count: int, day: date) -> list[Member]:
        """So many of them, newcomers in step with their number: else a month's churn would hang on how many joined."""
        new = [member for member in candidates if (day - member.paid_since).days < NEWCOMER_DAYS]
        known = [member for member in candidates if (day - member.paid_since).days >= NEWCOMER_DAYS]
        plan = candidates[0].running.plan if candidates else ""
        of_new = self.site.quota(f"newcomers {plan}", count * len(new) / max(1, len(candidates)))
        of_new = max(count - len(known), min(of_new, count, len(new)))
        return self.draw(new, of_new, day) + self.draw(known, count - of_new, day)

    def draw(self, candidates: list[Member], count: int, day: date) -> list[Member]:
        drawn = [(self.rng.random() / restlessness(member, day), place) for place, member in enumerate(candidates)]
        return [candidates[place] for _, place in sorted(drawn)[:count]]

    def fail_cards(self, plan: str, index: int, count: int, earliest: date, latest: date) -> None:
        """Ends some days after a charge failed for good."""
        candidates, days = [], {}
        for member in self.site.of_plan(plan):
            for month in (index - 1, index):
                due = member.running.due_in(month)
                end = due and days_after(due, DUNNING_DAYS)
                if due and earliest <= due <= latest and first_of(index) <= end <= last_of(index):
                    if due > member.running.started_on:
                        candidates.append(member)
                        days[id(member)] = end
        for member in self.pick(candidates, count, first_of(index)):
            self.site.end(member, days[id(member)], "involuntary", "expiry", "expired")

    def not_renewed(self, plan: str, index: int, count: int, cause: str) -> None:
        """Ends on the renewal day; of an annual plan some in mid-term, when too few renewals are due."""
        staying = self.site.of_plan(plan)
        due = [member for member in staying if member.running.due_in(index)]
        most = count if plan != ANNUAL else floor(len(due) * RENEWALS_REFUSED_AT_MOST)
        chosen = self.pick(due, min(count, most), first_of(index))
        midterm = [member for member in staying if not member.running.due_in(index)]
        chosen_midterm = self.pick(midterm, count - len(chosen), first_of(index))
        for member in chosen:
            self.site.end(member, member.running.due_in(index), cause, "exported", "cancelled")
        for member in chosen_midterm:
            day = some_day(self.rng, first_of(index), last_of(index))
            self.site.end(member, day, cause, "exported", "cancelled", notice=3)


def restlessness(member: Member, day: date) -> float:
    """How likely somebody is to go, against the others: less after a year, more after an advertisement or a return."""
    weight = 1.0 if (day - member.paid_since).days < 365 else 0.7
    return weight * (1.3 if member.source == "ads" else 1.0) * (1.5 if member.leavings else 1.0)
