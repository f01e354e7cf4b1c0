"""How long members stay, of all who came and not only of those who left."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.bands import band, begins_at, days_axis, until_next
from retention.figures.parts.segments import ALL, Table, end_labels, left_out, names_of, shown_of
from retention.figures.parts.theme import (
    ENOUGH,
    PLANS,
    interval,
    lost,
    note,
    nothing,
    percent_axis,
    plain,
    scatter,
    stage,
    tint,
    why_nothing,
    wrapped,
)
from retention.texts import Texts

CURVES, GAP = 300, 16  # pixels
YEAR = 365
MOST_TICKS = 120  # per curve
SHARES = ["survival", "low", "high"]


def survival(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to survival: step curves with bands while ten or more are observed, their number underneath."""
    observed = drawn(answer)
    if lost(observed, "survival"):
        return nothing(texts, observed=answer["at_risk"].max())
    segments, days = shown_of(observed), days_axis(float(observed["day"].max()), texts)
    names = {segment: plain(name, 14) for segment, name in names_of(observed, texts).items()}
    table, labels = Table(segments, names), end_labels(observed, segments, names)
    height, room = CURVES + GAP + table.height, max((len(names[segment]) for segment in segments), default=0)
    traces = []
    for place, segment in enumerate(segments):
        one = answer[answer["segment"] == segment]
        traces += _curve(one[one["at_risk"] >= ENOUGH], PLANS[place], names[segment], texts)
        traces.append(table.line(one, place, days["tickvals"], texts))
    under = note(" ".join([texts("chart.survival.note"), *left_out(observed, segments, texts)]))
    shares = percent_axis(1.0, texts, at_most=5) | {"domain": [1 - CURVES / height, 1], "range": [0, 1.03]}
    axes = {"xaxis": days | {"anchor": "y2", "title": under}, "yaxis": shares, "yaxis2": table.axis(height)}
    margin = {"l": 52, "r": 14 + 7 * room, "t": 12, "b": 8}
    return stage(texts, height + 74, traces, annotations=[*labels, *table.labels(texts)], margin=margin, **axes)


def drawn(answer: pd.DataFrame) -> pd.DataFrame:
    """As long as ten or more were observed."""
    return answer[answer["at_risk"] >= ENOUGH] if len(answer) else answer


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """How many are still there after a year, or as long as ten or more could be observed."""
    observed = drawn(answer)
    if lost(observed, "survival"):
        return ""
    said, names, begins = [], names_of(observed, texts), 0
    for segment in shown_of(observed)[:3]:
        one = observed[observed["segment"] == segment]
        of, after = "" if segment == ALL else "_of", int(min(YEAR, one["day"].iloc[-1]))
        reached = one[one["day"] <= after]
        if segment == ALL or len(reached):
            begins = max(begins, int(begins_at(one)))
        if reached.empty:  # everybody came under observation later than that
            said.append(texts(f"chart.survival.unknown{of}", count=after, segment=names[segment]))
            continue
        row = reached.iloc[-1]
        said.append(
            texts(
                f"chart.survival.finding{of}",
                count=after,
                segment=names[segment],
                share=texts.percent(row.survival),
                interval=interval(row.low, row.high, texts),
            )
        )
    if begins:
        said.append(texts("chart.survival.begins", count=begins))
    return " ".join(said)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(drawn(answer), "survival"):
        return why_nothing(texts, answer["at_risk"].max())
    return texts("chart.survival.alt", count=answer["segment"].nunique(), finding=finding(answer, texts))


def _curve(one: pd.DataFrame, colour: str, name: str, texts: Texts) -> list[dict]:
    moved = one[(one["ended"] > 0) | (one["day"] == one["day"].iloc[-1])]
    day, shares = (
        np.append(begins_at(one), moved["day"].to_numpy(float)),
        np.vstack([[1.0, 1.0, 1.0], moved[SHARES].to_numpy(float)]),
    )
    curve = scatter(
        x=day,
        y=shares[:, 0],
        mode="lines+markers",
        line={"color": colour, "width": 2, "shape": "hv"},
        showlegend=False,
        marker={"size": 4, "color": colour},
        hovertemplate=_sentence(name, texts),
        name=name,
        customdata=_hovered(moved, name, shares),
    )
    until = until_next(day)
    shade = band(day, until, shares[:, 1], shares[:, 2], fillcolor=tint(colour, 0.16), showlegend=False)
    return [shade, _ticks(one[one["censored"] > 0], colour), curve]


def _ticks(seen: pd.DataFrame, colour: str) -> dict:
    """Where members were last seen, still there; more than a few ticks are a smear."""
    seen = seen.iloc[:: max(1, len(seen) // MOST_TICKS)]
    return scatter(
        x=seen["day"].to_numpy(float),
        y=seen["survival"].to_numpy(float),
        mode="markers",
        hoverinfo="skip",
        showlegend=False,
        marker={"symbol": "line-ns-open", "size": 6, "color": colour, "line": {"width": 1, "color": colour}},
    )


def _hovered(moved: pd.DataFrame, name: str, shares: np.ndarray) -> np.ndarray:
    """Segment and day are the key of a row; the numbers are for the sentence."""
    segment = moved["segment"].iloc[0] if len(moved) else name
    days = np.append(int(begins_at(moved)), moved["day"].to_numpy()).astype(object)
    at_risk = np.append(moved["at_risk"].to_numpy()[:1], moved["at_risk"].to_numpy()).astype(object)
    return np.column_stack([np.full(len(days), segment, dtype=object), days, (100 * shares).astype(object), at_risk])


def _sentence(name: str, texts: Texts) -> str:
    """Blanks are filled by Plotly itself: there may be a thousand days."""
    said = texts(
        "chart.survival.hover",
        day="%{x:,d}",
        share="%{customdata[2]:.1f}\u202f%",
        at_risk="%{customdata[5]:,d}",
        interval="%{customdata[3]:.1f}–%{customdata[4]:.1f}\u202f%",
    )
    return (f"{name}<br>" if name else "") + wrapped(said, 70) + "<extra></extra>"
