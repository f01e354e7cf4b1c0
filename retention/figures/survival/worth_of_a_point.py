"""What lower churn would be worth after a year: a projection, in members and in money."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.marks import spoken
from retention.figures.parts.projection_axis import count_axis, months_axis
from retention.figures.parts.theme import ENOUGH, INK, PLANS, lost, note, nothing, scatter, stage, wrapped
from retention.texts import Texts

LOWER = PLANS[2]


def worth_of_a_point(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to worth_of_a_point: members as the forecast has them, and with the lower churn."""
    if lost(answer, "members"):
        return nothing(texts)
    x, as_is, lower = (answer[name].to_numpy(float) for name in ("months_ahead", "members", "members_lower"))
    hover, keys = [_sentence(row, texts) for row in answer.itertuples()], answer["months_ahead"].astype(str).to_numpy()
    between = scatter(
        x=np.concatenate([x, x[::-1]]),
        y=np.concatenate([lower, as_is[::-1]]),
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor="rgba(16, 168, 103, 0.18)",
        hoverinfo="skip",
        showlegend=False,
    )
    lines = [
        scatter(
            x=x,
            y=y,
            mode="lines+markers",
            name=texts(f"chart.worth_of_a_point.{name}"),
            line={"color": colour, "width": 2, "dash": "dash"},
            marker={"size": 6, "color": colour},
        )
        | spoken(hover, keys)
        for name, y, colour in (("as_is", as_is, INK), ("lower", lower, LOWER))
    ]
    axes = {
        "xaxis": months_axis(answer, texts) | {"title": note(texts("chart.worth_of_a_point.note"))},
        "yaxis": count_axis(lower, texts),
    }
    return stage(texts, 320, [between, *lines], annotations=[_label(answer.iloc[-1], texts)], showlegend=True, **axes)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """What the lower churn is worth at the end of the year."""
    if lost(answer, "members") or answer["members"].iloc[0] < ENOUGH or not answer["churn"].iloc[0] > 0:
        return ""
    last = answer.iloc[-1]
    return texts(
        "chart.worth_of_a_point.finding",
        churn=texts.percent(last.churn),
        lower=texts.percent(last.churn_lower),
        count=round(last.more_members),
        mrr=texts.money(last.more_mrr),
        n=texts.number(answer["members"].iloc[0]),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "members"):
        return texts("chart.shared.nothing")
    return texts("chart.worth_of_a_point.alt", finding=finding(answer, texts)).strip()


def _label(last: pd.Series, texts: Texts) -> dict:
    text = f"<b>+{texts.number(last.more_members)}</b>"
    place = {"x": last.months_ahead, "y": last.members_lower, "yanchor": "bottom", "yshift": 6, "xanchor": "center"}
    return place | {"text": text, "showarrow": False}


def _sentence(row: tuple, texts: Texts) -> str:
    blanks = {"day": texts.day(row.day), "members": round(row.members), "lower": round(row.members_lower)}
    amounts = {"mrr": texts.money(row.mrr), "mrr_lower": texts.money(row.mrr_lower)}
    return wrapped(texts("chart.worth_of_a_point.hover", **blanks, **amounts), 60)
