"""Figures: each module is one pure function `name(answer, texts) -> go.Figure`, the sentence it proves, its words.

A chart function's name is the name of its texts: [chart.<name>] title, reading, definition. Beside the function its
module may offer `finding(answer, texts)`, the sentence that the data allow ("" where none), and `alt(answer, texts)`,
the figure in words; neither is escaped, for the page knows its medium. Ask for them with `finding_of(chart, answer,
texts)` and `alt_of(chart, answer, texts)`.

A mark's `customdata` begins with the key of its row, as a click needs it: the period's first day in ISO form, a reason,
a stage, an incentive, a day; (plan, reason), (period, reason) and (segment, day) where two make the key.
"""

import sys
from collections.abc import Callable

import pandas as pd

from retention.charts.cancel_requests import cancel_requests
from retention.charts.churn_by_cause import churn_by_cause
from retention.charts.churn_by_term import churn_by_term
from retention.charts.churn_change import churn_change
from retention.charts.cohort_months import cohort_months
from retention.charts.cohort_previous import cohort_previous
from retention.charts.cohort_revenue import cohort_revenue
from retention.charts.cohort_share import cohort_share
from retention.charts.comment_themes import comment_themes
from retention.charts.definition_bridge import definition_bridge
from retention.charts.definition_lens import definition_lens
from retention.charts.definition_nearest import definition_nearest
from retention.charts.definitions_over_time import definitions_over_time
from retention.charts.early_loss import early_loss
from retention.charts.forecast import forecast
from retention.charts.heat_by_wait import heat_by_wait
from retention.charts.leave_again import leave_again
from retention.charts.leaving_by_cause import leaving_by_cause
from retention.charts.lifetime_value import lifetime_value
from retention.charts.median_stay import median_stay
from retention.charts.member_churn import member_churn
from retention.charts.member_story import member_story
from retention.charts.mrr_bridge import mrr_bridge
from retention.charts.natural_return import natural_return
from retention.charts.offers import offers
from retention.charts.payment_recovery import payment_recovery
from retention.charts.price_stated import price_stated
from retention.charts.reason_bounds import reason_bounds
from retention.charts.reason_incidence import reason_incidence
from retention.charts.reason_lost_mrr import reason_lost_mrr
from retention.charts.reason_shares import reason_shares
from retention.charts.reasons_by_group import reasons_by_group
from retention.charts.reasons_by_wording import reasons_by_wording
from retention.charts.reasons_over_time import reasons_over_time
from retention.charts.renewal_churn import renewal_churn
from retention.charts.request_shares import request_shares
from retention.charts.request_times import request_times
from retention.charts.request_trend import request_trend
from retention.charts.returning_reasons import returning_reasons
from retention.charts.returns import returns
from retention.charts.revenue_churn import revenue_churn
from retention.charts.save_rates import save_rates
from retention.charts.silence import silence
from retention.charts.sparkline import sparkline
from retention.charts.survey_response import survey_response
from retention.charts.survival import survival
from retention.charts.time_to_return import time_to_return
from retention.charts.waiting import waiting
from retention.charts.winback_by_offer import winback_by_offer
from retention.charts.winback_funnel import winback_funnel
from retention.charts.winback_lift import winback_lift
from retention.charts.winback_planner import winback_planner
from retention.charts.winback_reach import winback_reach
from retention.charts.winback_value import winback_value
from retention.charts.worth_of_a_point import worth_of_a_point
from retention.texts import Texts

__all__ = [
    "worth_of_a_point",
    "median_stay",
    "lifetime_value",
    "leaving_by_cause",
    "forecast",
    "cohort_share",
    "cohort_revenue",
    "cohort_previous",
    "cohort_months",
    "churn_change",
    "alt_of",
    "cancel_requests",
    "churn_by_cause",
    "churn_by_term",
    "comment_themes",
    "definition_bridge",
    "definition_lens", "definition_nearest",
    "definitions_over_time",
    "early_loss",
    "finding_of",
    "heat_by_wait",
    "leave_again",
    "member_churn",
    "member_story",
    "mrr_bridge",
    "natural_return",
    "offers",
    "payment_recovery",
    "price_stated",
    "reason_bounds",
    "reason_incidence",
    "reason_lost_mrr",
    "reason_shares",
    "reasons_by_group",
    "reasons_by_wording",
    "reasons_over_time",
    "renewal_churn",
    "request_shares",
    "request_times",
    "request_trend",
    "returning_reasons",
    "returns",
    "revenue_churn",
    "save_rates",
    "silence",
    "sparkline",
    "survey_response",
    "survival",
    "time_to_return",
    "waiting",
    "winback_by_offer",
    "winback_funnel",
    "winback_lift",
    "winback_planner",
    "winback_reach",
    "winback_value",
]


def finding_of(chart: Callable, answer: pd.DataFrame, texts: Texts) -> str:
    """The sentence that this answer allows, or an empty one."""
    return _said(chart, "finding", answer, texts)


def alt_of(chart: Callable, answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words, or an empty sentence."""
    return _said(chart, "alt", answer, texts)


def drawn_of(chart: Callable, answer: pd.DataFrame) -> pd.DataFrame:
    """The rows of an answer that the figure shows: those it says n of."""
    keep = getattr(sys.modules[chart.__module__], "drawn", None)
    return keep(answer) if keep else answer


def _said(chart: Callable, what: str, answer: pd.DataFrame, texts: Texts) -> str:
    say = getattr(sys.modules[chart.__module__], what, None)
    return say(answer, texts) if say else ""
