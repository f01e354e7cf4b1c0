"""How many of those who came back leave again once the incentive has ended?"""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.grouped_dots import Lanes
from retention.figures.parts.theme import ENOUGH, interval, lost, nothing
from retention.texts import Texts


def leave_again(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to leave_again: per incentive a lane for each span after its end."""
    if lost(answer, "again_rate"):
        return nothing(texts)
    return _lanes(texts).figure(_shown(answer), texts)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """After which incentive most leave again, at the longest span that ten or more were followed for."""
    known = answer[(answer["returned"] >= ENOUGH) & answer["again_rate"].notna()] if len(answer) else answer
    if known.empty:
        return texts("chart.leave_again.too_few") if len(answer) else ""
    longest = known[known["within_days"] == known["within_days"].max()]
    first = longest.sort_values("again_rate", ascending=False, kind="stable").iloc[0]
    return texts(
        "chart.leave_again.finding",
        incentive=texts.word("incentive", first.incentive),
        left_again=int(first.left_again),
        count=int(first.returned),
        days=int(first.within_days),
        share=texts.percent(first.again_rate),
        interval=interval(first.low, first.high, texts),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "again_rate"):
        return texts("chart.shared.nothing")
    parts = _lanes(texts).told(_shown(answer), texts)
    return texts("chart.leave_again.alt", count=answer["incentive"].nunique(), parts=parts)


def _shown(answer: pd.DataFrame) -> pd.DataFrame:
    shown = answer.rename(columns={"again_rate": "share", "left_again": "hits", "returned": "counted"})
    return shown.sort_values("within_days", kind="stable")


def _lanes(texts: Texts) -> Lanes:
    return Lanes(
        "within_days",
        "incentive",
        lambda days: texts("chart.leave_again.span", days=int(days)),
        lambda code: texts.word("incentive", code),
        texts("chart.leave_again.note"),
        ("incentive", "within_days"),
        by_size=False,
    )
