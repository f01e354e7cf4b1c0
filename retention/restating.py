"""The restatement log: months as they were shown, and what to say where the same month has another number now."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from retention.texts import Texts


@dataclass(frozen=True)
class Moved:
    """A month whose number is another one than when it was shown; shares are fractions of one."""

    month: date
    before: float
    now: float
    shown_on: date
    ids: tuple[str, ...]  # of those counted then

    @property
    def key(self) -> tuple[str, ...]:
        """What restated_people asks for."""
        return (self.month.isoformat(), *self.ids)


def remembered(shown: dict, churn: pd.DataFrame, ids: pd.DataFrame, today: date) -> dict:
    """The log with each month that is over and not in it yet; months already in it stay as they were shown.

    `shown` is {month (ISO): {churned, active, on (ISO), ids}}, `churn` the answer to member_churn by month without
    filters, `ids` that to churned_ids.
    """
    counted = {start: group["member_id"].tolist() for start, group in ids.groupby("period_start")}
    log = dict(shown)
    for row in churn.itertuples():
        month = row.period_start.date().isoformat()
        if row.state != "running" and row.active and month not in log:
            log[month] = {
                "churned": int(row.churned), "active": int(row.active), "on": today.isoformat(),
                "ids": counted.get(row.period_start, []),
            }
    return log


def moved(shown: dict, churn: pd.DataFrame) -> list[Moved]:
    """Months in the log whose number is another one now, newest first; entries that cannot be read are left out."""
    found = []
    for row in churn.itertuples():
        before = shown.get(row.period_start.date().isoformat())
        try:
            was = (int(before["churned"]), int(before["active"]))
            then, now = was[0] / was[1], row.churned / row.active
            if was[0] != row.churned or round(then, 3) != round(now, 3):  # as they are shown
                found.append(Moved(
                    row.period_start.date(), then, now, date.fromisoformat(before["on"]), tuple(map(str, before["ids"]))
                ))
        except (TypeError, KeyError, ValueError, ZeroDivisionError):
            continue
    return sorted(found, key=lambda one: one.month, reverse=True)


def sentence(one: Moved, people: pd.DataFrame, texts: Texts) -> str:
    """5.1 % when shown on 3 November 2026, 5.6 % now: 7 more are counted as gone, 6 of them by failed payments."""
    added = people[people["restated"] == "added"]
    dropped, failed = int((people["restated"] == "dropped").sum()), int((added["cause"] == "involuntary").sum())
    parts = []
    if len(added):
        by_card = texts("restated.failed", count=failed) if failed else ""
        parts.append(texts("restated.added", count=len(added)) + by_card)
    if dropped:
        parts.append(texts("restated.dropped", count=dropped))
    return texts(
        "restated.said", month=texts.period(one.month), before=texts.percent(one.before), day=one.shown_on,
        now=texts.percent(one.now), why=", ".join(parts) or texts("restated.base"),
    )
