"""Numbers that stand beside the points they belong to: few, and far enough apart to be read."""

import numpy as np
import pandas as pd

from retention.figures.parts import periods
from retention.figures.parts.marks import CROWDED
from retention.texts import Texts

MOST = 7  # more labels than that hide what they name


def number_labels(answer: pd.DataFrame, value: str, top: float, texts: Texts) -> list[dict]:
    """The newest settled period and those outside their usual range carry their number; `top` ends the axis."""
    outside = answer[answer["signal"].isin(["above", "below"])]
    far = (outside[value] - outside["center"]).abs().sort_values(ascending=False).index
    last, crowded = periods.newest_settled(answer, value), len(answer) > CROWDED
    shown = answer.loc[_apart([*([] if last is None else [last.name]), *far], len(answer) // 12)]
    below = (shown["signal"] == "below").to_numpy()
    ends = shown[[value, value] if crowded else ["low", "high"]].to_numpy(float)
    heights = np.where(below, ends[:, 0], np.minimum(ends[:, 1], 0.93 * top))
    return [
        {
            "x": day,
            "y": height,
            "text": f"<b>{texts.percent(number)}</b>",
            "showarrow": False,
            "yanchor": "top" if under else "bottom",
            "yshift": (-8 if under else 8) if crowded else 0,
        }
        for day, height, number, under in zip(periods.keys_of(shown), heights, shown[value], below, strict=True)
    ]


def _apart(wanted: list[int], distance: int) -> list[int]:
    """The first of those wanted, each further than `distance` rows from those before it."""
    kept: list[int] = []
    for row in wanted:
        if len(kept) < MOST and all(abs(row - other) > distance for other in kept):
            kept.append(row)
    return sorted(kept)
