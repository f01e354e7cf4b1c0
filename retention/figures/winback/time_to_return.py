"""How long after the message do they come back?"""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.marks import spoken
from retention.figures.parts.theme import INK, even_steps, lost, note, nothing, stage, wrapped
from retention.texts import Texts


def time_to_return(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to time_to_return: a bar for each week since the first message."""
    if lost(answer, "returned"):
        return nothing(texts)
    week, returned = answer["week"].to_numpy(float), answer["returned"].to_numpy(float)
    top = max(float(returned.max()) * 1.1, 1.0)
    hover = [_sentence(row, texts) for row in answer.itertuples()]
    bar = {"type": "bar", "x": week, "y": returned, "marker": {"color": INK, "line": {"width": 0}}, "showlegend": False}
    ticks = np.arange(0, week.max() + 1, 2 if week.max() < 20 else 8)
    return stage(
        texts,
        260,
        [bar | spoken(hover, answer["week"].to_numpy(str))],
        xaxis={
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": [texts.number(tick + 1) for tick in ticks],
            "showgrid": False,
            "title": note(texts("chart.time_to_return.note")),
        },
        yaxis={
            "range": [0, top],
            "tickmode": "array",
            "tickvals": (steps := even_steps(top, 4)),
            "ticktext": [texts.number(step) for step in steps],
        },
    )


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Half of them, and nine in ten."""
    if lost(answer, "returned"):
        return ""
    row = answer.iloc[0]
    return texts(
        "chart.time_to_return.finding", count=int(row.of_all), median=int(row.median_days), slow=int(row.slow_days)
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "returned"):
        return texts("chart.shared.nothing")
    return texts("chart.time_to_return.alt", count=len(answer), finding=finding(answer, texts))


def _sentence(row: tuple, texts: Texts) -> str:
    return wrapped(
        texts(
            "chart.time_to_return.hover",
            week=int(row.week) + 1,
            count=int(row.returned),
            share=texts.percent(row.share, 0),
        )
    )
