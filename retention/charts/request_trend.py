"""Whether leaving got easier, quicker or friendlier: one measure over time against its usual range."""

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


def request_trend(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to request_trend: the rate, its interval, its usual range; hollow where not settled."""
    if lost(answer, "rate"):
        return nothing(texts)
    answer = answer.reset_index(drop=True)
    grain, top = periods.grain_of(answer), _top(answer)
    return stage(
        texts,
        360,
        [*_usual(answer, grain, texts), *_points(answer, grain, texts)],
        xaxis=periods.axis(answer, texts),
        yaxis=percent_axis(top, texts),
        annotations=number_labels(_peaks(answer), "rate", top, texts),
    )


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """What the newest settled period says, and no more than its usual range allows."""
    row = None if lost(answer, "rate") else periods.newest_settled(answer, "rate")
    if row is None:
        return "" if answer.empty else texts("chart.request_trend.none_settled")
    return texts(
        "chart.request_trend.finding",
        count=int(row.counted),
        hits=int(row.hits),
        share=texts.percent(row.rate),
        within=periods.within(row.period_start, periods.grain_of(answer), texts),
        signal=texts.word("signal", row.signal),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "rate"):
        return texts("chart.shared.nothing")
    outside = int(answer["signal"].isin(["above", "below"]).sum())
    return texts("chart.request_trend.alt", count=len(answer), outside=outside, finding=finding(answer, texts))


def _peaks(answer: pd.DataFrame) -> pd.DataFrame:
    """Of neighbours outside the usual range the farthest alone keeps its signal: numbers would lie on each other."""
    outside = answer["signal"].isin(["above", "below"])
    run = (outside != outside.shift()).cumsum()
    far = (answer["rate"] - answer["center"]).abs().where(outside)
    farthest = far.groupby(run).transform("max")
    return answer.assign(signal=answer["signal"].where(~outside | (far == farthest), "within"))


def _usual(answer: pd.DataFrame, grain: str, texts: Texts) -> list[dict]:
    left, right = periods.edges(answer, grain)
    low, high, center = (answer[name].to_numpy(float) for name in ("lower_limit", "upper_limit", "center"))
    return [
        band(left, right, low, high, name=texts("chart.shared.usual_range"), showlegend=bool(np.isfinite(high).any())),
        level(left, right, center, line={"color": QUIET, "width": 1.2, "dash": "dot"}),
    ]


def _points(answer: pd.DataFrame, grain: str, texts: Texts) -> list[dict]:
    x, rate = periods.starts_of(answer).to_numpy(), answer["rate"].to_numpy(float)
    settled, crowded = (answer["state"] == "settled").to_numpy(), len(answer) > CROWDED
    outside = answer["signal"].isin(["above", "below"]).to_numpy()
    low, high = (answer[name].to_numpy(float) for name in ("low", "high"))
    colours = np.where(outside, EMPHASIS, np.where(answer["counted"] < ENOUGH, QUIET, INK))
    hover = [_sentence(row, grain, texts) for row in answer.itertuples()]
    sizes = np.where(outside, 11, 4 if crowded else 7)
    bars = whiskers(rate, low, high, tint(INK, 0.5), 0.7 if crowded else 1.3)
    marks = points(x, rate, settled, colours, sizes, error_y=bars, **spoken(hover, periods.keys_of(answer)))
    return [settled_line(x, rate, settled), marks]


def _sentence(row: tuple, grain: str, texts: Texts) -> str:
    period = periods.name(row.period_start, grain, texts)
    if not row.counted > 0:
        return texts("chart.request_trend.hover_empty", period=period)
    state = texts.word("signal", row.signal)
    if row.state != "settled":
        state = texts("chart.shared.settles", state=texts.word("state", row.state), day=texts.day(row.settles_on))
    said = {"period": period, "hits": int(row.hits), "count": int(row.counted), "share": texts.percent(row.rate)}
    said |= {"interval": interval(row.low, row.high, texts), "state": state[:1].upper() + state[1:]}
    return wrapped(texts("chart.request_trend.hover", **said))


def _top(answer: pd.DataFrame) -> float:
    rate = np.nanmax(answer["rate"].to_numpy(float))
    reach = np.nanmax(answer[["high", "upper_limit"]].to_numpy(float))
    return min(1.0, max(1.15 * rate, min(1.08 * reach, 1.9 * rate if rate else reach), 0.02))
