"""How many of today's members remain, and from when on that is an assumption."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.marks import spoken
from retention.figures.parts.projection_axis import count_axis, months_axis
from retention.figures.parts.theme import ENOUGH, INK, QUIET, SHADE, lost, note, nothing, scatter, stage, wrapped
from retention.texts import Texts

MUCH = 0.1  # of those expected: from here on the line rests on the assumption


def forecast(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to forecast: members expected to remain with their band, dashed where it is an assumption."""
    if lost(answer, "members") or not answer["base"].iloc[0] > 0:
        return nothing(texts)
    x, members, low, high = (answer[name].to_numpy(float) for name in ("months_ahead", "members", "low", "high"))
    shade = scatter(
        x=np.concatenate([x, x[::-1]]),
        y=np.concatenate([high, low[::-1]]),
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=SHADE,
        hoverinfo="skip",
        showlegend=False,
    )
    axes = {
        "xaxis": months_axis(answer, texts) | {"title": note(texts("chart.forecast.note"))},
        "yaxis": count_axis(high, texts),
    }
    margin = {"l": 52, "r": 16, "t": 10, "b": 8}
    return stage(
        texts,
        340,
        [shade, *_lines(x, members, answer, texts)],
        annotations=[_label(answer, texts)],
        margin=margin,
        **axes,
    )


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """What remains after twelve months, and how much of it nobody has observed yet."""
    if lost(answer, "members") or answer["base"].iloc[0] < ENOUGH:
        return ""
    last = answer.iloc[-1]
    said = texts(
        "chart.forecast.finding",
        base=int(last.base),
        count=int(last.months_ahead),
        members=round(last.members),
        low=round(last.low),
        high=round(last.high),
        share=texts.percent(last.members / last.base),
    )
    assumed = texts("chart.forecast.assumed", share=texts.percent(last.assumed, 0)) if last.assumed > MUCH else ""
    return f"{said} {assumed}".strip()


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "members"):
        return texts("chart.shared.nothing")
    return texts("chart.forecast.alt", finding=finding(answer, texts)).strip()


def _lines(x: np.ndarray, members: np.ndarray, answer: pd.DataFrame, texts: Texts) -> list[dict]:
    """One line; from the month on in which much is assumed, dashed."""
    much = (answer["assumed"] > MUCH).to_numpy()
    turn = int(np.argmax(much)) if much.any() else len(x)
    hover, keys = [_sentence(row, texts) for row in answer.itertuples()], answer["months_ahead"].astype(str).to_numpy()
    made, colour = [], INK if answer["base"].iloc[0] >= ENOUGH else QUIET
    for part, dash in ((slice(0, turn), "solid"), (slice(max(turn - 1, 0), None), "dash")):
        if len(x[part]) > (dash == "dash"):
            named = {"name": texts(f"chart.forecast.{dash}"), "showlegend": bool(much.any())}
            line = {"color": colour, "width": 2, "dash": dash}
            marks = {"size": 6, "color": colour, "symbol": "circle" if dash == "solid" else "circle-open"}
            drawn = scatter(x=x[part], y=members[part], mode="lines+markers", line=line, marker=marks, **named)
            made.append(drawn | spoken(hover[part], keys[part]))
    return made


def _label(answer: pd.DataFrame, texts: Texts) -> dict:
    last = answer.iloc[-1]
    text = f"<b>{texts.number(last.members)}</b>"
    return {
        "x": last.months_ahead,
        "y": last.high,
        "text": text,
        "yanchor": "bottom",
        "xanchor": "center",
        "showarrow": False,
    }


def _sentence(row: tuple, texts: Texts) -> str:
    blanks = {
        "day": texts.day(row.day),
        "members": round(row.members),
        "base": int(row.base),
        "interval": f"{texts.number(row.low)}–{texts.number(row.high)}",
        "share": texts.percent(row.members / row.base if row.base else None),
        "assumed": texts.percent(row.assumed, 0),
        "mrr": texts.money(row.mrr),
    }
    return wrapped(texts("chart.forecast.hover", **blanks), 60)
