"""The first days: how many newcomers never get as far as their first renewal."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts import periods
from retention.figures.parts.by_term import begun, newest_of_each, term_lines
from retention.figures.parts.lines import draw, reach
from retention.figures.parts.theme import interval, lost, nothing, wrapped
from retention.texts import Texts


def early_loss(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to early_loss: the loss up to the first due day by term; hollow until it has come for all."""
    if lost(answer, "first_period_rate"):
        return nothing(texts)
    grain = periods.grain_of(answer)
    known = answer[answer["first_period_rate"].notna()]
    lines = term_lines(known, "first_period_rate", "observed", texts, lambda row: _sentence(row, grain, texts))
    return draw(lines, known, texts, reach(lines))


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """The newest settled losses of each term."""
    if lost(answer, "first_period_rate"):
        return ""
    grain = periods.grain_of(answer)
    return " ".join(
        texts(
            "chart.early_loss.finding",
            term=begun(texts.word("term", row.term)),
            period=periods.name(row.period_start, grain, texts),
            interval=interval(row.low, row.high, texts),
            **_counts(row, texts),
        )
        for row in newest_of_each(answer, "first_period_rate")
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "first_period_rate"):
        return texts("chart.shared.nothing")
    terms = ", ".join(texts.word("term", term) for term in dict.fromkeys(answer["term"]))
    return texts("chart.early_loss.alt", terms=terms, finding=finding(answer, texts)).strip()


def _counts(row: pd.Series, texts: Texts) -> dict:
    first = {"first_period": int(row.first_period), "first_rate": texts.percent(row.first_period_rate)}
    zero_rate = f"{texts.percent(row.zero_day_rate)} ({interval(row.zero_day_low, row.zero_day_high, texts)})"
    return {"count": int(row.observed), **first, "zero_day": int(row.zero_day), "zero_rate": zero_rate}


def _sentence(row: pd.Series, grain: str, texts: Texts) -> str:
    state = texts.word("state", row.state)
    if row.state != "settled":
        state = texts("chart.shared.settles", state=state, day=texts.day(row.settles_on))
    return wrapped(
        texts(
            "chart.early_loss.hover",
            period=periods.name(row.period_start, grain, texts),
            term=texts.word("term", row.term),
            interval=interval(row.low, row.high, texts),
            state=state,
            **_counts(row, texts),
        )
    )
