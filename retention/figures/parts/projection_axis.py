"""Axes of figures that look ahead: months from today with their names, and counts of members from zero."""

import numpy as np
import pandas as pd

from retention.figures.parts.theme import even_steps
from retention.texts import Texts


def months_axis(answer: pd.DataFrame, texts: Texts) -> dict:
    """Every third month by its name, the year under it."""
    ticks = answer[answer["months_ahead"] % 3 == 0]
    return {
        "range": [-0.4, max(float(answer["months_ahead"].max()), 1) + 0.6],
        "showgrid": False,
        "tickmode": "array",
        "tickvals": ticks["months_ahead"].to_numpy(float),
        "ticktext": [texts.period(day).replace(" ", "<br>") for day in ticks["day"]],
    }


def count_axis(values: np.ndarray, texts: Texts) -> dict:
    """From zero to a little above the largest."""
    top = max(float(np.nanmax(values)) * 1.12, 1)
    steps = even_steps(top, 5)
    return {
        "range": [0, top],
        "tickmode": "array",
        "tickvals": steps,
        "ticktext": [texts.number(step) for step in steps],
    }
