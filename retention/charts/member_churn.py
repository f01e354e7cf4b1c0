"""The churn trend: which months differ from the usual, and which only look so."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.charts import periods
from retention.charts.curves import band, level
from retention.charts.labels import number_labels
from retention.charts.marks import CROWDED, points, settled_line, spoken, whiskers
from retention.charts.theme import (
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


def member_churn(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to member_churn: the rate, its interval, its usual range; hollow where not settled."""
    if lost(answer, "churn_rate"):
        return nothing(texts)
    answer = answer.reset_index(drop=True)
    grain = periods.grain_of(answer)
    return stage(
        texts,
        380,
        [*_usual(answer, grain, texts), *_points(answer, grain, texts)],
        xaxis=periods.axis(answer, texts),
        yaxis=percent_axis(_top(answer), texts),
        annotations=number_labels(answer, "churn_rate", _top(answer), texts),
    )


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """What the newest settled period says, and no more than its usual range allows."""
    if lost(answer, "churn_rate"):
        return ""
    row = periods.newest_settled(answer, "churn_rate")
    if row is None:
        return texts("chart.member_churn.none_settled")
    return texts(
        "chart.member_churn.finding",
        count=int(row.churned),
        active=int(row.active),
        rate=texts.percent(row.churn_rate),
        within=periods.within(row.period_start, periods.grain_of(answer), texts),
        signal=texts.word("signal", row.signal),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in one or two sentences, for whoever cannot see it."""
    if lost(answer, "churn_rate"):
        return texts("chart.shared.nothing")
    grain, outside = periods.grain_of(answer), int(answer["signal"].isin(["above", "below"]).sum())
    return texts(
        "chart.member_churn.alt",
        count=len(answer),
        first=periods.name(answer["period_start"].iloc[0], grain, texts),
        last=periods.name(answer["period_start"].iloc[-1], grain, texts),
        outside=outside,
        finding=finding(answer, texts),
    )


def _usual(answer: pd.DataFrame, grain: str, texts: Texts) -> list[dict]:
    left, right = periods.edges(answer, grain)
    low, high, center = (answer[name].to_numpy(float) for name in ("lower_limit", "upper_limit", "center"))
    known = bool(np.isfinite(high).any())
    return [
        band(left, right, low, high, name=texts("chart.shared.usual_range"), showlegend=known),
        level(left, right, center, line={"color": QUIET, "width": 1.2, "dash": "dot"}),
    ]


def _points(answer: pd.DataFrame, grain: str, texts: Texts) -> list[dict]:
    x, rate = periods.starts_of(answer).to_numpy(), answer["churn_rate"].to_numpy(float)
    settled, crowded = (answer["state"] == "settled").to_numpy(), len(answer) > CROWDED
    outside = answer["signal"].isin(["above", "below"]).to_numpy()
    low, high = (answer[name].to_numpy(float) for name in ("low", "high"))
    thin = (tint(INK, 0.4), 0.7) if crowded else (tint(INK, 0.55), 1.3)
    colours = np.where(outside, EMPHASIS, np.where(answer["active"] < ENOUGH, QUIET, INK))
    hover = [_sentence(row, grain, texts) for row in answer.itertuples()]
    return [
        settled_line(x, rate, settled),
        points(
            x,
            rate,
            settled,
            colours,
            np.where(outside, 11, 4 if crowded else 7),
            error_y=whiskers(rate, low, high, *thin),
            **spoken(hover, periods.keys_of(answer)),
        ),
    ]


def _sentence(row: tuple, grain: str, texts: Texts) -> str:
    period = periods.name(row.period_start, grain, texts)
    if not row.active > 0:
        return texts("chart.member_churn.hover_empty", period=period)
    state = texts.word("signal", row.signal)
    if row.state != "settled":
        state = texts("chart.shared.settles", state=texts.word("state", row.state), day=texts.day(row.settles_on))
    return wrapped(
        texts(
            "chart.member_churn.hover",
            period=period,
            churned=int(row.churned),
            active=int(row.active),
            rate=texts.percent(row.churn_rate),
            interval=interval(row.low, row.high, texts),
            state=state[:1].upper() + state[1:],
        )
    )


def _top(answer: pd.DataFrame) -> float:
    """All rates fit; the interval of a handful of members may leave the frame, so that the rest is legible."""
    rate = np.nanmax(answer["churn_rate"].to_numpy(float))
    reach = np.nanmax(answer[["high", "upper_limit"]].to_numpy(float))
    return min(1.0, max(1.15 * rate, min(1.08 * reach, 1.9 * rate if rate else reach), 0.01))
