"""A triangle of square marks: cohorts under one another, months side by side, what is not observed blank."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.cohort_axes import names_axis, scale, under
from retention.figures.parts.marks import spoken
from retention.figures.parts.theme import (
    ENOUGH,
    INK,
    QUIET,
    WORDS,
    interval,
    lost,
    nothing,
    scatter,
    stage,
    tint,
    wrapped,
)
from retention.texts import Texts

MOST = 24  # cohorts and months: more are smaller than a finger
LINE, TOP, UNDER = 17, 66, 92  # pixels: a cohort, scale above, axis and note below
PHONE = 270  # pixels that a phone leaves for the months
MEAN = "mean"


@dataclass(frozen=True)
class Triangle:
    """Which number of the answer to cohorts: the name of its texts, its column, and from which month on it is."""

    name: str
    value: str
    first: int = 1

    def figure(self, answer: pd.DataFrame, texts: Texts) -> go.Figure:
        """A square for each observed cell, darker where more are still there; hollow where not all have come so far."""
        cells = self.drawn(answer)
        if lost(cells, self.value):
            return nothing(texts)
        cohorts = cells["cohort"].dropna().drop_duplicates().sort_values().tolist()
        places = cells["cohort"].map({cohort: place for place, cohort in enumerate(cohorts)}).fillna(len(cohorts) + 0.6)
        size = int(np.clip(PHONE / max(1, cells["age"].max()) - 1, 8, 15))
        traces = [self._squares(cells, places, size, kind, texts) for kind in ("settled", "settling", "few")]
        ages = np.arange(self.first, cells["age"].max() + 1, max(1, round(cells["age"].max() / 8)))
        height = TOP + UNDER + LINE * (len(cohorts) + 2)
        return stage(
            texts,
            height,
            [trace for trace in traces if trace["x"].size],
            xaxis={
                "range": [self.first - 0.7, max(cells["age"].max(), 6) + 0.7],
                "showgrid": False,
                "tickmode": "array",
                "tickvals": ages,
                "ticktext": [texts.number(age) for age in ages],
                "title": {"text": under(answer, cohorts, texts), "font": {"size": 12, "color": WORDS}, "standoff": 12},
            },
            yaxis=names_axis(cells, cohorts, texts),
            margin={"l": 104, "r": 12, "t": TOP, "b": 8},
        )

    def drawn(self, answer: pd.DataFrame) -> pd.DataFrame:
        """The cells that are shown."""
        return shown(answer, self.value, self.first)

    def finding(self, answer: pd.DataFrame, texts: Texts) -> str:
        """The weighted mean of all cohorts after one month and after twelve, or as far as one could see."""
        mean = answer[answer["cohort"].isna() & answer[self.value].notna() & (answer["observed"] >= ENOUGH)]
        mean = mean[mean["age"] >= self.first]
        if mean.empty:
            return ""
        told = mean[mean["age"].isin([1, 12])] if len(mean) > 1 else mean
        parts = [
            texts("chart.cohorts.part", count=int(row.age), share=self._said(row, texts)) for row in told.itertuples()
        ]
        return texts(f"chart.{self.name}.finding", parts=", ".join(parts)) if parts else ""

    def alt(self, answer: pd.DataFrame, texts: Texts) -> str:
        """The figure in words."""
        if lost(answer, self.value):
            return texts("chart.shared.nothing")
        return texts(
            f"chart.{self.name}.alt", count=answer["cohort"].nunique(), finding=self.finding(answer, texts)
        ).strip()

    def _said(self, row: tuple, texts: Texts) -> str:
        value = texts.percent(getattr(row, self.value))
        return f"{value} ({interval(row.low, row.high, texts)})" if self.value == "share_of_start" else value

    def _squares(self, cells: pd.DataFrame, places: pd.Series, size: int, kind: str, texts: Texts) -> dict:
        few = cells["observed"] < ENOUGH
        mine = (few if kind == "few" else ~few & (cells["state"] == kind)).to_numpy()
        rows, hollow = cells[mine], kind == "settling"
        low, high = float(np.nanmin(cells[self.value])), float(np.nanmax(cells[self.value]))
        marker = {
            "symbol": "square-open" if hollow else "square",
            "size": size - 2 * hollow,
            "line": {"width": 2 * hollow},
        }
        if kind == "few":
            marker |= {"color": QUIET, "opacity": 0.5}
        else:
            marker |= {"color": rows[self.value].to_numpy(float), "cmin": low, "cmax": max(high, low + 0.01)}
            marker |= {
                "colorscale": [[0, tint(INK, 0.12)], [0.5, tint(INK, 0.5)], [1, INK]],
                "showscale": kind == "settled",
            }
            marker |= {"colorbar": scale(low, max(high, low + 0.01), texts)} if kind == "settled" else {}
        keys = [[cohort_key(row.cohort), int(row.age)] for row in rows.itertuples()]
        hover = [self._sentence(row, texts) for row in rows.itertuples()]
        drawn = {"x": rows["age"].to_numpy(float), "y": places[mine].to_numpy(float), "mode": "markers"}
        return scatter(**drawn, marker=marker, showlegend=False) | spoken(
            hover, np.array(keys, dtype=object).reshape(-1, 2)
        )

    def _sentence(self, row: tuple, texts: Texts) -> str:
        blanks = {
            "cohort": texts("chart.cohorts.mean") if pd.isna(row.cohort) else texts.period(row.cohort),
            "age": int(row.age),
            "active": int(row.active),
            "observed": int(row.observed),
            "share": texts.percent(row.share_of_start),
            "interval": interval(row.low, row.high, texts),
            "previous": texts.percent(row.share_of_previous),
            "mrr": texts.money(row.mrr),
            "of_start": texts.percent(row.mrr_of_start),
        }
        settles = "" if row.state == "settled" else " " + texts("chart.cohorts.settles", day=texts.day(row.settles_on))
        return wrapped(texts("chart.cohorts.hover", **blanks) + settles, 60)


def shown(answer: pd.DataFrame, value: str, first: int) -> pd.DataFrame:
    """The newest cohorts and the first months, as many as can be told apart."""
    newest = answer["cohort"].dropna().drop_duplicates().sort_values().iloc[-MOST:]
    mine = answer["cohort"].isna() | answer["cohort"].isin(newest)
    return answer[mine & answer[value].notna() & answer["age"].between(first, MOST)]


def cohort_key(cohort: object) -> str:
    """What a click hands back: the cohort's first day; the mean has no members of its own."""
    return MEAN if pd.isna(cohort) else f"{cohort:%Y-%m-%d}"
