"""Which churn do you mean: every definition on the same data in the same period."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts import periods
from retention.figures.parts.labelled_rows import Rows, dots
from retention.figures.parts.theme import (
    EMPHASIS,
    ENOUGH,
    INK,
    QUIET,
    axis_through_zero,
    interval,
    lost,
    note,
    nothing,
    percent_axis,
    scatter,
    wrapped,
)
from retention.texts import Texts

OFTEN_APART = ("renewal_churn",)  # counts other things: it must not squeeze the rest of the scale


def definition_lens(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to churn_definitions for its last period: a dot with its interval for each definition."""
    if lost(answer, "value"):
        return nothing(texts)
    shown = _last(answer)
    rows = Rows(
        [texts(f"metric.{name}.label") for name in shown["definition"]],
        [_fact(row, texts) for row in shown.itertuples()],
    )
    shares = shown[["value", "low", "high"]].to_numpy(float, copy=True)
    low, top = _scale(shown)
    beyond = shares[:, 0] > top
    shares[beyond] = np.nan
    keys = np.column_stack([periods.keys_of(shown).astype(object), shown["definition"].to_numpy(object)])
    hover = [_sentence(row, texts) for row in shown.itertuples()]
    axis = percent_axis(top, texts) if low >= 0 else axis_through_zero(low, top, texts)
    axis["title"] = note(texts("chart.definition_lens.note"))
    return rows.stage(texts, [*dots(rows, shares, keys, hover, _colours(shown)), _beyond(rows, beyond, top)], axis)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """From the lowest to the highest of what is called churn in this period."""
    shown = answer.iloc[:0] if lost(answer, "value") else _last(answer)
    known = shown[shown["value"].notna() & ~shown["definition"].isin(OFTEN_APART)]
    if known.empty:
        return ""
    low, high = known.loc[known["value"].idxmin()], known.loc[known["value"].idxmax()]
    within = periods.within(low.period_start, periods.grain_of(shown), texts)
    if low.value == high.value:
        return texts("chart.definition_lens.same", within=within, value=texts.percent(low.value))
    return texts(
        "chart.definition_lens.finding",
        within=within,
        low=texts.percent(low.value),
        high=texts.percent(high.value),
        lowest=texts(f"metric.{low.definition}.label"),
        highest=texts(f"metric.{high.definition}.label"),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "value"):
        return texts("chart.shared.nothing")
    said = "; ".join(
        f"{texts(f'metric.{row.definition}.label')} {_fact(row, texts)}" for row in _last(answer).itertuples()
    )
    return texts("chart.definition_lens.alt", parts=said)


def _last(answer: pd.DataFrame) -> pd.DataFrame:
    known = answer[answer["value"].notna()]
    return answer[answer["period_start"] == known["period_start"].max()].reset_index(drop=True)


def _colours(shown: pd.DataFrame) -> list[str]:
    """The two that are compared stand out; fewer than ten observations are grey."""
    few = shown["denominator"].to_numpy(float) < ENOUGH
    return [
        QUIET if grey else EMPHASIS if chosen in ("one", "other") else INK
        for grey, chosen in zip(few, shown["chosen"], strict=True)
    ]


def _scale(shown: pd.DataFrame) -> tuple[float, float]:
    alike = shown[~shown["definition"].isin(OFTEN_APART) & shown["value"].notna()]
    both = (alike if len(alike) else shown)[["value", "low", "high"]]
    spread, value = both.to_numpy(float), both["value"]
    # the interval of a handful may leave the frame, so that the rest is legible
    top = max(min(1.06 * float(np.nanmax(spread)), max(2.2 * float(value.max()), 0.2)), 0.01)
    return min(0.0, max(1.06 * float(np.nanmin(spread)), min(2.2 * float(value.min()), -0.2))), top


def _beyond(rows: Rows, beyond: np.ndarray, top: float) -> dict:
    """A mark at the edge for what lies outside the scale; its number stands in words."""
    marker = {"symbol": "triangle-right", "size": 11, "color": QUIET}
    drawn = {"x": np.where(beyond, 0.985 * top, np.nan), "y": rows.places(), "mode": "markers", "marker": marker}
    return scatter(**drawn, hoverinfo="skip", showlegend=False)


def _fact(row: tuple, texts: Texts) -> str:
    if pd.isna(row.value):
        return texts(f"metric.{row.definition}.missing")
    return texts(
        "chart.definition_lens.fact",
        value=texts.percent(row.value),
        numerator=texts.number(row.numerator),
        denominator=texts.number(row.denominator),
    )


def _sentence(row: tuple, texts: Texts) -> str:
    if pd.isna(row.value):
        return wrapped(texts(f"metric.{row.definition}.meaning"))
    spread = (
        interval(row.low, row.high, texts) if row.low >= 0 else f"{texts.percent(row.low)} – {texts.percent(row.high)}"
    )
    state = texts.word("state", row.state)
    if row.state != "settled":
        state = texts("chart.shared.settles", state=state, day=texts.day(row.settles_on))
    return wrapped(
        texts(
            "chart.definition_lens.hover",
            label=texts(f"metric.{row.definition}.label"),
            fact=_fact(row, texts),
            interval=spread,
            meaning=texts(f"metric.{row.definition}.meaning"),
            formula=texts(f"metric.{row.definition}.formula"),
            state=state,
        )
    )
