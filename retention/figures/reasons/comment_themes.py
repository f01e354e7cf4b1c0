"""What the comments speak of, by rules that the reader can read and change."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.share_rows import share_rows, told
from retention.figures.parts.theme import lost, nothing, short
from retention.texts import Texts


def comment_themes(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to comment_themes: share of the comments that speak of each theme."""
    if lost(answer, "share"):
        return nothing(texts)
    shown = answer.rename(columns={"comments": "hits", "of_all": "counted"})
    return share_rows(shown, _names(answer), answer["theme"].to_numpy(str), texts, texts("chart.comment_themes.note"))


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Which theme is met most often."""
    if lost(answer, "share"):
        return ""
    row = answer.iloc[0]
    return texts(
        "chart.comment_themes.finding",
        theme=row.theme,
        count=int(row.comments),
        of_all=int(row.of_all),
        share=texts.percent(row["share"], 0),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "share"):
        return texts("chart.shared.nothing")
    return texts("chart.comment_themes.alt", count=len(answer), parts=told(answer, _names(answer), texts))


def _names(answer: pd.DataFrame) -> list[str]:
    return [short(theme) for theme in answer["theme"]]
