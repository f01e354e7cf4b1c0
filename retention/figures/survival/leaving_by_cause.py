"""By which cause members leave in the long run, beside the reading that overstates it."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.bands import band, begins_at, days_axis, until_next
from retention.figures.parts.segments import apart
from retention.figures.parts.theme import (
    CAUSES,
    ENOUGH,
    interval,
    lost,
    note,
    nothing,
    percent_axis,
    scatter,
    stage,
    tint,
    why_nothing,
    wrapped,
)
from retention.texts import Texts

YEAR = 365
SHARES = ["share", "low", "high", "alone"]


def leaving_by_cause(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to leaving_by_cause: a rising curve with its band per cause, 1 − Kaplan–Meier dotted."""
    observed = drawn(answer)
    if lost(observed, "share"):
        return nothing(texts, observed=answer["at_risk"].max())
    days = days_axis(float(observed["day"].max()), texts) | {"title": note(texts("chart.leaving_by_cause.note"))}
    top = min(1.0, max(1.06 * float(observed[["high", "alone"]].to_numpy(float).max()), 0.02))
    traces = [
        trace for cause in _causes(observed) for trace in _curve(observed[observed["cause"] == cause], cause, texts)
    ]
    axes = {"xaxis": days, "yaxis": percent_axis(top, texts)}
    return stage(
        texts,
        360,
        traces,
        annotations=_labels(observed, top, texts),
        margin={"l": 52, "r": 92, "t": 10, "b": 8},
        **axes,
    )


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """How many are gone by each cause after a year, or as long as ten or more could be observed."""
    observed = drawn(answer)
    if lost(observed, "share"):
        return ""
    after = int(min(YEAR, observed["day"].max()))
    rows = observed[observed["day"] <= after].groupby("cause", sort=False).last()
    parts = [
        texts(
            "chart.leaving_by_cause.part",
            cause=texts.word("cause", cause),
            share=texts.percent(rows.loc[cause, "share"]),
            interval=interval(rows.loc[cause, "low"], rows.loc[cause, "high"], texts),
        )
        for cause in _causes(observed)
        if cause in rows.index and rows.loc[cause, "share"] > 0
    ]
    said = [texts("chart.leaving_by_cause.finding", count=after, parts="; ".join(parts))] if parts else []
    if begins := int(begins_at(observed)):
        if begins > after:
            said = [texts("chart.leaving_by_cause.unknown", count=after)]
        said.append(texts("chart.survival.begins", count=begins))
    return " ".join(said)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(drawn(answer), "share"):
        return why_nothing(texts, answer["at_risk"].max())
    return texts("chart.leaving_by_cause.alt", count=answer["cause"].nunique(), finding=finding(answer, texts)).strip()


def drawn(answer: pd.DataFrame) -> pd.DataFrame:
    """As long as ten or more were observed."""
    return answer[answer["at_risk"] >= ENOUGH] if len(answer) else answer


def _causes(observed: pd.DataFrame) -> list[str]:
    return [cause for cause in CAUSES if cause in set(observed["cause"])]


def _curve(one: pd.DataFrame, cause: str, texts: Texts) -> list[dict]:
    moved = one[(one["ended"] > 0) | (one["day"] == one["day"].iloc[-1])]
    day = np.append(begins_at(one), moved["day"].to_numpy(float))
    shares, colour = np.vstack([[0.0] * 4, moved[SHARES].to_numpy(float)]), CAUSES[cause]
    keys = np.column_stack(
        [np.full(len(day), cause, dtype=object), day.astype(int).astype(object), (100 * shares).astype(object)]
    )
    hover = texts(
        "chart.leaving_by_cause.hover",
        cause=texts.word("cause", cause),
        day="%{x:,d}",
        share="%{customdata[2]:.1f}\u202f%",
        interval="%{customdata[3]:.1f}–%{customdata[4]:.1f}\u202f%",
        alone="%{customdata[5]:.1f}\u202f%",
    )
    drawn = {"x": day, "showlegend": False}
    return [
        band(day, until_next(day), shares[:, 1], shares[:, 2], fillcolor=tint(colour, 0.16), showlegend=False),
        scatter(
            y=shares[:, 3],
            mode="lines",
            hoverinfo="skip",
            line={"color": colour, "width": 1.2, "dash": "dot", "shape": "hv"},
            **drawn,
        ),
        scatter(
            y=shares[:, 0],
            mode="lines+markers",
            line={"color": colour, "width": 2, "shape": "hv"},
            marker={"size": 4, "color": colour},
            customdata=keys,
            hovertemplate=wrapped(hover, 66) + "<extra></extra>",
            **drawn,
        ),
    ]


def _labels(observed: pd.DataFrame, top: float, texts: Texts) -> list[dict]:
    """Each cause's name at the end of its curve, above or below one another where they would touch."""
    ends = observed.groupby("cause").last().sort_values("share")
    heights = np.maximum(apart(ends["share"].to_numpy(float), 0.12 * top), 0.05 * top)
    return [
        {
            "x": day,
            "y": height,
            "xanchor": "left",
            "xshift": 6,
            "align": "left",
            "showarrow": False,
            "text": wrapped(texts.word("cause", cause), 14),
            "font": {"size": 12, "color": CAUSES[cause]},
        }
        for cause, day, height in zip(ends.index, ends["day"], heights, strict=True)
    ]
