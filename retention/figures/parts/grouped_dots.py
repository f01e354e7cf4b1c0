"""Several groups compared row by row: a lane for each group under every row's name."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import Rows, dots
from retention.figures.parts.theme import ENOUGH, PLANS, QUIET, SYMBOLS, interval, note, percent_axis, plain, wrapped
from retention.texts import Texts

MOST_ROWS = 8
SHARES = ["share", "low", "high"]


@dataclass(frozen=True)
class Lanes:
    """Which column names the lanes and which the rows, in words; an answer with hits, counted, share, low, high."""

    lane: str
    row: str
    lane_word: Callable[[object], str]
    row_word: Callable[[object], str]
    note: str
    keys: tuple[str, ...]
    by_size: bool = True  # the rows with most hits first; else in the order of the answer

    def figure(self, answer: pd.DataFrame, texts: Texts) -> go.Figure:
        """Draw a dot with its interval for each lane and row; what has fewer than ten observations is grey."""
        lanes, names = self.shown(answer)
        kept = answer[answer[self.lane].isin(lanes) & answer[self.row].isin(names)]
        rows = Rows([plain(self.row_word(name)) for name in names], [""] * len(names), lanes=len(lanes))
        traces = [
            mark for place, lane in enumerate(lanes) for mark in self._lane(rows, kept, lane, names, place, texts)
        ]
        top = min(1.0, max(float(kept["high"].max()) * 1.04, 0.05))
        axis = percent_axis(top, texts) | {"range": [-0.012 * top, top]}
        axis["title"] = note(" ".join([self.note, *self._left_out(answer, lanes, names, texts)]))
        return rows.stage(texts, traces, axis, legend=True, showlegend=True)

    def shown(self, answer: pd.DataFrame) -> tuple[list, list]:
        """The lanes with most observed and the rows with most hits, as many as can be told apart."""
        lanes = answer.groupby(self.lane, sort=False)["counted"].sum().nlargest(len(PLANS)).index
        hits = answer.groupby(self.row, sort=False)["hits"].sum()
        kept = hits.nlargest(MOST_ROWS).index
        return list(lanes), list(kept if self.by_size else [name for name in hits.index if name in kept])

    def told(self, answer: pd.DataFrame, texts: Texts) -> str:
        """In words: the first row of each lane."""
        first = answer[answer[self.lane].isin(self.shown(answer)[0])].groupby(self.lane, sort=False).head(1)
        return "; ".join(
            f"{self.lane_word(row[self.lane])}: {self.row_word(row[self.row])} {texts.percent(row['share'], 0)}"
            for _, row in first.iterrows()
        )

    def _lane(self, rows: Rows, kept: pd.DataFrame, lane: object, names: list, place: int, texts: Texts) -> list[dict]:
        one = kept[kept[self.lane] == lane].drop_duplicates(self.row).set_index(self.row, drop=False).reindex(names)
        enough, colour = one["counted"].fillna(0) >= ENOUGH, PLANS[place]
        called = plain(self.lane_word(lane), 36)
        hover = [self._sentence(row, called, texts) for row in one.to_dict("records")]
        keys = np.column_stack([one[name].astype(object).to_numpy(object) for name in self.keys])
        keys[one["counted"].isna().to_numpy()] = ""
        colours = np.where(enough, colour, QUIET).tolist()
        marks = dots(rows, one[SHARES].to_numpy(float), keys, hover, colours, place, name=called)
        for number, mark in enumerate(marks):
            mark["marker"] = {"color": mark["marker"]["color"], "size": 10, "symbol": SYMBOLS[place]}
            mark["showlegend"] = number == 0
        return marks

    def _sentence(self, row: dict, called: str, texts: Texts) -> str:
        if row["counted"] != row["counted"] or row["share"] != row["share"]:
            return ""
        return wrapped(
            texts(
                "chart.shared.share_hover",
                name=f"{called}, {plain(self.row_word(row[self.row]))}",
                hits=int(row["hits"]),
                count=int(row["counted"]),
                share=texts.percent(row["share"]),
                interval=interval(row["low"], row["high"], texts),
            )
        )

    def _left_out(self, answer: pd.DataFrame, lanes: list, names: list, texts: Texts) -> list[str]:
        rest = [
            ("segments", answer[self.lane].nunique() - len(lanes)),
            ("rows", answer[self.row].nunique() - len(names)),
        ]
        return [texts(f"chart.shared.{kind}_left_out", count=count) for kind, count in rest if count]
