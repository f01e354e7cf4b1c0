"""Curves of several segments: what each is called, where its name stands, and how many it is made of."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from retention.figures.parts.bands import begins_at
from retention.figures.parts.theme import CLEAR, PLANS, TEXT_SIZE, WORDS, scatter
from retention.texts import NOT_KNOWN, Texts

ALL = "(all)"
LINE = 16  # pixels of a line of the table: names and numbers have one each
CLOSEST = 0.055  # of the axis: names nearer than that would touch
INTERVALS = {"day", "week", "month", "quarter", "half_year", "year", "other", "(none)"}


def shown_of(answer: pd.DataFrame) -> list[str]:
    """The largest segments, as many as can be told apart."""
    return answer.groupby("segment", sort=False)["at_risk"].max().nlargest(len(PLANS)).index.tolist()


def names_of(answer: pd.DataFrame, texts: Texts) -> dict[str, str]:
    """What each segment is called: our codes in the reader's words, the owner's words as they are; all is nameless."""
    segments = set(answer["segment"])
    kind = "interval" if segments <= INTERVALS else "segment" if segments <= {"first", "later"} else "plan"
    words = {
        segment: texts.word(f"chart.survival.{kind}" if kind == "segment" else kind, segment) for segment in segments
    }
    return words | {ALL: ""}


def left_out(answer: pd.DataFrame, segments: list[str], texts: Texts) -> list[str]:
    """A sentence, where some segments are not drawn."""
    rest = answer["segment"].nunique() - len(segments)
    return [texts("chart.shared.segments_left_out", count=rest)] if rest else []


def apart(heights: np.ndarray, distance: float) -> np.ndarray:
    """Rising heights moved as little as need be, so that neighbours lie at least `distance` apart."""
    moved = heights.astype(float).copy()
    for _ in range(50):
        gaps = np.maximum(0, distance - np.diff(moved)) / 2
        if not (gaps > 1e-6).any():
            break
        moved -= np.append(gaps, 0)
        moved += np.append(0, gaps)
    return moved


def end_labels(answer: pd.DataFrame, segments: list[str], names: dict[str, str]) -> list[dict]:
    """Each name at the end of its own curve and in its colour; names that end side by side stand one over the other."""
    named = answer[answer["segment"].isin([segment for segment in segments if names[segment]])]
    ends = named.groupby("segment").last().sort_values("survival")
    labels: list[dict] = []
    for cluster in _side_by_side(ends["day"], answer["day"].max()):
        mine = ends[cluster]
        others = _passing(named[~named["segment"].isin(mine.index)], mine["day"].max(), 0.16 * answer["day"].max())
        clear = np.sort([_beside(height, others) for height in mine["survival"]])
        heights = np.maximum(apart(clear, CLOSEST), 0.01)
        for segment, height in zip(mine.index, heights, strict=True):
            colour = PLANS[segments.index(segment)]
            place = {"x": mine.loc[segment, "day"], "y": height, "xanchor": "left", "xshift": 6, "showarrow": False}
            font = {"color": colour, "size": TEXT_SIZE - 1}
            labels.append(place | {"text": f"<b>{names[segment]}</b>", "font": font})
    return labels


def _passing(others: pd.DataFrame, day: float, width: float) -> np.ndarray:
    """Where the other curves run beside a name that begins on this day."""
    window = others[others["day"].between(day - width / 4, day + width)]
    return window["survival"].to_numpy(float)


def _beside(height: float, others: np.ndarray) -> float:
    """The nearest height at which no other curve runs through the name."""
    while len(near := others[np.abs(others - height) < 0.8 * CLOSEST]):
        height = float(near.min()) - 0.85 * CLOSEST
    return height


def _side_by_side(days: pd.Series, last: float) -> list[np.ndarray]:
    """Curves that end so near one another that their names would touch."""
    groups = (days.sort_values().diff() > 0.2 * max(last, 1)).cumsum().reindex(days.index)
    return [(groups == group).to_numpy() for group in groups.unique()]


@dataclass(frozen=True)
class Table:
    """Under the curves: how many of each segment were observed so long."""

    segments: list[str]
    names: dict[str, str]

    @property
    def height(self) -> int:
        """Pixels of the whole table."""
        return 2 * LINE * len(self.segments) + 6

    def axis(self, of: int) -> dict:
        """The table's own vertical axis, at the bottom of a figure `of` so many pixels."""
        lines = [len(self.segments) - 0.5, -0.5]
        return {
            "domain": [0, self.height / of],
            "anchor": "x",
            "range": lines,
            "showgrid": False,
            "showticklabels": False,
        }

    def labels(self, texts: Texts) -> list[dict]:
        """Each name over its numbers, so that a phone has its whole width for the curves."""
        place = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": -44, "yref": "y2", "showarrow": False}
        return [
            place
            | {"y": at - 0.24, "text": self.names[segment] or texts("chart.survival.at_risk")}
            | {"font": {"size": TEXT_SIZE - 2, "color": PLANS[at] if self.names[segment] else WORDS}}
            for at, segment in enumerate(self.segments)
        ]

    def line(self, one: pd.DataFrame, place: int, days: np.ndarray, texts: Texts) -> dict:
        """One segment's numbers at the ticks of the days."""
        at = np.searchsorted(one["day"].to_numpy(float), days)
        counts, begins = np.append(one["at_risk"].to_numpy(), 0)[at], begins_at(one)
        return scatter(
            x=days,
            y=np.full(len(days), place + 0.24),
            yaxis="y2",
            mode="markers+text",
            text=[texts.number(count) if day >= begins else NOT_KNOWN for day, count in zip(days, counts, strict=True)],
            textposition="middle center",
            textfont={"size": TEXT_SIZE - 2},
            marker={"color": CLEAR, "size": 1},
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )
