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

from retention.charts.churn_by_cause import churn_by_cause
from retention.charts.member_churn import member_churn
from retention.charts.natural_return import natural_return
from retention.charts.reason_lost_mrr import reason_lost_mrr
from retention.charts.reason_shares import reason_shares
from retention.charts.reasons_by_plan import reasons_by_plan
from retention.charts.reasons_over_time import reasons_over_time
from retention.charts.sparkline import sparkline
from retention.charts.survival import survival
from retention.charts.winback_by_incentive import winback_by_incentive
from retention.charts.winback_funnel import winback_funnel
from retention.charts.winback_lift import winback_lift
from retention.texts import Texts

__all__ = [
    "alt_of",
    "churn_by_cause",
    "finding_of",
    "member_churn",
    "natural_return",
    "reason_lost_mrr",
    "reason_shares",
    "reasons_by_plan",
    "reasons_over_time",
    "sparkline",
    "survival",
    "winback_by_incentive",
    "winback_funnel",
    "winback_lift",
]


def finding_of(chart: Callable, answer: pd.DataFrame, texts: Texts) -> str:
    """The sentence that this answer allows, or an empty one."""
    return _said(chart, "finding", answer, texts)


def alt_of(chart: Callable, answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words, or an empty sentence."""
    return _said(chart, "alt", answer, texts)


def _said(chart: Callable, what: str, answer: pd.DataFrame, texts: Texts) -> str:
    say = getattr(sys.modules[chart.__module__], what, None)
    return say(answer, texts) if say else ""
