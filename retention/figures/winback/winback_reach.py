"""How many of those who left were written to, and how soon?"""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.groups import ALL, group_names
from retention.figures.parts.share_rows import share_rows, told
from retention.figures.parts.theme import interval, lost, nothing
from retention.texts import Texts


def winback_reach(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to winback_reach: per group the share written to, and the days until then in words."""
    if lost(answer, "reach"):
        return nothing(texts)
    facts = [_fact(row, texts) for row in answer.itertuples()]
    keys, names = answer["segment"].to_numpy(str), group_names(answer, texts)
    return share_rows(_shown(answer), names, keys, texts, texts("chart.winback_reach.note"), facts)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Reach and days to first contact of all together."""
    whole = answer[answer["segment"] == ALL] if len(answer) else answer
    if lost(whole, "reach"):
        return ""
    row = whole.iloc[0]
    said = texts(
        "chart.winback_reach.finding",
        count=int(row.leavers),
        contacted=int(row.contacted),
        share=texts.percent(row.reach),
        interval=interval(row.low, row.high, texts),
    )
    return f"{said} {_days(row, texts)}".strip()


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "reach"):
        return texts("chart.shared.nothing")
    return texts("chart.winback_reach.alt", parts=told(_shown(answer), group_names(answer, texts), texts))


def _shown(answer: pd.DataFrame) -> pd.DataFrame:
    return answer.rename(columns={"reach": "share", "contacted": "hits", "leavers": "counted"})


def _days(row: pd.Series | tuple, texts: Texts) -> str:
    if pd.isna(row.median_days):
        return ""
    return texts("chart.winback_reach.days", median=int(row.median_days), slow=int(row.slow_days))


def _fact(row: tuple, texts: Texts) -> str:
    fact = texts(
        "chart.winback_reach.fact",
        contacted=int(row.contacted),
        leavers=int(row.leavers),
        share=texts.percent(row.reach, 0),
    )
    if pd.isna(row.median_days):
        return fact
    return fact + texts("chart.winback_reach.fact_days", median=int(row.median_days), slow=int(row.slow_days))
