"""Which reasons rise or fall: one small line per reason, all on the same scale."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.charts import periods
from retention.charts.curves import band
from retention.charts.marks import CROWDED, points, settled_line
from retention.charts.theme import ENOUGH, INK, QUIET, lost, note, nothing, percent_axis, plain, stage, tint, wrapped
from retention.texts import Texts

MOST_REASONS = 6
PANEL, LABEL = 72, 26  # pixels
SHARES = ("share_of_answers", "low", "high")


def reasons_over_time(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to reasons_over_time: share of answers per period with interval; hollow where not settled."""
    if lost(answer, "share_of_answers"):
        return nothing(texts)
    reasons = most_named(answer)
    grain, axis = periods.grain_of(answer), percent_axis(_top(answer[answer["reason"].isin(reasons)]), texts, at_most=3)
    step = 1 / len(reasons)
    tops = {reason: 1 - place * step - step * LABEL / (PANEL + LABEL) for place, reason in enumerate(reasons)}
    shares = {
        f"yaxis{place}": axis | {"domain": [max(0.0, 1 - place * step), tops[reason]], "anchor": "x"}
        for place, reason in enumerate(reasons, 1)
    }
    traces = [
        trace
        for place, reason in enumerate(reasons, 1)
        for trace in _panel(answer[answer["reason"] == reason], f"y{place}", grain, texts)
    ]
    time = periods.axis(answer, texts) | {
        "anchor": f"y{len(reasons)}",
        "title": note(_left_out(answer, reasons, texts)),
    }
    height = len(reasons) * (PANEL + LABEL) + 84
    named = [_name(reason, top, texts) for reason, top in tops.items()]
    return stage(texts, height, traces, xaxis=time, annotations=named, **shares)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "share_of_answers"):
        return texts("chart.shared.nothing")
    reasons = ", ".join(texts.word("reason", code) for code in most_named(answer))
    return texts("chart.reasons_over_time.alt", count=answer["period_start"].nunique(), reasons=reasons)


def most_named(answer: pd.DataFrame) -> list[str]:
    """The reasons named most over all periods."""
    return answer.groupby("reason", sort=False)["named"].sum().nlargest(MOST_REASONS).index.tolist()


def _panel(one: pd.DataFrame, axis: str, grain: str, texts: Texts) -> list[dict]:
    x, share, low, high = periods.starts_of(one).to_numpy(), *(one[name].to_numpy(float) for name in SHARES)
    settled, colours = (one["state"] == "settled").to_numpy(), np.where(one["answered"] < ENOUGH, QUIET, INK)
    sentence = {plural: _sentence(one["reason"].iloc[0], plural, texts) for plural in (1, 2)}
    hover = {
        "customdata": _hovered(one, grain, texts),
        "hovertemplate": np.where(one["answered"] == 1, sentence[1], sentence[2]),
    }
    return [
        band(x, x, low, high, fillcolor=tint(INK, 0.14), yaxis=axis, showlegend=False),
        settled_line(x, share, settled, yaxis=axis),
        points(x, share, settled, colours, 4 if len(one) > CROWDED else 6, yaxis=axis, **hover),
    ]


def _name(reason: str, top: float, texts: Texts) -> dict:
    """The reason's name above its panel."""
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": top, "yref": "paper", "yanchor": "bottom"}
    return place | {"text": f"<b>{plain(texts.word('reason', reason))}</b>", "showarrow": False}


def _hovered(one: pd.DataFrame, grain: str, texts: Texts) -> np.ndarray:
    """Period and reason are the key of a row; the rest is for the sentence."""
    periods_named = [
        periods.name(row.period_start, grain, texts)
        + ("" if row.state == "settled" else f" ({texts.word('state', row.state)})")
        for row in one.itertuples()
    ]
    numbers = np.column_stack([one[["named", "answered"]].to_numpy(object), 100 * one[list(SHARES)].to_numpy(float)])
    return np.column_stack(
        [periods.keys_of(one).astype(object), one["reason"].to_numpy(object), periods_named, numbers]
    )


def _sentence(reason: str, count: int, texts: Texts) -> str:
    """Blanks are filled by Plotly itself: there are as many points as reasons times periods."""
    said = texts(
        "chart.reasons_over_time.hover." + ("one" if count == 1 else "other"),
        reason=plain(texts.word("reason", reason)),
        period="%{customdata[2]}",
        named="%{customdata[3]:,d}",
        count="%{customdata[4]:,d}",
        share="%{customdata[5]:.1f}\u202f%",
        interval="%{customdata[6]:.1f}–%{customdata[7]:.1f}\u202f%",
    )
    return wrapped(said, 90) + "<extra></extra>"


def _left_out(answer: pd.DataFrame, reasons: list[str], texts: Texts) -> str:
    rest = answer["reason"].nunique() - len(reasons)
    said = texts("chart.reasons_over_time.note")
    return f"{said} {texts('chart.shared.reasons_left_out', count=rest)}" if rest else said


def _top(shown: pd.DataFrame) -> float:
    """All shares fit where enough answered to mean something; intervals may leave the frame."""
    meant = shown[shown["answered"] >= ENOUGH]
    highest = float((meant if len(meant) else shown)["share_of_answers"].max())
    return min(1.0, max(highest * 1.25, 0.05))
