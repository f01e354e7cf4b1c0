"""Whether offers to stay last: accepted, and still paying when the offer is long over."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.contrast import contrast
from retention.figures.parts.share_rows import share_rows, told
from retention.figures.parts.theme import lost, nothing, short
from retention.texts import Texts


def offers(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to offers: per offer the share accepted, then still paying 30, 60 and 90 days after its end."""
    if lost(answer, "share"):
        return nothing(texts)
    keys = np.column_stack([answer["offer"].to_numpy(object), answer["stage"].to_numpy(object)])
    shown = answer.rename(columns={"kept": "hits"})
    return share_rows(shown, _names(answer, texts), keys, texts, texts("chart.offers.note"))


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Which two offers are accepted unlike one another, if any are."""
    accepted = answer[answer["stage"] == "accepted"] if len(answer) else answer
    if lost(accepted, "share"):
        return ""
    told = contrast(accepted, lambda row: row["offer"], texts)
    return texts("chart.offers.finding", told=told) if told else ""


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "share"):
        return texts("chart.shared.nothing")
    return texts("chart.offers.alt", parts=told(answer, _names(answer, texts), texts))


def _names(answer: pd.DataFrame, texts: Texts) -> list[str]:
    words = [texts.word("offer_stage", stage) for stage in answer["stage"]]
    heads = [f"{short(offer, 28)}: " for offer in answer["offer"]]
    firsts = answer["stage"] == "accepted"
    return [(head if first else "") + word for head, word, first in zip(heads, words, firsts, strict=True)]
