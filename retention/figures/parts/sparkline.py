"""A word-sized figure of how a number came to be what it is."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts import periods
from retention.figures.parts.bands import band
from retention.figures.parts.marks import points, settled_line
from retention.figures.parts.theme import CLEAR, EMPHASIS, INK, lost

WIDTH, HEIGHT = 120, 36


def sparkline(answer: pd.DataFrame, value: str) -> go.Figure:
    """Draw column `value` beside its limits: no axes, what lies outside and the newest settled point stressed."""
    if lost(answer, value):
        return go.Figure(layout=_layout(1.0, 1))
    answer = answer.reset_index(drop=True)
    x, rate = np.arange(len(answer)), answer[value].to_numpy(float)
    low, high = (answer[name].to_numpy(float) for name in ("lower_limit", "upper_limit"))
    settled, outside = (answer["state"] == "settled").to_numpy(), answer["signal"].isin(["above", "below"]).to_numpy()
    newest = periods.newest_settled(answer, value)
    stressed = outside | ~settled | (x == (-1 if newest is None else newest.name))
    sizes, colours = np.where(stressed, np.where(settled, 6, 4), 0), np.where(outside, EMPHASIS, INK)
    traces = [
        band(x - 0.5, x + 0.5, low, high),
        settled_line(x, rate, settled, line={"color": INK, "width": 1.5}),
        points(x, rate, settled, colours, sizes, hoverinfo="skip"),
    ]
    return go.Figure(traces, _layout(float(np.nanmax(np.append(rate, high))) or 1.0, len(rate)))


def _layout(top: float, count: int) -> dict:
    """No axes, no margins; air where the newest mark would be cut."""
    hidden = {"visible": False, "fixedrange": True}
    return {
        "template": go.layout.Template(),
        "width": WIDTH,
        "height": HEIGHT,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "xaxis": hidden | {"range": [-1, 1.04 * count - 0.4]},
        "yaxis": hidden | {"range": [0, 1.12 * top]},
        "showlegend": False,
        "dragmode": False,
    }
