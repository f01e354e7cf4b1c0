"""Which reasons rise or fall: one small line per reason, all on the same scale, each beside its usual range."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts import periods
from retention.figures.parts.bands import band
from retention.figures.parts.marks import CROWDED, points, settled_line
from retention.figures.parts.theme import (
    EMPHASIS,
    ENOUGH,
    INK,
    QUIET,
    lost,
    note,
    nothing,
    percent_axis,
    plain,
    stage,
    wrapped,
)
from retention.texts import Texts

MOST_SERIES = 8
PANEL, LABEL = 72, 26  # pixels
SERIES = ["reason", "wording"]


def reasons_over_time(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to reasons_over_time: share of answers per period, its usual range; hollow where not settled."""
    if lost(answer, "share_of_answers"):
        return nothing(texts)
    series = most_named(answer)
    drawn = [answer[(answer["reason"] == reason) & (answer["wording"] == wording)] for reason, wording in series]
    grain, axis = periods.grain_of(answer), percent_axis(_top(pd.concat(drawn)), texts, at_most=3)
    step = 1 / len(series)
    tops = [1 - place * step - step * LABEL / (PANEL + LABEL) for place in range(len(series))]
    shares = {
        f"yaxis{place}": axis | {"domain": [max(0.0, 1 - place * step), top], "anchor": "x"}
        for place, top in enumerate(tops, 1)
    }
    traces = [trace for place, one in enumerate(drawn, 1) for trace in _panel(one, f"y{place}", grain, texts)]
    time = periods.axis(answer, texts) | {"anchor": f"y{len(series)}", "title": note(_left_out(answer, series, texts))}
    named = [_label(one, top, texts) for one, top in zip(drawn, tops, strict=True)]
    height = len(series) * (PANEL + LABEL) + 84
    return stage(texts, height, traces, xaxis=time, annotations=named, **shares)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Reasons above their usual range in the newest settled period; where none is, who was last."""
    settled = answer[answer["state"] == "settled"] if len(answer) else answer
    if lost(settled, "share_of_answers"):
        return ""
    newest, above = settled["period_start"].max(), settled[settled["signal"] == "above"]
    judged = settled[settled["signal"].isin(["above", "below", "within"])]
    within = periods.within(newest, periods.grain_of(answer), texts)
    if judged[judged["period_start"] == newest].empty:
        return texts("chart.reasons_over_time.too_early")
    now = above[above["period_start"] == newest]
    if len(now):
        said = [_risen(row, texts) for row in now.sort_values("share_of_answers", ascending=False).itertuples()]
        return texts("chart.reasons_over_time.rising", within=within, reasons="; ".join(said))
    said = texts("chart.reasons_over_time.none_rising", within=within)
    if above.empty:
        return said
    last = above[above["period_start"] == above["period_start"].max()].iloc[0]
    period = periods.name(last.period_start, periods.grain_of(answer), texts)
    return f"{said} {texts('chart.reasons_over_time.last', period=period, reason=_risen(last, texts))}"


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "share_of_answers"):
        return texts("chart.shared.nothing")
    names = ", ".join(_name(reason, wording, texts) for reason, wording in most_named(answer))
    return texts("chart.reasons_over_time.alt", count=answer["period_start"].nunique(), reasons=names)


def most_named(answer: pd.DataFrame) -> list[tuple[str, str]]:
    """The reasons, or wordings of them, named most over all periods."""
    return answer.groupby(SERIES, sort=False)["named"].sum().nlargest(MOST_SERIES).index.tolist()


def _panel(one: pd.DataFrame, axis: str, grain: str, texts: Texts) -> list[dict]:
    x, share = periods.starts_of(one).to_numpy(), one["share_of_answers"].to_numpy(float)
    low, high = (one[name].to_numpy(float) for name in ("lower_limit", "upper_limit"))
    settled, outside = (one["state"] == "settled").to_numpy(), one["signal"].isin(["above", "below"]).to_numpy()
    colours = np.where(outside, EMPHASIS, np.where(one["answered"] < ENOUGH, QUIET, INK))
    sentence = {plural: _sentence(one.iloc[0], plural, texts) for plural in (1, 2)}
    hover = {
        "customdata": _hovered(one, grain, texts),
        "hovertemplate": np.where(one["answered"] == 1, sentence[1], sentence[2]),
    }
    left, right = periods.edges(one, grain)
    sizes = np.where(outside, 9, 4 if len(one) > CROWDED else 6)
    return [
        band(left, right, low, high, yaxis=axis, showlegend=False),
        settled_line(x, share, settled, yaxis=axis),
        points(x, share, settled, colours, sizes, yaxis=axis, **hover),
    ]


def _label(one: pd.DataFrame, top: float, texts: Texts) -> dict:
    """The name above its panel."""
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": top, "yref": "paper", "yanchor": "bottom"}
    name = plain(_name(one["reason"].iloc[0], one["wording"].iloc[0], texts))
    return place | {"text": f"<b>{name}</b>", "showarrow": False}


def _name(reason: str, wording: str, texts: Texts) -> str:
    return wording or texts.word("reason", reason)


def _risen(row: tuple, texts: Texts) -> str:
    return texts(
        "chart.reasons_over_time.risen",
        reason=_name(row.reason, row.wording, texts),
        named=int(row.named),
        count=int(row.answered),
        share=texts.percent(row.share_of_answers, 0),
        usual=texts.percent(row.upper_limit, 0),
    )


def _hovered(one: pd.DataFrame, grain: str, texts: Texts) -> np.ndarray:
    """Reason, wording and period are the key of a row; the rest is for the sentence."""
    states = [
        texts.word("signal", row.signal) if row.state == "settled" else texts.word("state", row.state)
        for row in one.itertuples()
    ]
    named = [periods.name(start, grain, texts) for start in one["period_start"]]
    shares = 100 * one[["share_of_answers", "low", "high"]].to_numpy(float)
    return np.column_stack(
        [
            one[SERIES].to_numpy(object),
            periods.keys_of(one).astype(object),
            np.array(named, dtype=object),
            np.array([state[:1].upper() + state[1:] for state in states], dtype=object),
            one[["named", "answered"]].to_numpy(object),
            shares,
        ]
    )


def _sentence(row: pd.Series, count: int, texts: Texts) -> str:
    """Blanks are filled by Plotly itself: there are as many points as reasons times periods."""
    said = texts(
        "chart.reasons_over_time.hover." + ("one" if count == 1 else "other"),
        reason=plain(_name(row.reason, row.wording, texts)),
        period="%{customdata[3]}",
        named="%{customdata[5]:,d}",
        count="%{customdata[6]:,d}",
        share="%{customdata[7]:.1f}\u202f%",
        interval="%{customdata[8]:.1f}–%{customdata[9]:.1f}\u202f%",
    )
    return wrapped(said, 90) + "<br>%{customdata[4]}.<extra></extra>"


def _left_out(answer: pd.DataFrame, series: list[tuple[str, str]], texts: Texts) -> str:
    rest = answer.groupby(SERIES).ngroups - len(series)
    said = texts("chart.reasons_over_time.note")
    return f"{said} {texts('chart.shared.reasons_left_out', count=rest)}" if rest else said


def _top(shown: pd.DataFrame) -> float:
    """All shares fit where enough answered to mean something; ranges may leave the frame."""
    meant = shown[shown["answered"] >= ENOUGH]
    highest = float((meant if len(meant) else shown)["share_of_answers"].max())
    return min(1.0, max(highest * 1.25, 0.05))
