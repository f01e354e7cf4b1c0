"""Do members of different groups leave for different reasons?"""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.contrast import clearest, contrast
from retention.figures.parts.grouped_dots import Lanes
from retention.figures.parts.groups import group_word
from retention.figures.parts.theme import lost, nothing
from retention.texts import Texts


def reasons_by_group(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to reasons_by_group: per reason a lane for each group, to compare groups reason by reason."""
    if lost(answer, "share_of_answers"):
        return nothing(texts)
    shown, lanes = _prepared(answer, texts)
    return lanes.figure(shown, texts)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """The reason that two groups name most unlike one another, where their intervals do not meet."""
    if lost(answer, "share_of_answers") or answer["segment"].nunique() < 2:
        return ""
    shown, kind = _shown(answer), answer["grouped_by"].iloc[0]
    found = {reason: clearest(rows) for reason, rows in shown.groupby("reason", sort=False)}
    clear = {reason: pair for reason, pair in found.items() if pair}
    if not clear:
        return texts("chart.reasons_by_group.no_contrast")
    reason = max(clear, key=lambda one: clear[one][0]["low"] - clear[one][1]["high"])
    told = contrast(shown[shown["reason"] == reason], lambda row: group_word(kind, row["segment"], texts), texts)
    return texts("chart.reasons_by_group.finding", reason=texts.word("reason", reason), told=told)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words: the first reason of each group."""
    if lost(answer, "share_of_answers"):
        return texts("chart.shared.nothing")
    shown, lanes = _prepared(answer, texts)
    return texts("chart.reasons_by_group.alt", count=answer["segment"].nunique(), parts=lanes.told(shown, texts))


def _prepared(answer: pd.DataFrame, texts: Texts) -> tuple[pd.DataFrame, Lanes]:
    """Every lane is named with the number of its answers."""
    shown = _shown(answer)
    kind = answer["grouped_by"].iloc[0]
    counts = dict(zip(answer["segment"], answer["answered"], strict=True))
    return shown, Lanes(
        "segment",
        "reason",
        lambda segment: f"{group_word(kind, segment, texts)} (n = {texts.number(counts[segment])})",
        lambda code: texts.word("reason", code),
        texts("chart.reasons_by_group.note"),
        ("segment", "reason"),
    )


def _shown(answer: pd.DataFrame) -> pd.DataFrame:
    return answer.rename(columns={"share_of_answers": "share", "named": "hits", "answered": "counted"})
