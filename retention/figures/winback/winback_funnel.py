"""How far the messages to those who left get, and where they stop."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import Rows, bars, hatched
from retention.figures.parts.theme import INK, interval, lost, note, nothing, percent_axis, wrapped
from retention.texts import Texts

UNRELIABLE = "opened"


def winback_funnel(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to winback_funnel: share of the leavers written to; opens hatched, for they are unreliable."""
    if lost(answer, "reached"):
        return nothing(texts)
    keys, share = answer["stage"].to_numpy(str), answer["share"].to_numpy(float)
    rows = Rows([texts.word("stage", key) for key in keys], [_fact(row, texts) for row in answer.itertuples()])
    hover, opened = [_sentence(row, texts) for row in answer.itertuples()], keys == UNRELIABLE
    traces = [
        bars(rows, np.where(opened, np.nan, share), keys, hover, INK),
        hatched(rows, np.where(opened, share, np.nan), keys, hover),
    ]
    return rows.stage(texts, traces, percent_axis(1.0, texts) | {"title": note(texts("chart.winback_funnel.note"))})


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """How many of those written to came back."""
    back = answer[(answer["stage"] == "returned") & answer["reached"].notna()] if len(answer) else answer
    if back.empty or not back["sent"].iloc[0] > 0:
        return ""
    row = back.iloc[0]
    return texts(
        "chart.winback_funnel.finding",
        count=int(row.sent),
        reached=int(row.reached),
        share=texts.percent(row.share),
        interval=interval(row.low, row.high, texts),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "reached"):
        return texts("chart.shared.nothing")
    parts = [f"{texts.word('stage', row.stage)}: {_fact(row, texts)}" for row in answer.itertuples()]
    return texts("chart.winback_funnel.alt", stages="; ".join(parts))


def _fact(row: tuple, texts: Texts) -> str:
    if pd.isna(row.reached):
        return texts("chart.winback_funnel.not_told")
    return texts(
        "chart.winback_funnel.fact", reached=int(row.reached), sent=int(row.sent), share=texts.percent(row.share, 0)
    )


def _sentence(row: tuple, texts: Texts) -> str:
    if pd.isna(row.reached) or pd.isna(row.low):
        return ""
    return wrapped(
        texts(
            "chart.winback_funnel.hover",
            stage=texts.word("stage", row.stage),
            reached=int(row.reached),
            count=int(row.sent),
            share=texts.percent(row.share),
            interval=interval(row.low, row.high, texts),
        )
    )
