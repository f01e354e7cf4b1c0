"""Money beside members: whether those who leave are the ones who pay, and whether those who stay make up for it."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts import periods
from retention.figures.parts.lines import Line, draw, reach
from retention.figures.parts.theme import interval, lost, nothing, wrapped
from retention.texts import Texts

RATES = ("churn", "gross", "net")


def revenue_churn(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to revenue_churn: member, gross and net revenue churn of the same periods."""
    if lost(answer, "gross_rate"):
        return nothing(texts)
    lines = [_line(answer, rate, place, texts) for place, rate in enumerate(RATES)]
    lowest = float(np.nanmin(answer["net_rate"].to_numpy(float)))
    return draw(lines, answer, texts, reach(lines), min(0.0, 1.15 * lowest))


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """The three rates of the newest settled period."""
    row = None if lost(answer, "gross_rate") else periods.newest_settled(answer, "gross_rate")
    if row is None:
        return ""
    return texts(
        "chart.revenue_churn.finding",
        within=periods.within(row.period_start, periods.grain_of(answer), texts),
        **{rate: _with_interval(row, rate, texts) for rate in RATES},
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "gross_rate"):
        return texts("chart.shared.nothing")
    return texts("chart.revenue_churn.alt", count=len(answer), finding=finding(answer, texts))


def _with_interval(row: pd.Series, rate: str, texts: Texts) -> str:
    """4.9 % (4.0–5.9 %); the rate alone where no interval could be computed."""
    said, low, high = texts.percent(row[f"{rate}_rate"]), row[f"{rate}_low"], row[f"{rate}_high"]
    return said if pd.isna(low) else f"{said} ({interval(low, high, texts)})"


def _line(answer: pd.DataFrame, rate: str, place: int, texts: Texts) -> Line:
    grain = periods.grain_of(answer)
    hover = [_sentence(row, rate, grain, texts) for row in answer.to_dict("records")]
    names = (f"{rate}_rate", f"{rate}_low", f"{rate}_high")
    return Line(texts(f"chart.revenue_churn.{rate}"), answer, *names, "active", hover, place=place)


def _sentence(row: dict, rate: str, grain: str, texts: Texts) -> str:
    """The rate with its counts or amounts; an interval only where one could be computed."""
    low, high = row[f"{rate}_low"], row[f"{rate}_high"]
    amounts = ("mrr_at_start", "mrr_lost", "mrr_downgraded", "mrr_kept")
    return wrapped(
        texts(
            f"chart.revenue_churn.hover_{rate}",
            period=periods.name(row["period_start"], grain, texts),
            rate=texts.percent(row[f"{rate}_rate"]),
            interval=texts("chart.shared.no_interval_for.revenue") if pd.isna(low) else interval(low, high, texts),
            churned=int(row["churned"]),
            active=int(row["active"]),
            **{name: texts.money(row[name]) for name in amounts},
        )
    )
