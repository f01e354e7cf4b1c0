"""Several rates of the same periods as lines of their own colour and mark, side by side on one scale."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts import periods
from retention.figures.parts.marks import CROWDED, points, settled_line, spoken, whiskers
from retention.figures.parts.theme import (
    ENOUGH,
    PLANS,
    QUIET,
    SYMBOLS,
    axis_through_zero,
    note,
    percent_axis,
    stage,
    tint,
)
from retention.texts import Texts


@dataclass(frozen=True)
class Line:
    """One rate: its name, its rows, its columns (value, low, high), the column of its n, what its marks say."""

    name: str
    rows: pd.DataFrame
    value: str
    low: str
    high: str
    n: str
    hover: list[str]
    keys: tuple[str, ...] = ()
    place: int = 0
    strong: bool = True
    symbols: tuple[str, ...] = field(default=SYMBOLS)
    dash: str = "solid"

    def traces(self, shift: np.timedelta64) -> list[dict]:
        """A line through what is settled, a mark for each period: hollow where not settled, grey where n is small."""
        x = periods.starts_of(self.rows).to_numpy(dtype="datetime64[s]") + shift
        value, low, high = (self.rows[name].to_numpy(float) for name in (self.value, self.low, self.high))
        settled, colour = (self.rows["state"] == "settled").to_numpy(), self.colour
        thin = whiskers(value, low, high, tint(colour, 0.5), 0.7 if len(x) > CROWDED else 1.2)
        sizes = np.full(len(x), 4 if len(x) > CROWDED or not self.strong else 7)
        grey = np.where(self.rows[self.n].to_numpy(float) < ENOUGH, QUIET, colour)
        width = 2 if self.strong else 1
        marks = points(x, value, settled, grey, sizes, **spoken(self.hover, self._keys()))
        marks["marker"]["symbol"] = np.where(settled, self._symbol, f"{self._symbol}-open")
        if self.strong:
            marks["error_y"] = thin
        named = {"name": self.name, "line": {"color": colour, "width": width, "dash": self.dash}, "showlegend": False}
        return [settled_line(x, value, settled, **named), marks]

    @property
    def colour(self) -> str:
        """Strong lines have a colour of their own, the others stay behind them."""
        return PLANS[self.place % len(PLANS)] if self.strong else QUIET

    def legend(self) -> dict:
        """An entry that looks like the settled marks."""
        marker = {"color": self.colour, "symbol": self._symbol, "size": 8}
        line = {"color": self.colour, "width": 2 if self.strong else 1, "dash": self.dash}
        drawn = {"x": [None], "y": [None], "mode": "lines+markers", "marker": marker, "line": line}
        if not self.strong:
            drawn |= {"mode": "lines"}
        return {"type": "scatter", "name": self.name, "hoverinfo": "skip", "showlegend": True} | drawn

    @property
    def _symbol(self) -> str:
        return self.symbols[self.place % len(self.symbols)]

    def _keys(self) -> np.ndarray:
        """The period first, then what else names the row."""
        keys = periods.keys_of(self.rows)
        if not self.keys:
            return keys
        return np.column_stack([keys.astype(object), *(self.rows[name].to_numpy(object) for name in self.keys)])


def draw(
    lines: list[Line], answer: pd.DataFrame, texts: Texts, top: float, bottom: float = 0.0, said: str = "",
) -> go.Figure:
    """The lines over the periods of `answer`, up to `top`; marks of one period stand beside each other.

    Lines behind them stand in the legend by their dashes; `said` is a sentence under the axis.
    """
    grain, drawn = periods.grain_of(answer), [line for line in lines if len(line.rows)]
    step = periods.half(grain) / 6
    strong = [line for line in drawn if line.strong]
    traces = [trace for line in drawn if not line.strong for trace in line.traces(0 * step)]
    for place, line in enumerate(strong):
        traces += line.traces((place - len(strong) // 2) * step) if len(answer) < CROWDED * 3 else line.traces(0 * step)
    scale = percent_axis(top, texts) if bottom >= 0 else axis_through_zero(bottom, top, texts)
    scale["range"] = [min(bottom, -0.02 * top), top]  # marks at zero are whole
    behind = [line for line in drawn if not line.strong]
    return stage(
        texts,
        320 + 22 * len(behind),  # on a phone each of them has a line of the legend
        traces + [line.legend() for line in (*strong, *behind)],
        xaxis=periods.axis(answer, texts) | ({"title": note(said)} if said else {}),
        yaxis=scale,
        showlegend=True,
    )


def reach(lines: list[Line]) -> float:
    """All values fit; the interval of a handful may leave the frame."""
    value = max((float(np.nanmax(line.rows[line.value].to_numpy(float), initial=0)) for line in lines), default=0)
    high = max((float(np.nanmax(line.rows[line.high].to_numpy(float), initial=0)) for line in lines), default=0)
    return min(1.05, max(1.15 * value, min(1.08 * high, 1.9 * value if value else high), 0.01))
