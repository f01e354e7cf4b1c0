"""The month as a short letter: what happened, whether it is unusual, and why as far as the numbers allow."""

from dataclasses import dataclass, field

import pandas as pd

from retention.figures.churn.cancel_requests import COURSE as REQUESTS
from retention.figures.churn.member_churn import newest
from retention.figures.churn.payment_recovery import COURSE as RECOVERY
from retention.figures.churn.renewal_churn import COURSE as RENEWALS
from retention.figures.parts import periods as spans
from retention.figures.parts.control_chart import Course
from retention.figures.parts.theme import ENOUGH
from retention.texts import Texts

MOST = 3  # sentences; a letter that says everything says nothing
# Courses that speak before churn does, or of a part of it: on which side of its usual range each is bad news, and the
# section of the page Churn that shows it.
WATCHED: tuple[tuple[Course, str, str], ...] = (
    (REQUESTS, "above", "requests"), (RENEWALS, "above", "terms"), (RECOVERY, "below", "payments"),
)
ASKED = (
    "member_churn", *(course.name for course, _, _ in WATCHED), "churn_change", "reasons_over_time", "winback_lift",
)  # and member_churn of involuntary ends alone


@dataclass(frozen=True)
class Sentence:
    """What is said, and the page (with what it has to show) where the evidence stands."""

    text: str
    page: str
    view: dict[str, str] = field(default_factory=dict)


def headline(answers: dict[str, pd.DataFrame], texts: Texts) -> str:
    """The newest settled period in one sentence, and whether to take it to heart: not where other signs are unusual."""
    churn = answers["member_churn"]
    said = newest(churn, texts)
    row = spans.newest_settled(churn, "churn_rate")
    if not said or row is None:
        return said
    but = "_but" if row.signal == "within" and _unusual(answers, texts) else ""
    return f"{said} {texts(f'briefing.tail.{row.signal}{but}')}"


def reasons_why(answers: dict[str, pd.DataFrame], texts: Texts) -> list[Sentence]:
    """At most three sentences on what changed and why: first what stands outside its usual range, then the rest.

    `answers` holds those of ASKED and failed_payments, member_churn of involuntary ends.
    """
    named = answers["reasons_over_time"]
    told = [
        *_unusual(answers, texts),
        _change(answers["churn_change"], texts),
        None if _rising(named, texts) else _most_named(named, texts),
        _works(answers["winback_lift"], texts),
    ]
    return [sentence for sentence in told if sentence][:MOST]


def _unusual(answers: dict[str, pd.DataFrame], texts: Texts) -> list[Sentence]:
    """What is settled and on the bad side of its usual range, churn itself left out."""
    found = [
        _cards(answers["member_churn"], answers["failed_payments"], texts),
        *(_course(answers[course.name], course, bad, tab, texts) for course, bad, tab in WATCHED),
        _rising(answers["reasons_over_time"], texts),
    ]
    return [sentence for sentence in found if sentence]


def _course(answer: pd.DataFrame, course: Course, bad: str, tab: str, texts: Texts) -> Sentence | None:
    """The newest settled period of a course, where it is bad news."""
    row = spans.newest_settled(answer, course.rate)
    if row is None or row.signal != bad:
        return None
    return Sentence(course.newest(answer, texts), "churn", {"tab": tab})


def _cards(churn: pd.DataFrame, failed: pd.DataFrame, texts: Texts) -> Sentence | None:
    """Did cards fail more than usual? Then the members did not decide."""
    row, of_cards = spans.newest_settled(churn, "churn_rate"), spans.newest_settled(failed, "churn_rate")
    if row is None or of_cards is None or of_cards.signal != "above":
        return None
    text = texts("briefing.cards", count=int(row.churned), failed=int(row.involuntary))
    return Sentence(text, "churn", {"cause": "involuntary"})


def _rising(named: pd.DataFrame, texts: Texts) -> Sentence | None:
    """The reason that stands highest above its usual range in its newest settled period."""
    newest = _newest(named)
    above = newest[newest["signal"] == "above"]
    if above.empty:
        return None
    row = above.loc[above["share_of_answers"].idxmax()]
    return Sentence(_of_reason("briefing.rising", row, named, texts), "reasons")


def _most_named(named: pd.DataFrame, texts: Texts) -> Sentence | None:
    """The reason named most, where one is and enough answered."""
    newest = _newest(named)
    if newest.empty or newest["answered"].iloc[0] < ENOUGH:
        return None
    ranked = newest.sort_values("named", ascending=False)
    first = ranked.iloc[0]
    if len(ranked) > 1 and ranked["named"].iloc[1] == first["named"]:
        return None
    return Sentence(_of_reason("briefing.most_named", first, named, texts), "reasons")


def _of_reason(key: str, row: pd.Series, named: pd.DataFrame, texts: Texts) -> str:
    shares = {"share": row["share_of_answers"], "low": row["low"], "high": row["high"]}
    return texts(
        key, within=spans.within(row["period_start"], spans.grain_of(named), texts), named=int(row["named"]),
        reason=texts.word("reason", row["reason"]), count=int(row["answered"]),
        **{name: texts.percent(share, 0) for name, share in shares.items()},
    )


def _newest(named: pd.DataFrame) -> pd.DataFrame:
    """The rows of the newest settled period in which anybody answered."""
    settled = named[(named["state"] == "settled") & (named["answered"] > 0)]
    return settled[settled["period_start"] == settled["period_start"].max()]


def _change(changed: pd.DataFrame, texts: Texts) -> Sentence | None:
    """Against the period before: by how much, and whether that can be chance."""
    if changed.empty or changed["segment"].iloc[0] != "(all)" or pd.isna(changed["change"].iloc[0]):
        return None
    row = changed.iloc[0]
    if row.low <= 0 <= row.high:
        return Sentence(texts("briefing.chance", before=texts.percent(row.rate_before)), "change")
    text = texts(
        "briefing.rose" if row.change > 0 else "briefing.fell", before=texts.percent(row.rate_before),
        after=texts.percent(row.rate_after), low=texts.points(row.low), high=texts.points(row.high),
        behaviour=texts.points(row.behaviour), mix=texts.points(row.mix),
    )
    if row.simpson != "none":
        text = f"{text} {texts(f'chart.churn_change.simpson_{row.simpson}')}"
    return Sentence(text, "change")


def _works(lift: pd.DataFrame, texts: Texts) -> Sentence | None:
    """The offer whose effect is surest, where one is shown."""
    shown = lift[lift["verdict"] == "works"] if len(lift) else lift
    if shown.empty:
        return None
    row = shown.loc[shown["low"].idxmax()]
    text = texts(
        "briefing.works", offer=texts.word("incentive", row.incentive), lift=texts.points(row.lift),
        low=texts.points(row.low), high=texts.points(row.high),
    )
    return Sentence(text, "winback")
