"""Another tool's number among ours: which definition says the same, and which come near."""

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
    interval,
    lost,
    note,
    nothing,
    percent_axis,
    scatter,
    wrapped,
)
from retention.texts import Texts

FAR = 2.2  # times the other tool's number; what lies beyond is no candidate and would squeeze the rest


def definition_nearest(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to definition_nearest for its last period: definitions by distance, the number told as a tick."""
    shown = _last(answer)
    if lost(shown, "value"):
        return nothing(texts)
    told, names = float(shown["told"].iloc[0]), [texts(f"metric.{name}.label") for name in shown["definition"]]
    rows = Rows(names, [_fact(row, texts) for row in shown.itertuples()])
    shares = shown[["value", "low", "high"]].to_numpy(float, copy=True)
    top = max(FAR * told, 1.06 * float(shares[0].max()), 0.01)
    shares[shares[:, 0] > top] = np.nan
    keys = np.column_stack([periods.keys_of(shown).astype(object), shown["definition"].to_numpy(object)])
    axis = percent_axis(top, texts) | {"title": note(texts("chart.definition_nearest.note"))}
    axis["range"] = [min(0.0, 1.06 * told, 1.06 * float(np.nanmin(shares))), top]
    hover = [_sentence(row, texts) for row in shown.itertuples()]
    return rows.stage(texts, [_ticks(rows, told), *dots(rows, shares, keys, hover, _colours(shown))], axis)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """The definitions that say the same number, else the nearest whose interval holds it, else that none comes near."""
    shown = _last(answer)
    if lost(shown, "value"):
        return ""
    same, nearest = shown[shown["rounds"]], shown.iloc[0]
    said = {
        "within": periods.within(nearest.period_start, periods.grain_of(shown), texts),
        "told": texts.percent(nearest.told, _decimals(nearest.told)), "value": texts.percent(nearest.value, 2),
        "distance": texts.points(nearest.distance, 2), "definition": texts(f"metric.{nearest.definition}.label"),
    }
    if len(same):
        names = ", ".join(texts(f"metric.{name}.label") for name in same["definition"])
        return texts("chart.definition_nearest.same", **{
            **said, "definitions": names, "count": len(same), "value": texts.percent(same["value"].iloc[0], 2)})
    return texts(f"chart.definition_nearest.{'near' if nearest.inside else 'none'}", **said)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    shown = _last(answer)
    if lost(shown, "value"):
        return texts("chart.shared.nothing")
    parts = "; ".join(
        f"{texts(f'metric.{row.definition}.label')} {_fact(row, texts)}" for row in shown.itertuples()
    )
    return texts("chart.definition_nearest.alt", parts=parts)


def _ticks(rows: Rows, told: float) -> dict:
    """The number told, as a tick among the marks of each row: a line from top to bottom would cross the words."""
    marker = {"symbol": "line-ns", "size": 14, "line": {"color": EMPHASIS, "width": 2}}
    drawn = {"x": np.full(len(rows.names), told), "y": rows.places(), "mode": "markers", "marker": marker}
    return scatter(**drawn, hoverinfo="skip", showlegend=False)


def _last(answer: pd.DataFrame) -> pd.DataFrame:
    return answer[answer["period_start"] == answer["period_start"].max()].reset_index(drop=True)


def _decimals(told: float) -> int:
    return 1 if abs(told * 1000 - round(told * 1000)) < 1e-6 else 2


def _colours(shown: pd.DataFrame) -> list[str]:
    """What says the same stands out; fewer than ten observations are grey."""
    few = shown["denominator"].to_numpy(float) < ENOUGH
    return [
        QUIET if grey else EMPHASIS if same else INK for grey, same in zip(few, shown["rounds"], strict=True)
    ]


def _fact(row: tuple, texts: Texts) -> str:
    return texts(
        "chart.definition_nearest.fact", value=texts.percent(row.value, 2), distance=texts.points(row.distance, 2)
    )


def _sentence(row: tuple, texts: Texts) -> str:
    return wrapped(texts(
        "chart.definition_nearest.hover", label=texts(f"metric.{row.definition}.label"),
        value=texts.percent(row.value, 2), numerator=texts.number(row.numerator),
        denominator=texts.number(row.denominator), distance=texts.points(row.distance, 2),
        interval=interval(row.low, row.high, texts), meaning=texts(f"metric.{row.definition}.meaning"),
    ))
