"""Who joins in a month, with a trial or without one, and who regrets it at once."""

from datetime import date

from calendar_days import days_after, first_of, in_month, last_of, line_at, some_day
from membership import Membership
from story import AS_OF, LITE, MONTHLY, NEVER_PAID_PER_TRIAL, PLANS, TARGETS, TRIAL_DAYS, TRIAL_SHARE, TRIALS_FROM


def join(site: Membership, index: int) -> None:
    trials = 0
    for plan in PLANS:
        wanted = line_at(TARGETS[plan], index + 1) - len(site.of_plan(plan))
        wobble = 1.0 if index == 0 else site.rng.uniform(0.93, 1.07)
        for _ in range(max(0, round(wanted * wobble))):
            day = some_day(site.rng, first_of(index), last_of(index))
            trial = index >= TRIALS_FROM and site.rng.random() < TRIAL_SHARE[plan]
            trials += trial
            member = site.register.enrol(days_after(day, -TRIAL_DAYS) if trial else day, plan)
            site.begin(member, plan, day, trial)
    for _ in range(site.quota("never paid", trials * NEVER_PAID_PER_TRIAL)):
        try_in_vain(site, some_day(site.rng, first_of(index), last_of(index)))
    regret(site, index)


def try_in_vain(site: Membership, day: date) -> None:
    """A trial that nobody ever paid for, or that is still running."""
    plan = LITE if day >= date(2025, 1, 1) and site.rng.random() < 0.3 else MONTHLY
    member = site.register.enrol(day, plan)
    trial = member.subscribe(plan, site.price_of(plan, day), day, days_after(day, TRIAL_DAYS))
    member.running = None
    if trial.trial_ends_on > AS_OF:
        trial.status = "trialing"
    else:
        trial.close(trial.trial_ends_on, "", "exported", "never_paid")


def regret(site: Membership, index: int) -> None:
    """New members who take their money back within days, some of them on the very first."""
    for _ in range(site.quota("regret", 1.6)):
        day = some_day(site.rng, first_of(index), in_month(14, index))
        member = site.register.enrol(day, MONTHLY)
        site.begin(member, MONTHLY, day)
        site.active.remove(member)
        end = day if site.rng.random() < 0.15 else days_after(day, site.rng.randint(1, 13))
        site.end(member, end, "voluntary", "exported", "cancelled", notice=2)
