"""Shapes that lines are made of: bands with gaps, and the steps of a curve that moves at events."""

import numpy as np
import pandas as pd

from retention.figures.parts.theme import SHADE, scatter
from retention.texts import Texts

MOST_TICKS = 5


def band(left: np.ndarray, right: np.ndarray, low: np.ndarray, high: np.ndarray, **trace: object) -> dict:
    """The area between `low` and `high`, level from `left` to `right` of each row; a row without limits is a gap."""
    known = np.isfinite(low) & np.isfinite(high)
    cuts = np.flatnonzero(np.diff(known)) + 1
    x, y = [], []
    for run in np.split(np.arange(len(known)), cuts):
        if len(run) and known[run[0]]:
            along = np.column_stack([left[run], right[run]]).ravel()
            x += [along, along[::-1], along[:1], along[:1]]
            # The last point is empty, so that the next run is an area of its own.
            y += [np.repeat(high[run], 2), np.repeat(low[run], 2)[::-1], high[run][:1], [np.nan]]
    return scatter(
        x=np.concatenate(x) if x else left[:0],
        y=np.concatenate(y) if y else low[:0],
        **{"mode": "lines", "line": {"width": 0}, "fill": "toself", "fillcolor": SHADE, "hoverinfo": "skip"} | trace,
    )


def level(left: np.ndarray, right: np.ndarray, value: np.ndarray, **trace: object) -> dict:
    """A line that is level from `left` to `right` of each row."""
    return scatter(
        x=np.column_stack([left, right]).ravel(),
        y=np.repeat(value, 2),
        **{"mode": "lines", "hoverinfo": "skip", "showlegend": False} | trace,
    )


def until_next(day: np.ndarray) -> np.ndarray:
    """Where each step ends: at the next one; the last is a point."""
    return np.append(day[1:], day[-1:])


def begins_at(curve: pd.DataFrame) -> float:
    """The age from which on a curve is known: 0, or later where everybody came under observation late."""
    begins = curve["begins"].dropna()
    return float(begins.iloc[0]) if len(begins) else 0.0


def days_axis(last: float, texts: Texts) -> dict:
    """An axis of days from 0 to `last`, a little air on both sides, its ticks at whole weeks, months or years."""
    step = next(
        (step for step in (1, 2, 5, 10, 30, 60, 90, 120, 180, 270, 365, 540, 730) if last / step <= MOST_TICKS), 1460
    )
    ticks = np.arange(0, last + 1, step)
    return {
        "range": [-0.02 * max(last, 1), 1.02 * max(last, 1)],
        "showgrid": False,
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [texts.number(tick) for tick in ticks],
    }
