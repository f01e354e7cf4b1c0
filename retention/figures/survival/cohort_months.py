"""Do newer cohorts stay better: the share still there after 1, 3, 6 and 12 months, cohort by cohort."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts import periods
from retention.figures.parts.bands import band
from retention.figures.parts.marks import points, settled_line, spoken
from retention.figures.parts.theme import (
    ENOUGH,
    PLANS,
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

AGES = (1, 3, 6, 12)


def cohort_months(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to cohorts: one line per month, over the cohorts; hollow where not all have come so far."""
    cells = _cells(answer)
    if lost(cells, "share_of_start"):
        return nothing(texts)
    traces = [
        trace for place, age in enumerate(AGES) for trace in _line(cells[cells["age"] == age], PLANS[place], texts)
    ]
    axes = {"xaxis": periods.axis(cells, texts), "yaxis": percent_axis(1.03, texts, at_most=5)}
    return stage(
        texts, 340, traces, annotations=_labels(cells, texts), margin={"l": 52, "r": 84, "t": 10, "b": 8}, **axes
    )


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """The newest settled cohort after as many months as it has come."""
    cells = _cells(answer)
    settled = cells[(cells["state"] == "settled") & (cells["observed"] >= ENOUGH)]
    parts = []
    for age in AGES:
        one = settled[settled["age"] == age]
        if len(one):
            row = one.iloc[-1]
            share = f"{texts.percent(row.share_of_start)} ({interval(row.low, row.high, texts)})"
            blanks = {"count": age, "cohort": texts.period(row.period_start), "share": share}
            parts.append(texts("chart.cohort_months.part", **blanks))
    return texts("chart.cohort_months.finding", parts="; ".join(parts)) if parts else ""


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    cells = _cells(answer)
    if lost(cells, "share_of_start"):
        return texts("chart.shared.nothing")
    return texts("chart.cohort_months.alt", count=cells["age"].nunique(), finding=finding(answer, texts)).strip()


def _cells(answer: pd.DataFrame) -> pd.DataFrame:
    told = answer[answer["cohort"].notna() & answer["age"].isin(AGES)]
    return told.rename(columns={"cohort": "period_start"}).sort_values("period_start", kind="stable")


def _line(one: pd.DataFrame, colour: str, texts: Texts) -> list[dict]:
    if one.empty:
        return []
    x, share, low, high = (
        periods.starts_of(one).to_numpy(),
        *(one[name].to_numpy(float) for name in ("share_of_start", "low", "high")),
    )
    settled, keys = (one["state"] == "settled").to_numpy(), periods.keys_of(one)
    colours = np.where(one["observed"] < ENOUGH, QUIET, colour)
    hover = [_sentence(row, texts) for row in one.itertuples()]
    key = np.column_stack([keys.astype(object), one["age"].to_numpy(object)])
    return [
        band(
            x,
            x,
            np.where(settled, low, np.nan),
            np.where(settled, high, np.nan),
            fillcolor=tint(colour, 0.13),
            showlegend=False,
        ),
        settled_line(x, share, settled, line={"color": colour, "width": 2}),
        points(x, share, settled, colours, 6, **spoken(hover, key)),
    ]


def _labels(cells: pd.DataFrame, texts: Texts) -> list[dict]:
    """Each line's name at its end."""
    ends = cells[cells["state"] == "settled"].groupby("age").last()
    return [
        {
            "x": f"{row.period_start:%Y-%m-%d}",
            "y": row.share_of_start,
            "xanchor": "left",
            "xshift": 8,
            "showarrow": False,
            "text": texts("chart.cohort_months.label", count=int(row.Index)),
        }
        for row in ends.itertuples()
    ]


def _sentence(row: tuple, texts: Texts) -> str:
    blanks = {"cohort": texts.period(row.period_start), "active": int(row.active), "observed": int(row.observed)}
    shares = {"share": texts.percent(row.share_of_start), "interval": interval(row.low, row.high, texts)}
    settles = "" if row.state == "settled" else " " + texts("chart.cohorts.settles", day=texts.day(row.settles_on))
    return wrapped(texts("chart.cohort_months.hover", count=int(row.age), **blanks, **shares) + settles, 60)
