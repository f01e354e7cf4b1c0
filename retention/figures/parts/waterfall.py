"""From one number to another in steps that add up: each bar begins where the one before it ended."""

import numpy as np
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import LANE, Rows, bars
from retention.figures.parts.marks import spoken
from retention.figures.parts.theme import EMPHASIS, INK, QUIET, note, scatter
from retention.texts import Texts


def waterfall(
    rows: Rows,
    change: np.ndarray,
    level: np.ndarray,
    whole: np.ndarray,
    keys: np.ndarray,
    hover: list[str],
    texts: Texts,
    axis: dict,
    colours: np.ndarray | None = None,
) -> go.Figure:
    """`whole` marks the rows that are levels, not changes; colours are by direction where none are given.

    A level is a bar from zero; on a scale that is cut it is a dot, for there a bar's length says nothing.
    """
    base = np.where(whole, 0.0, level - change)
    if colours is None:
        colours = np.where(whole, QUIET, np.where(change < 0, EMPHASIS, INK))
    cut = axis["range"][0] > 0
    length = np.where(whole, np.nan if cut else level, change)
    drawn = [bars(rows, length, keys, hover, colours, base=base), _links(rows, level)]
    if cut:
        drawn.append(levels(level[whole], rows.places()[whole], keys[whole], list(np.array(hover)[whole]), QUIET))
    return rows.stage(texts, drawn, axis)


def levels(x: np.ndarray, y: np.ndarray, keys: np.ndarray, hover: list[str], colours: object) -> dict:
    """Where the steps begin and end, as dots."""
    marker = {"color": colours, "size": 12, "symbol": "diamond"}
    return scatter(x=x, y=y, mode="markers", marker=marker, showlegend=False, **spoken(hover, keys))


def frame(level: np.ndarray, change: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """The part of the scale that shows the changes: from zero unless they would be too small to see.

    Where all is zero, it has the width of a percent.
    """
    ends = np.concatenate([level, np.where(whole, level, level - change)])
    low, high = float(np.min(ends)), float(np.max(ends))
    span = high - low
    if low > 0 and span < 0.45 * high:
        return low - 0.6 * max(span, 0.02 * high), high + 0.08 * max(span, 0.02 * high)
    return min(0.0, 1.05 * low), 1.05 * high if high > 0 else 0.05 * abs(low) or 0.01


def scale_note(chart: str, low: float, texts: Texts) -> dict:
    """The note of a figure's scale, which says it where the scale does not begin at zero."""
    cut = f"; {texts('chart.shared.scale.cut')}" if low > 0 else ""
    return note(texts(f"chart.{chart}.note") + cut)


def _links(rows: Rows, level: np.ndarray) -> dict:
    """A thin line from the end of each bar to the next."""
    places = rows.places()
    x = np.column_stack([level[:-1], level[:-1], np.full(len(level) - 1, np.nan)]).ravel()
    y = np.column_stack(
        [places[:-1] + LANE / 2 - 2, places[1:] - LANE / 2 + 2, np.full(len(level) - 1, np.nan)]
    ).ravel()
    line = {"color": QUIET, "width": 1, "dash": "dot"}
    return scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)
