"""The course of a rate: its points, intervals and usual range, the steps its owner marked; for every rate the same."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts import periods
from retention.figures.parts.bands import band, level
from retention.figures.parts.labels import number_labels
from retention.figures.parts.marks import CROWDED, points, settled_line, spoken, whiskers
from retention.figures.parts.steps import step_days, step_lines
from retention.figures.parts.theme import (
    EMPHASIS,
    ENOUGH,
    INK,
    QUIET,
    interval,
    lost,
    nothing,
    percent_axis,
    stage,
    tint,
    wrapped,
)
from retention.texts import Texts


@dataclass(frozen=True)
class Course:
    """Which rate: the name of its texts, its column, and the columns of the counts that it divides."""

    name: str
    rate: str
    counted: str
    of: str
    height: int = 300

    def figure(self, answer: pd.DataFrame, texts: Texts) -> go.Figure:
        """The rate, its interval, its usual range; hollow where not settled."""
        if lost(answer, self.rate):
            return nothing(texts)
        answer = answer.reset_index(drop=True)
        grain, top = periods.grain_of(answer), self._top(answer)
        return stage(
            texts,
            self.height,
            [*_usual(answer, grain, texts), *self._points(answer, grain, texts)],
            xaxis=periods.axis(answer, texts),
            yaxis=percent_axis(top, texts),
            annotations=[*number_labels(answer, self.rate, top, texts), *step_days(answer, texts)],
            shapes=step_lines(answer),
        )

    def finding(self, answer: pd.DataFrame, texts: Texts) -> str:
        """What the newest settled period says, no more than its usual range allows, and when a later one settles."""
        return " ".join(said for said in (self.newest(answer, texts), self._moving(answer, texts)) if said)

    def newest(self, answer: pd.DataFrame, texts: Texts) -> str:
        """What the newest settled period says."""
        if lost(answer, self.rate):
            return ""
        row = periods.newest_settled(answer, self.rate)
        if row is None:
            return texts("chart.member_churn.none_settled")
        return texts(
            f"chart.{self.name}.finding",
            rate=texts.percent(row[self.rate]),
            interval=interval(row.low, row.high, texts),
            within=periods.within(row.period_start, periods.grain_of(answer), texts),
            signal=texts.word("signal", row.signal),
            **self._counts(row),
        )

    def _moving(self, answer: pd.DataFrame, texts: Texts) -> str:
        """Of periods that are over and not settled, on which day the newest is."""
        moving = answer[answer["state"] == "settling"]
        if moving.empty or lost(answer, self.rate):
            return ""
        row = moving.iloc[-1]
        period = periods.name(row.period_start, periods.grain_of(answer), texts)
        return texts("chart.shared.still_moves", period=period, day=texts.day(row.settles_on))

    def alt(self, answer: pd.DataFrame, texts: Texts) -> str:
        """The figure in one or two sentences, for whoever cannot see it."""
        if lost(answer, self.rate):
            return texts("chart.shared.nothing")
        grain, outside = periods.grain_of(answer), int(answer["signal"].isin(["above", "below"]).sum())
        return texts(
            f"chart.{self.name}.alt",
            count=len(answer),
            first=periods.name(answer["period_start"].iloc[0], grain, texts),
            last=periods.name(answer["period_start"].iloc[-1], grain, texts),
            outside=outside,
            finding=self.finding(answer, texts),
        )

    def _counts(self, row) -> dict[str, int]:
        """Both counts of a row under their own names; the first also decides between one and several."""
        counted, of = int(getattr(row, self.counted)), int(getattr(row, self.of))
        return {"count": counted, self.counted: counted, self.of: of}

    def _points(self, answer: pd.DataFrame, grain: str, texts: Texts) -> list[dict]:
        x, rate = periods.starts_of(answer).to_numpy(), answer[self.rate].to_numpy(float)
        settled, crowded = (answer["state"] == "settled").to_numpy(), len(answer) > CROWDED
        outside = answer["signal"].isin(["above", "below"]).to_numpy()
        low, high = (answer[name].to_numpy(float) for name in ("low", "high"))
        thin = (tint(INK, 0.4), 0.7) if crowded else (tint(INK, 0.55), 1.3)
        colours = np.where(outside, EMPHASIS, np.where(answer[self.of] < ENOUGH, QUIET, INK))
        hover = [self._sentence(row, grain, texts) for row in answer.itertuples()]
        error, keys = whiskers(rate, low, high, *thin), periods.keys_of(answer)
        sizes = np.where(outside, 11, 4 if crowded else 7)
        return [
            settled_line(x, rate, settled),
            points(x, rate, settled, colours, sizes, error_y=error, **spoken(hover, keys)),
        ]

    def _sentence(self, row: tuple, grain: str, texts: Texts) -> str:
        period = periods.name(row.period_start, grain, texts)
        if not getattr(row, self.of) > 0:
            return texts(f"chart.{self.name}.hover_empty", period=period)
        state = texts.word("signal", row.signal)
        if row.state != "settled":
            state = texts("chart.shared.settles", state=texts.word("state", row.state), day=texts.day(row.settles_on))
        return wrapped(
            texts(
                f"chart.{self.name}.hover",
                period=period,
                rate=texts.percent(getattr(row, self.rate)),
                interval=interval(row.low, row.high, texts),
                state=state[:1].upper() + state[1:],
                **self._counts(row),
            )
        )

    def _top(self, answer: pd.DataFrame) -> float:
        """All rates fit; the interval of a handful may leave the frame, so that the rest is legible."""
        rate = np.nanmax(answer[self.rate].to_numpy(float))
        reach = np.nanmax(answer[["high", "upper_limit"]].to_numpy(float))
        return min(1.05, max(1.15 * rate, min(1.08 * reach, 1.9 * rate if rate else reach), 0.01))


def _usual(answer: pd.DataFrame, grain: str, texts: Texts) -> list[dict]:
    left, right = periods.edges(answer, grain)
    low, high, center = (answer[name].to_numpy(float) for name in ("lower_limit", "upper_limit", "center"))
    known = bool(np.isfinite(high).any())
    return [
        band(left, right, low, high, name=texts("chart.shared.usual_range"), showlegend=known),
        level(left, right, center, line={"color": QUIET, "width": 1.2, "dash": "dot"}),
    ]
