"""For whom leaving was easy, quick or friendly: one measure by channel, weekday, month or plan."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.contrast import contrast
from retention.figures.parts.request_words import newest_first, segment_name
from retention.figures.parts.share_rows import share_rows, told
from retention.figures.parts.theme import lost, nothing, short
from retention.texts import Texts


def request_shares(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to request_shares: each segment's share with its interval."""
    if lost(answer, "share"):
        return nothing(texts)
    shown = newest_first(answer)
    names = [short(segment_name(segment, texts)) for segment in shown["segment"]]
    said = texts(f"measure.{shown['measure'].iloc[0]}.meaning")
    return share_rows(shown, names, shown["segment"].to_numpy(str), texts, said)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Which two segments differ, if any do."""
    return "" if lost(answer, "share") else contrast(answer, lambda row: segment_name(row["segment"], texts), texts)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "share"):
        return texts("chart.shared.nothing")
    shown = newest_first(answer)
    names = [short(segment_name(segment, texts)) for segment in shown["segment"]]
    return texts(
        "chart.request_shares.alt",
        measure=texts(f"measure.{shown['measure'].iloc[0]}.label"),
        parts=told(shown, names, texts),
    )
