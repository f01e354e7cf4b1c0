"""How many come back by themselves, so that a message can be measured against it."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.bands import band, days_axis, until_next
from retention.figures.parts.theme import (
    INK,
    SHADE,
    interval,
    lost,
    note,
    nothing,
    percent_axis,
    scatter,
    stage,
    wrapped,
)
from retention.texts import Texts

USUAL_DAYS = 90


def natural_return(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to natural_return: the share back by each day, with its band."""
    if lost(answer, "share"):
        return nothing(texts)
    steps = _steps(answer)
    day, share, low, high = (steps[name].to_numpy(float) for name in ("day", "share", "low", "high"))
    top = min(1.0, max(float(np.nanmax(high)) * 1.05, 0.02))
    return stage(
        texts,
        330,
        [band(day, until_next(day), low, high, fillcolor=SHADE, showlegend=False), _curve(steps, texts)],
        xaxis=days_axis(day[-1], texts) | {"title": note(texts("chart.natural_return.note"))},
        yaxis=percent_axis(top, texts),
        annotations=[_label(row, row.day > day[-1] / 2, texts) for row in _told(answer)],
    )


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """How many are back by themselves after the usual days, or as long as could be observed."""
    if lost(answer, "share"):
        return ""
    row = _told(answer)[0]
    return texts(
        "chart.natural_return.finding",
        count=int(row.day),
        share=texts.percent(row.share),
        interval=interval(row.low, row.high, texts),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "share"):
        return texts("chart.shared.nothing")
    return texts("chart.natural_return.alt", count=int(answer["day"].iloc[-1]), finding=finding(answer, texts))


def _steps(answer: pd.DataFrame) -> pd.DataFrame:
    """Only where the curve moves, its start and its end: the days between add nothing but weight."""
    kept = answer[(answer["returns"] > 0) | (answer.index == answer.index[-1])]
    if kept["day"].iloc[0] <= 0:
        return kept
    start = {"day": 0, "at_risk": answer["at_risk"].iloc[0], "returns": 0, "share": 0.0, "low": 0.0, "high": 0.0}
    return pd.concat([pd.DataFrame([start]), kept], ignore_index=True)


def _told(answer: pd.DataFrame) -> list[pd.Series]:
    """The days that carry their number: the usual win-back days, and the end."""
    usual, last = answer[answer["day"] <= USUAL_DAYS], answer.iloc[-1]
    told = [usual.iloc[-1]] if len(usual) else []
    return told if told and last.day < 2 * USUAL_DAYS else [*told, last]


def _curve(steps: pd.DataFrame, texts: Texts) -> dict:
    """Blanks are filled by Plotly itself: there may be a thousand days."""
    hover = texts(
        "chart.natural_return.hover",
        day="%{x:,d}",
        share="%{customdata[1]:.1f}\u202f%",
        at_risk="%{customdata[4]:,d}",
        interval="%{customdata[2]:.1f}–%{customdata[3]:.1f}\u202f%",
    )
    percents = 100 * steps[["share", "low", "high"]].to_numpy(float)
    return scatter(
        x=steps["day"].to_numpy(float),
        y=steps["share"].to_numpy(float),
        mode="lines+markers",
        showlegend=False,
        line={"color": INK, "width": 2, "shape": "hv"},
        marker={"size": 4, "color": INK},
        customdata=np.column_stack([steps["day"].to_numpy(float), percents, steps["at_risk"].to_numpy(float)]),
        hovertemplate=wrapped(hover, 70) + "<extra></extra>",
    )


def _label(row: pd.Series, end: bool, texts: Texts) -> dict:
    return {
        # Under a rising curve there is always room.
        "x": row.day,
        "y": row.low,
        "yanchor": "top",
        "xanchor": "right" if end else "left",
        "showarrow": False,
        "text": texts("chart.natural_return.label", share=f"<b>{texts.percent(row.share)}</b>", day=int(row.day)),
    }
