"""Curves of several segments: what each is called, where its name stands, and how many it is made of."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from retention.charts.theme import CLEAR, PLANS, TEXT_SIZE, scatter
from retention.texts import Texts

ALL = "(all)"
LINE = 19  # pixels of a line of the table
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


def end_labels(answer: pd.DataFrame, segments: list[str], names: dict[str, str]) -> list[dict]:
    """Each name at the end of its curve, moved up where it would touch the one below."""
    named = answer[answer["segment"].isin([segment for segment in segments if names[segment]])]
    ends = named.groupby("segment").last().sort_values("survival")
    labels: list[dict] = []
    for segment, day, end in zip(ends.index, ends["day"], ends["survival"], strict=True):
        near = [label["y"] for label in labels if abs(label["x"] - day) < 0.2 * ends["day"].max()]
        labels.append(
            {
                "x": day,
                "y": max([end, *(place + CLOSEST for place in near)]),
                "xanchor": "left",
                "xshift": 6,
                "showarrow": False,
                "text": names[segment],
            }
        )
    return labels


@dataclass(frozen=True)
class Table:
    """Under the curves: how many of each segment were observed so long."""

    segments: list[str]
    names: dict[str, str]

    @property
    def height(self) -> int:
        """Pixels of the whole table."""
        return LINE * len(self.segments) + 6

    def axis(self, of: int, texts: Texts) -> dict:
        """The table's own vertical axis with the segments' names, at the bottom of a figure `of` so many pixels."""
        said = [self.names[segment] or texts("chart.survival.at_risk") for segment in self.segments]
        return {
            "domain": [0, self.height / of],
            "anchor": "x",
            "range": [len(self.segments) - 0.5, -0.5],
            "showgrid": False,
            "tickmode": "array",
            "tickvals": list(range(len(self.segments))),
            "ticktext": said,
            "ticklabelstandoff": 20,
        }

    def line(self, one: pd.DataFrame, place: int, days: np.ndarray, texts: Texts) -> dict:
        """One segment's numbers at the ticks of the days."""
        at = np.searchsorted(one["day"].to_numpy(float), days)
        counts = np.append(one["at_risk"].to_numpy(), 0)[at]
        return scatter(
            x=days,
            y=np.full(len(days), place),
            yaxis="y2",
            mode="markers+text",
            text=[texts.number(count) for count in counts],
            textposition="middle center",
            textfont={"size": TEXT_SIZE - 2},
            marker={"color": CLEAR, "size": 1},
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )
