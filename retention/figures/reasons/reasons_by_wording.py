"""The owner's own words under each reason: a reworded option is a series of its own."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.share_rows import share_rows, told
from retention.figures.parts.theme import interval, lost, nothing, plain, short
from retention.texts import Texts

MOST_WORDINGS = 16


def reasons_by_wording(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to reasons_by_wording: each wording's share of answers, with the time in which it was named."""
    if lost(answer, "share_of_answers"):
        return nothing(texts)
    shown = _shown(answer)
    keys = shown[["reason", "wording"]].to_numpy(object)
    return share_rows(
        shown,
        _names(shown),
        keys,
        texts,
        texts("chart.reasons_by_wording.note"),
        [_fact(row, texts) for row in shown.itertuples()],
    )


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Which of the owner's own wordings was named most."""
    if lost(answer, "share_of_answers"):
        return ""
    row = answer.loc[answer["named"].idxmax()]
    return texts(
        "chart.reasons_by_wording.finding", wording=row["wording"], count=int(row["answered"]), named=int(row["named"]),
        share=texts.percent(row["share_of_answers"]), interval=interval(row["low"], row["high"], texts),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "share_of_answers"):
        return texts("chart.shared.nothing")
    shown = _shown(answer)
    return texts("chart.reasons_by_wording.alt", count=len(answer), parts=told(shown, _names(shown), texts))


def _shown(answer: pd.DataFrame) -> pd.DataFrame:
    columns = {"share_of_answers": "share", "named": "hits", "answered": "counted"}
    return answer.head(MOST_WORDINGS).rename(columns=columns)


def _names(shown: pd.DataFrame) -> list[str]:
    return [short(wording) for wording in shown["wording"]]


def _fact(row: tuple, texts: Texts) -> str:
    return texts(
        "chart.reasons_by_wording.fact",
        reason=plain(texts.word("reason", row.reason)),
        share=texts.percent(row.share, 0),
        first=texts.period(row.first_named_on),
        last=texts.period(row.last_named_on),
    )
