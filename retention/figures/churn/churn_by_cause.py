"""Why membership ended: what members decided, what their bank decided, and what nobody knows."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts import periods
from retention.figures.parts.theme import CAUSES, lost, nothing, percent_axis, stage, wrapped
from retention.texts import Texts


def churn_by_cause(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to member_churn by cause, stacked to the whole rate; pale where not settled."""
    if lost(answer, "churn_rate"):
        return nothing(texts)
    grain = periods.grain_of(answer)
    top = max(float(np.nanmax(answer["churn_rate"])) * 1.08, 0.01)
    said = np.array([_period(row, grain, texts) for row in answer.itertuples()], dtype=object)
    traces = [_bars(answer, cause, said, grain, texts) for cause in _present(answer)]
    axes = {"xaxis": periods.axis(answer, texts), "yaxis": percent_axis(top, texts)}
    return stage(texts, 260, traces, barmode="stack", showlegend=True, **axes)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """How the newest settled period divides among the causes."""
    row = None if lost(answer, "churn_rate") else periods.newest_settled(answer, "churn_rate")
    if row is None:
        return ""
    within = periods.within(row.period_start, periods.grain_of(answer), texts)
    if not row.churned:
        return texts("chart.churn_by_cause.nobody", within=within)
    parts = ", ".join(f"{texts.number(row[cause])} {texts.word('cause', cause)}" for cause in _present(answer))
    return texts("chart.churn_by_cause.finding", within=within, count=int(row.churned), parts=parts)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "churn_rate"):
        return texts("chart.shared.nothing")
    return texts("chart.churn_by_cause.alt", count=len(answer), finding=finding(answer, texts))


def _present(answer: pd.DataFrame) -> list[str]:
    """The causes that occur at all."""
    return [cause for cause in CAUSES if (answer[cause] > 0).any()]


def _bars(answer: pd.DataFrame, cause: str, said: np.ndarray, grain: str, texts: Texts) -> dict:
    settled, rate = (answer["state"] == "settled").to_numpy(), answer[f"{cause}_rate"].to_numpy(float)
    counts = answer[[cause, "active"]].to_numpy(object)
    ends = 100 * answer[[f"{cause}_low", f"{cause}_high"]].to_numpy(float)
    return {
        "type": "bar",
        "name": texts.word("cause", cause),
        "x": periods.starts_of(answer).to_numpy(),
        "y": rate,
        "width": _width(grain),
        "marker": {"color": CAUSES[cause], "opacity": np.where(settled, 1.0, 0.45), "line": {"width": 0}},
        "customdata": np.column_stack([periods.keys_of(answer).astype(object), said, counts, 100 * rate, ends]),
        "hovertemplate": _sentence(cause, texts),
    }


def _width(grain: str) -> float:
    """Most of a period, in the milliseconds in which a date axis counts."""
    return float(1.56 * periods.half(grain) / np.timedelta64(1, "ms"))


def _period(row: tuple, grain: str, texts: Texts) -> tuple[str, str]:
    """The period's name, and when it settles where it is not settled: the same for all causes."""
    settles = ""
    if row.state != "settled":
        day, state = texts.day(row.settles_on), texts.word("state", row.state)
        settles = "<br>" + texts("chart.shared.settles", state=state[:1].upper() + state[1:], day=day) + "."
    return periods.name(row.period_start, grain, texts), settles


def _sentence(cause: str, texts: Texts) -> str:
    """Blanks are filled by Plotly itself: there are as many bars as causes times periods."""
    said = texts(
        "chart.churn_by_cause.hover",
        period="%{customdata[1]}",
        count="%{customdata[3]:,d}",
        active="%{customdata[4]:,d}",
        rate="%{customdata[5]:.1f}\u202f%",
        interval="%{customdata[6]:.1f}–%{customdata[7]:.1f}\u202f%",
        cause=texts.word("cause", cause),
    )
    return wrapped(said, 90) + "%{customdata[2]}<extra></extra>"
