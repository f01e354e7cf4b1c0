"""How long requests to cancel wait: the share still waiting after so many hours, open ones counted as far as seen."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.bands import band, until_next
from retention.figures.parts.durations import duration, hours_axis, on_axis
from retention.figures.parts.theme import (
    ENOUGH,
    PLANS,
    QUIET,
    lost,
    note,
    nothing,
    percent_axis,
    scatter,
    stage,
    tint,
    wrapped,
)
from retention.texts import Texts

KINDS = ("reply", "done")
SHARES = ["waiting", "low", "high"]
MOST = 200  # points of a curve: more are not seen


def waiting(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to waiting: a falling curve for the first reply and one for the end."""
    if lost(answer, "waiting"):
        return nothing(texts)
    traces = []
    for kind, colour in zip(KINDS, PLANS, strict=False):
        one = answer[answer["waited_for"] == kind]
        many = one[one["at_risk"] >= ENOUGH]
        one = many if len(many) else one
        if len(one):
            traces += _curve(one, colour if one["at_risk"].max() >= ENOUGH else QUIET, texts)
    under = note(texts("chart.waiting.note"))
    hours = hours_axis(float(answer["hours"].max()), texts) | {"title": under}
    return stage(texts, 360, traces, xaxis=hours, yaxis=percent_axis(1.0, texts, at_most=5) | {"range": [0, 1.03]})


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """After how long half, and nine in ten, no longer wait."""
    said = []
    for kind in KINDS:
        one = answer[answer["waited_for"] == kind] if len(answer) else answer
        if not len(one) or not one["waiting"].notna().any():
            continue
        half, most = (reached(one, left) for left in (0.5, 0.1))
        key = "reached" if most is not None else "half" if half is not None else "none"
        said.append(
            texts(
                f"chart.waiting.finding_{kind}_{key}",
                half=duration(half, texts),
                most=duration(most, texts),
                n=int(one["at_risk"].max()),
            )
        )
    return " ".join(said)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "waiting"):
        return texts("chart.shared.nothing")
    return texts("chart.waiting.alt", finding=finding(answer, texts))


def reached(one: pd.DataFrame, left: float) -> float | None:
    """Hours after which no more than the share `left` still waits; None where that was not seen."""
    there = one[one["waiting"] <= left + 1e-9]
    return float(there["hours"].iloc[0]) if len(there) else None


def _curve(one: pd.DataFrame, colour: str, texts: Texts) -> list[dict]:
    steps = one[(one["ended"] > 0) | (one["hours"] == one["hours"].iloc[-1])]
    steps = steps.iloc[np.unique(np.linspace(0, len(steps) - 1, min(MOST, len(steps))).astype(int))]
    start = steps.iloc[:1].assign(hours=0.0, at_risk=one["at_risk"].max(), waiting=1.0, low=1.0, high=1.0)
    steps = pd.concat([start, steps], ignore_index=True)
    kind, hours = one["waited_for"].iloc[0], on_axis(steps["hours"].to_numpy(float))
    shares = steps[SHARES].to_numpy(float)
    curve = scatter(
        x=hours,
        y=shares[:, 0],
        mode="lines+markers",
        name=texts.word("chart.waiting.kind", kind),
        line={"color": colour, "width": 2, "shape": "hv", "dash": "solid" if kind == "reply" else "dash"},
        marker={"size": 4, "color": colour},
        hovertext=[_sentence(kind, row, texts) for row in steps.itertuples()],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=np.column_stack([np.full(len(steps), kind, dtype=object), steps["hours"].to_numpy(object)]),
    )
    shade = {"fillcolor": tint(colour, 0.16), "showlegend": False}
    return [band(hours, until_next(hours), shares[:, 1], shares[:, 2], **shade), curve]


def _sentence(kind: str, row: tuple, texts: Texts) -> str:
    return wrapped(
        texts(
            f"chart.waiting.hover_{kind}",
            hours=duration(row.hours, texts),
            share=texts.percent(row.waiting),
            interval=f"{texts.number(row.low * 100, 1)}–{texts.percent(row.high)}",
            n=int(row.at_risk),
        )
    )
