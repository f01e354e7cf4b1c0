"""What stands around a triangle of cohorts: their names and sizes, the scale of its colours, the words underneath."""

import numpy as np
import pandas as pd

from retention.figures.parts.theme import CLEAR, WORDS, wrapped
from retention.texts import Texts


def names_axis(cells: pd.DataFrame, cohorts: list, texts: Texts) -> dict:
    """Each cohort with its size, the mean beneath them."""
    sizes = cells.dropna(subset="cohort").groupby("cohort")["size"].max()
    said = [f"{texts.period(cohort)} · {texts.number(sizes[cohort])}" for cohort in cohorts]
    return {
        "range": [len(cohorts) + 1.4, -0.7],
        "showgrid": False,
        "tickmode": "array",
        "tickvals": [*range(len(cohorts)), len(cohorts) + 0.6],
        "ticktext": [*said, f"<b>{texts('chart.cohorts.mean')}</b>"],
        "tickfont": {"size": 11, "color": WORDS},
    }


def scale(low: float, high: float, texts: Texts) -> dict:
    """The scale lies above the squares."""
    ticks = np.linspace(low, high, 3)
    place = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "len": 0.6, "thickness": 8}
    return place | {
        "tickvals": ticks,
        "ticktext": [texts.percent(tick, 0) for tick in ticks],
        "outlinewidth": 0,
        "bgcolor": CLEAR,
        "ypad": 6,
        "xpad": 0,
    }


def under(answer: pd.DataFrame, cohorts: list, texts: Texts) -> str:
    """In lines that fit beside the names on a phone."""
    rest = answer["cohort"].nunique() - len(cohorts)
    said = [texts("chart.cohorts.note"), *([texts("chart.cohorts.left_out", count=rest)] if rest > 0 else [])]
    return wrapped(" ".join(said), 34)
