"""Hours in words and on an axis: minutes, hours or days, whichever a reader would say."""

import numpy as np

from retention.texts import Texts

SHORTEST = 1 / 60  # hours: a minute is the finest that the files tell
TICKS = (1 / 60, 1 / 6, 1, 8, 48, 336, 2160, 17520)  # far enough apart for a phone


def duration(hours: float | None, texts: Texts) -> str:
    """16 min, 7.2 h, 3.1 days; – where there is none."""
    if hours is None or hours != hours:
        return texts.number(None)
    if hours < 0.995:
        return texts("duration.minutes", value=texts.number(60 * hours))
    if hours < 47.95:
        return texts("duration.hours", value=texts.number(hours, 0 if abs(hours - round(hours)) < 0.05 else 1))
    days = hours / 24
    return texts("duration.days", value=texts.number(days, 0 if abs(days - round(days)) < 0.05 else 1))


def hours_axis(longest: float, texts: Texts) -> dict:
    """A logarithmic axis from a minute to `longest` hours, its ticks where a reader has a word for them."""
    top = max(longest, 1.0) * 1.15
    ticks = [tick for tick in TICKS if tick <= top]
    if len(ticks) > 7:
        ticks = ticks[::2]
    return {
        "type": "log",
        "range": [float(np.log10(SHORTEST)) - 0.08, float(np.log10(top))],
        "showgrid": True,
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [duration(tick, texts) for tick in ticks],
    }


def on_axis(hours: np.ndarray) -> np.ndarray:
    """Hours as a logarithmic axis can take them: nothing is shorter than a minute."""
    return np.maximum(np.asarray(hours, float), SHORTEST)
