"""Of all who join, how many leave for each reason: not the same as its share of those who left."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.share_rows import share_rows
from retention.figures.parts.theme import interval, lost, nothing, safe, short
from retention.texts import Texts

USUAL_DAYS = 365


def reason_incidence(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to reason_incidence: share of all who join after a year, or as long as ten were observed."""
    if lost(answer, "incidence"):
        return nothing(texts)
    shown = drawn(answer)
    facts = [_fact(row, texts) for row in shown.itertuples()]
    named = shown.rename(columns={"incidence": "share", "left_so": "hits", "at_risk": "counted"})
    keys = shown[["reason", "within_days"]].to_numpy(object)
    names = [short(texts.word("reason", code)) for code in shown["reason"]]
    figure = share_rows(named, names, keys, texts, texts("chart.reason_incidence.note"), facts)
    said = [f"{safe(name)}: {fact}" for name, fact in zip(names, facts, strict=True)]
    for trace in figure.data:
        trace.hovertext = said
    return figure


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Both readings of the reason that takes most."""
    if lost(answer, "incidence"):
        return ""
    row = drawn(answer).iloc[0]
    return texts(
        "chart.reason_incidence.finding",
        reason=texts.word("reason", row.reason),
        days=int(row.within_days),
        incidence=texts.percent(row.incidence),
        interval=interval(row.low, row.high, texts),
        share=texts.percent(row.share_of_leavers, 0),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "incidence"):
        return texts("chart.shared.nothing")
    shown = drawn(answer)
    parts = "; ".join(
        f"{texts.word('reason', row.reason)} {texts.percent(row.incidence)}" for row in shown.itertuples()
    )
    return texts("chart.reason_incidence.alt", days=int(shown["within_days"].iloc[0]), parts=parts)


def drawn(answer: pd.DataFrame) -> pd.DataFrame:
    """The span nearest to a year of those observed."""
    spans = answer["within_days"]
    within = spans[spans <= USUAL_DAYS]
    return answer[spans == (within.max() if len(within) else spans.min())]


def _fact(row: tuple, texts: Texts) -> str:
    return texts(
        "chart.reason_incidence.fact",
        incidence=texts.percent(row.incidence),
        interval=interval(row.low, row.high, texts),
        share=texts.percent(row.share_of_leavers, 0),
    )
