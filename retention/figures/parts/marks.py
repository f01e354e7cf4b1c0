"""Marks that several figures share: points that are hollow where not settled, whiskers, sentences to hover over."""

import numpy as np

from retention.figures.parts.theme import INK, scatter

SPOKEN = "%{hovertext}<extra></extra>"
CROWDED = 60  # marks: from here on they are small


def spoken(hover: list[str], keys: np.ndarray) -> dict:
    """What a mark says when pointed at, and the key of its row for a click."""
    return {
        "hovertext": hover,
        "hovertemplate": SPOKEN,
        # As objects: Plotly packs plain numbers into bytes, and a click then hands back no list.
        "customdata": np.asarray(keys if np.ndim(keys) == 2 else np.reshape(keys, (-1, 1)), dtype=object),
    }


def whiskers(value: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str, thickness: float) -> dict:
    """An interval as thin bars to both sides of a mark."""
    return {
        "type": "data",
        "symmetric": False,
        "array": high - value,
        "arrayminus": value - low,
        "thickness": thickness,
        "width": 0,
        "color": colour,
    }


def points(x: np.ndarray, y: np.ndarray, settled: np.ndarray, colours: object, sizes: object, **trace: object) -> dict:
    """A point for each row; what can still move is hollow and a little larger."""
    marker = {
        "color": colours,
        "symbol": np.where(settled, "circle", "circle-open"),
        "size": sizes + np.where(settled, 0, 2),
        "line": {"width": np.where(settled, 0, 2)},
        "opacity": 1,
    }
    return scatter(**{"x": x, "y": y, "mode": "markers", "marker": marker, "showlegend": False} | trace)


def settled_line(x: np.ndarray, y: np.ndarray, settled: np.ndarray, **trace: object) -> dict:
    """What is settled hangs together, gaps left open; what still moves stands alone."""
    drawn = {"mode": "lines", "line": {"color": INK, "width": 2}, "hoverinfo": "skip", "showlegend": False}
    return scatter(**{"x": x, "y": np.where(settled, y, np.nan), "connectgaps": False} | drawn | trace)
