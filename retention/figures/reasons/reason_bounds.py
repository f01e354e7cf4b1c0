"""How far each reason's share could move if those who said nothing were all, or none, of it."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import BAR, Rows
from retention.figures.parts.marks import spoken
from retention.figures.parts.theme import INK, QUIET, lost, note, nothing, percent_axis, plain, scatter, tint, wrapped
from retention.figures.reasons.reason_shares import SILENT
from retention.texts import Texts


def reason_bounds(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to reasons by what is not known: from none of the silent to all of them, the answers as a dot."""
    shown = answer[answer["reason"] != SILENT] if len(answer) else answer
    if lost(shown, "most_of_all"):
        return nothing(texts)
    names = [plain(texts.word("reason", code)) for code in shown["reason"]]
    facts = [_fact(row, texts) for row in shown.itertuples()]
    rows, keys = Rows(names, facts), shown["reason"].to_numpy(str)
    hover = [wrapped(f"{name}: {fact}") for name, fact in zip(names, facts, strict=True)]
    low, high = shown["share_of_all"].to_numpy(float), shown["most_of_all"].to_numpy(float)
    span = {"type": "bar", "base": low, "x": high - low, "y": rows.places(), "orientation": "h", "width": BAR}
    marker = {"color": tint(INK, 0.3), "line": {"width": 1, "color": QUIET}}
    dot = {"x": shown["share_of_answers"].to_numpy(float), "y": rows.places(), "mode": "markers", "showlegend": False}
    traces = [
        span | {"marker": marker, "showlegend": False} | spoken(hover, keys),
        scatter(**dot, marker={"color": INK, "size": 11}) | spoken(hover, keys),
    ]
    axis = percent_axis(min(1.0, float(np.nanmax(high)) * 1.04), texts)
    return rows.stage(texts, traces, axis | {"title": note(texts("chart.reason_bounds.note"))})


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """How little is known where many are silent."""
    silent = answer[answer["reason"] == SILENT] if len(answer) else answer
    if lost(silent, "share_of_all"):
        return ""
    row = silent.iloc[0]
    return texts(
        "chart.reason_bounds.finding",
        count=int(row.counted),
        silent=int(row.named),
        share=texts.percent(row.share_of_all, 0),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    shown = answer[answer["reason"] != SILENT] if len(answer) else answer
    if lost(shown, "most_of_all"):
        return texts("chart.shared.nothing")
    parts = "; ".join(f"{texts.word('reason', row.reason)} {_fact(row, texts)}" for row in shown.itertuples())
    return texts("chart.reason_bounds.alt", parts=parts.rstrip("."))


def _fact(row: tuple, texts: Texts) -> str:
    return texts(
        "chart.reason_bounds.fact",
        low=texts.percent(row.share_of_all, 0),
        high=texts.percent(row.most_of_all, 0),
        share=texts.percent(row.share_of_answers, 0),
    )
