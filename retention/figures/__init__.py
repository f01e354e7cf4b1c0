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

from retention.figures.cancellation.heat_by_wait import heat_by_wait
from retention.figures.cancellation.offers import offers
from retention.figures.cancellation.request_shares import request_shares
from retention.figures.cancellation.request_times import request_times
from retention.figures.cancellation.request_trend import request_trend
from retention.figures.cancellation.save_rates import save_rates
from retention.figures.cancellation.waiting import waiting
from retention.figures.change.churn_change import churn_change
from retention.figures.churn.cancel_requests import cancel_requests
from retention.figures.churn.churn_by_cause import churn_by_cause
from retention.figures.churn.churn_by_term import churn_by_term
from retention.figures.churn.early_loss import early_loss
from retention.figures.churn.member_churn import member_churn
from retention.figures.churn.mrr_bridge import mrr_bridge
from retention.figures.churn.payment_recovery import payment_recovery
from retention.figures.churn.renewal_churn import renewal_churn
from retention.figures.churn.revenue_churn import revenue_churn
from retention.figures.definitions.definition_bridge import definition_bridge
from retention.figures.definitions.definition_lens import definition_lens
from retention.figures.definitions.definition_nearest import definition_nearest
from retention.figures.definitions.definitions_over_time import definitions_over_time
from retention.figures.members.member_story import member_story
from retention.figures.parts.sparkline import sparkline
from retention.figures.reasons.comment_themes import comment_themes
from retention.figures.reasons.price_stated import price_stated
from retention.figures.reasons.reason_bounds import reason_bounds
from retention.figures.reasons.reason_incidence import reason_incidence
from retention.figures.reasons.reason_lost_mrr import reason_lost_mrr
from retention.figures.reasons.reason_shares import reason_shares
from retention.figures.reasons.reasons_by_group import reasons_by_group
from retention.figures.reasons.reasons_by_wording import reasons_by_wording
from retention.figures.reasons.reasons_over_time import reasons_over_time
from retention.figures.reasons.silence import silence
from retention.figures.reasons.survey_response import survey_response
from retention.figures.survival.cohort_months import cohort_months
from retention.figures.survival.cohort_previous import cohort_previous
from retention.figures.survival.cohort_revenue import cohort_revenue
from retention.figures.survival.cohort_share import cohort_share
from retention.figures.survival.forecast import forecast
from retention.figures.survival.leaving_by_cause import leaving_by_cause
from retention.figures.survival.lifetime_value import lifetime_value
from retention.figures.survival.median_stay import median_stay
from retention.figures.survival.survival import survival
from retention.figures.survival.worth_of_a_point import worth_of_a_point
from retention.figures.winback.leave_again import leave_again
from retention.figures.winback.natural_return import natural_return
from retention.figures.winback.returning_reasons import returning_reasons
from retention.figures.winback.returns import returns
from retention.figures.winback.time_to_return import time_to_return
from retention.figures.winback.winback_by_offer import winback_by_offer
from retention.figures.winback.winback_funnel import winback_funnel
from retention.figures.winback.winback_lift import winback_lift
from retention.figures.winback.winback_planner import winback_planner
from retention.figures.winback.winback_reach import winback_reach
from retention.figures.winback.winback_value import winback_value
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
