"""Monthly and long plans apart: a mixed headline hides that they leave at different rates."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts import periods
from retention.figures.parts.by_term import begun, newest_of_each, term_lines
from retention.figures.parts.lines import draw, reach
from retention.figures.parts.theme import interval, lost, nothing, wrapped
from retention.texts import Texts


def churn_by_term(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to churn_by_term: member churn of short and long terms."""
    if lost(answer, "churn_rate"):
        return nothing(texts)
    grain = periods.grain_of(answer)
    lines = term_lines(answer, "churn_rate", "active", texts, lambda row: _sentence(row, grain, texts))
    return draw(lines, answer, texts, reach(lines))


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """The newest settled rate of each term."""
    return (
        ""
        if lost(answer, "churn_rate")
        else " ".join(
            texts(
                "chart.churn_by_term.finding",
                term=begun(texts.word("term", row.term)),
                period=periods.name(row.period_start, periods.grain_of(answer), texts),
                count=int(row.churned),
                active=int(row.active),
                rate=texts.percent(row.churn_rate),
                interval=interval(row.low, row.high, texts),
            )
            for row in newest_of_each(answer, "churn_rate")
        )
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "churn_rate"):
        return texts("chart.shared.nothing")
    terms = ", ".join(texts.word("term", term) for term in dict.fromkeys(answer["term"]))
    return texts("chart.churn_by_term.alt", terms=terms, finding=finding(answer, texts)).strip()


def _sentence(row: pd.Series, grain: str, texts: Texts) -> str:
    period, term = periods.name(row.period_start, grain, texts), texts.word("term", row.term)
    if not row.active > 0:
        return wrapped(texts("chart.churn_by_term.hover_empty", period=period, term=term))
    state = texts.word("state", row.state)
    if row.state != "settled":
        state = texts("chart.shared.settles", state=state, day=texts.day(row.settles_on))
    return wrapped(
        texts(
            "chart.churn_by_term.hover",
            period=period,
            term=term,
            churned=int(row.churned),
            active=int(row.active),
            rate=texts.percent(row.churn_rate),
            interval=interval(row.low, row.high, texts),
            state=state,
        )
    )
