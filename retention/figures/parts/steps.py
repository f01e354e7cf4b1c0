"""Days on which something changed for good, as their owner marked them: a thin line and the day."""

import pandas as pd

from retention.figures.parts import periods
from retention.figures.parts.theme import QUIET
from retention.texts import Texts


def _marked(answer: pd.DataFrame) -> list[pd.Timestamp]:
    """The days of the steps that fall into the periods shown."""
    return list(pd.to_datetime(answer["step_on"]).dropna()) if "step_on" in answer else []


def step_lines(answer: pd.DataFrame) -> list[dict]:
    """A period's mark stands at its first day: the line of a step lies to its left, where the new range begins."""
    line = {"color": QUIET, "width": 1, "dash": "dash"}
    return [
        {"type": "line", "x0": day, "x1": day, "xref": "x", "y0": 0, "y1": 1, "yref": "paper", "line": line}
        for day in _placed(answer)
    ]


def step_days(answer: pd.DataFrame, texts: Texts) -> list[dict]:
    """The day beside each line, each a line lower than the one before so that near ones do not cover each other."""
    said = {"y": 1, "yref": "paper", "yanchor": "top", "xanchor": "left", "showarrow": False, "xshift": 2}
    return [
        said | {"x": place, "text": texts.day(day), "yshift": -14 * (number % 3)}
        for number, (place, day) in enumerate(zip(_placed(answer), _marked(answer), strict=True))
    ]


def _placed(answer: pd.DataFrame) -> list[str]:
    half = pd.Timedelta(periods.half(periods.grain_of(answer))) if _marked(answer) else None
    return [(day - half).isoformat() for day in _marked(answer)]
