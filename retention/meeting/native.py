"""A figure as plain series, for programs that draw their own charts: which columns stand on which axis."""

from dataclasses import dataclass, replace

import pandas as pd

from retention.figures.parts import periods
from retention.texts import Texts
from retention.wording import in_words

INTERVAL = ("low", "high")
MOST_SERIES = 6
MOST_CATEGORIES = 60
# amounts, counts and days, however small they are
COUNTED = ("lost_mrr", "amount", "members", "median", "per_arm", "median_hours", "recovered_mrr")


@dataclass(frozen=True)
class Plan:
    """`kind` is line, stack, bar or xy; `values` are columns, `by` splits one value into series; `mean` keeps the rows
    over all cohorts, `last` those of the last period."""

    kind: str
    across: str
    values: tuple[str, ...]
    by: str = ""
    mean: bool = False
    last: bool = False


@dataclass(frozen=True)
class Native:
    """Series by name over the same categories (texts), or over numbers where the kind is xy; None where unknown."""

    kind: str
    categories: list
    series: dict[str, list[float | None]]
    percent: bool


def _course(rate: str) -> Plan:
    return Plan("line", "period_start", (rate, *INTERVAL))


def _bars(across: str, value: str, by: str = "") -> Plan:
    return Plan("bar", across, (value,), by)


PLANS = {
    "member_churn": _course("churn_rate"), "cancel_requests": _course("request_rate"),
    "payment_recovery": _course("recovery_rate"), "renewal_churn": _course("renewal_rate"),
    "survey_response": _course("response_rate"), "request_trend": _course("rate"),
    "churn_by_cause": Plan("stack", "period_start", ("voluntary_rate", "involuntary_rate", "unknown_rate")),
    "revenue_churn": Plan("line", "period_start", ("churn_rate", "gross_rate", "net_rate")),
    "churn_by_term": Plan("line", "period_start", ("churn_rate",), "term"),
    "early_loss": Plan("line", "period_start", ("first_period_rate",), "term"),
    "definitions_over_time": Plan("line", "period_start", ("value",), "definition"),
    "reasons_over_time": Plan("line", "period_start", ("share_of_answers",), "reason"),
    "cohort_months": Plan("line", "cohort", ("share_of_start",), "age"),
    "forecast": Plan("line", "day", ("members", *INTERVAL)),
    "worth_of_a_point": Plan("line", "day", ("members", "members_lower")),
    "survival": Plan("xy", "day", ("survival",), "segment"), "leaving_by_cause": Plan("xy", "day", ("share",), "cause"),
    "natural_return": Plan("xy", "day", ("share", *INTERVAL)),
    "waiting": Plan("xy", "hours", ("waiting",), "waited_for"),
    "cohort_share": Plan("xy", "age", ("share_of_start",), mean=True),
    "cohort_previous": Plan("xy", "age", ("share_of_previous",), mean=True),
    "cohort_revenue": Plan("xy", "age", ("mrr_of_start",), mean=True),
    "definition_lens": Plan("bar", "definition", ("value",), last=True),
    "definition_nearest": Plan("bar", "definition", ("value",), last=True),
    "definition_bridge": _bars("step", "value"), "mrr_bridge": _bars("movement", "amount"),
    "churn_change": Plan("bar", "segment", ("behaviour", "mix")),
    "reason_shares": _bars("reason", "share_of_answers"), "reason_lost_mrr": _bars("reason", "lost_mrr"),
    "reason_bounds": Plan("bar", "reason", ("share_of_all", "most_of_all")),
    "reasons_by_group": _bars("segment", "share_of_answers", "reason"),
    "reasons_by_wording": _bars("wording", "share_of_answers"), "silence": _bars("segment", "silent_rate"),
    "price_stated": _bars("tenure", "named_share", "price_plan"), "comment_themes": _bars("theme", "share"),
    "reason_incidence": _bars("reason", "incidence", "within_days"), "median_stay": _bars("segment", "median"),
    "lifetime_value": _bars("segment", "value", "horizon"), "winback_funnel": _bars("stage", "share"),
    "winback_by_offer": Plan("bar", "offer", ("conversion", "natural_rate")),
    "winback_lift": Plan("bar", "incentive", ("treated_rate", "held_out_rate")),
    "winback_reach": _bars("segment", "reach"), "returns": _bars("within_days", "return_rate"),
    "time_to_return": _bars("week", "share"), "winback_value": _bars("incentive", "recovered_mrr"),
    "leave_again": _bars("incentive", "again_rate", "within_days"),
    "returning_reasons": _bars("reason", "conversion", "incentive"), "winback_planner": _bars("hoped_lift", "per_arm"),
    "request_times": _bars("segment", "median_hours", "waited_for"), "request_shares": _bars("segment", "share"),
    "heat_by_wait": _bars("wait", "share"), "offers": _bars("offer", "share", "stage"),
    "save_rates": _bars("rule", "share"),
}


def native(chart: str, asks: str, answer: pd.DataFrame, texts: Texts) -> Native:
    """The series behind a figure; rows whose value is not known are gaps, more than six series are left out."""
    plan = PLANS[chart]
    rows = _rows(plan, answer)
    rows = rows[rows[list(plan.values)].notna().any(axis=1)]
    if plan.kind == "xy":
        rows, places = rows.sort_values(plan.across, kind="stable"), rows[plan.across].sort_values().unique().tolist()
    else:
        places = rows[plan.across].drop_duplicates().tolist()[-MOST_CATEGORIES:]
    worded = in_words(rows, texts, asks)
    named = dict(zip(rows[plan.across], worded[plan.across], strict=True))
    series = _series(plan, rows, worded, places, texts)
    percent = all(abs(value) <= 1.5 for values in series.values() for value in values if value is not None)
    categories = places if plan.kind == "xy" else [_called(place, named, rows, plan, texts) for place in places]
    return Native(plan.kind, categories, series, percent and plan.values[0] not in COUNTED)


def _rows(plan: Plan, answer: pd.DataFrame) -> pd.DataFrame:
    if plan.mean:
        return answer[answer["cohort"].isna()]
    if plan.last and len(answer):
        return answer[answer["period_start"] == answer["period_start"].max()]
    if plan.across == "cohort":
        return answer[answer["cohort"].notna() & answer["age"].isin((1, 3, 6, 12, 24))]
    return answer[answer[plan.across].notna()]


def _series(plan: Plan, rows: pd.DataFrame, worded: pd.DataFrame, places: list, texts: Texts) -> dict:
    if not plan.by:
        return {
            texts.word("column", value): _along(rows, replace(plan, values=(value,)), places) for value in plan.values
        }
    kinds = rows.groupby(plan.by, sort=False).size().nlargest(MOST_SERIES).index
    return {
        str(worded.loc[rows[plan.by] == kind, plan.by].iloc[0]): _along(rows[rows[plan.by] == kind], plan, places)
        for kind in rows[plan.by].drop_duplicates() if kind in kinds
    }


def _along(rows: pd.DataFrame, plan: Plan, places: list) -> list[float | None]:
    found = rows.drop_duplicates(plan.across).set_index(plan.across)[plan.values[0]].reindex(places)
    return [None if pd.isna(value) else float(value) for value in found]


def _called(place: object, named: dict, rows: pd.DataFrame, plan: Plan, texts: Texts) -> str:
    if plan.across == "period_start":
        return texts.period(place, periods.grain_of(rows))
    if plan.across == "cohort":
        return texts.period(place)
    return texts.day(place) if plan.across == "day" else str(named[place])
