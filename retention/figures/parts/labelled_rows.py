"""Rows of a figure that read like a list: a name and its number on one line, its marks below, at any width."""

import textwrap
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from retention.figures.parts.marks import spoken, whiskers
from retention.figures.parts.theme import CLEAR, HATCHED, INK, QUIET, scatter, stage
from retention.texts import Texts

LABEL, LANE, BAR, AIR = 22, 18, 14, 6  # pixels: a line of label, a line of marks, the bar in it, the gap between rows
UNDER, LEGEND = 50, 30  # pixels: axis and note, legend
LETTERS = 43  # that a phone shows in one line, half of them bold; WIDER of a fact alone, NAME of a name
WIDER, NAME = 50, 42
FAINT = "rgba(123, 135, 132, 0.16)"


@dataclass(frozen=True)
class Rows:
    """What stands in each row: a plain name, a plain fact beside it, and one or more lanes of marks under both.

    The vertical axis counts pixels from the top, so a row may be as high as its words need.
    """

    names: list[str]
    facts: list[str]
    lanes: int = 1

    @property
    def deep(self) -> np.ndarray:
        """Which rows need a line for the name and one for the fact; where many do, all get them."""
        long = np.array([len(name) + len(fact) > LETTERS or "\n" in fact
                         for name, fact in zip(self.names, self.facts, strict=True)])
        return long if long.mean() <= 0.25 else np.full(len(long), True)

    @property
    def heads(self) -> np.ndarray:
        """How high the words of each row are."""
        below = np.where(self.deep, [len(fact) for fact in self._lines], 0)
        return LABEL + (LABEL - 4) * (below + [len(name) - 1 for name in self._called])

    @property
    def _called(self) -> list[list[str]]:
        """Each name in lines that a phone shows whole."""
        return [textwrap.wrap(name, NAME, break_long_words=False) or [""] for name in self.names]

    @property
    def _lines(self) -> list[list[str]]:
        """Each fact in lines that a phone shows whole; it may be of several lines."""
        held = [fact.replace("n = ", "n\u00a0=\u00a0") for fact in self.facts]
        return [[line for part in fact.split("\n") for line in textwrap.wrap(part, WIDER, break_long_words=False)]
                for fact in held]

    @property
    def ends(self) -> np.ndarray:
        """Where each row ends."""
        return np.cumsum(self.heads + self.lanes * LANE + AIR)

    @property
    def starts(self) -> np.ndarray:
        """Where each row begins."""
        return np.append(0, self.ends[:-1])

    def places(self, lane: int = 0) -> np.ndarray:
        """Where the marks of a lane lie."""
        return self.starts + self.heads + (lane + 0.5) * LANE

    def stage(self, texts: Texts, traces: list[dict], xaxis: dict, legend: bool = False, **layout: object) -> go.Figure:
        """The traces with their labels in place; a legend gets its room above them."""
        return stage(
            texts,
            int(self.ends[-1]) + UNDER + (LEGEND if legend else 0),
            traces,
            barmode="overlay",
            margin={"l": 18, "r": 20, "t": 8, "b": 8},
            xaxis={"gridcolor": FAINT, "ticklabeloverflow": "allow"} | xaxis,
            yaxis={"range": [int(self.ends[-1]), 0], "visible": False},
            annotations=[self._label(row, end) for row, end in enumerate(self.starts + self.heads)],
            **layout,
        )

    def _label(self, row: int, end: float) -> dict:
        fact = "<br>" + "<br>".join(self._lines[row]) if self.deep[row] else f"  {self.facts[row]}"
        return {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": -2,
            "align": "left",
            "showarrow": False,
            "borderpad": 0,
            "y": end,
            "yanchor": "bottom",
            "text": f"<b>{'<br>'.join(self._called[row])}</b>{fact if self.facts[row] else ''}",
        }


def bars(rows: Rows, value: np.ndarray, keys: np.ndarray, hover: list[str], colours: object, **trace: object) -> dict:
    """A bar for each row, from zero."""
    marker = {"color": colours, "line": {"width": 0}}
    drawn = {"x": value, "y": rows.places(), "orientation": "h", "width": BAR, "marker": marker, "showlegend": False}
    return {"type": "bar"} | drawn | spoken(hover, keys) | trace


def hatched(rows: Rows, value: np.ndarray, keys: np.ndarray, hover: list[str]) -> dict:
    """Bars that are visibly of another kind than the others."""
    marker = {"color": CLEAR, "pattern": HATCHED, "line": {"width": 1, "color": QUIET}}
    return bars(rows, value, keys, hover, None, marker=marker)


def dots(
    rows: Rows,
    shares: np.ndarray,
    keys: np.ndarray,
    hover: list[str],
    colours: list[str],
    lane: int = 0,
    **trace: object,
) -> list[dict]:
    """A dot with its interval for each row of `shares` (value, low, high); one trace per colour: whiskers take one."""
    value, low, high = shares.T
    marks = []
    for colour in sorted(set(colours), key=[INK, *colours].index):
        drawn = {
            "x": np.where(np.array(colours) == colour, value, np.nan),
            "y": rows.places(lane),
            "mode": "markers",
            "marker": {"color": colour, "size": 11},
            "error_x": whiskers(value, low, high, colour, 2),
            "showlegend": False,
        }
        marks.append(scatter(**drawn) | spoken(hover, keys) | trace)
    return marks
