"""Who of those who left said nothing, and how much of what was typed says nothing?"""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.groups import ALL, group_names
from retention.figures.parts.share_rows import share_rows, told
from retention.figures.parts.theme import interval, lost, nothing
from retention.texts import Texts


def silence(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to silence: per group the share without a usable answer, all together first."""
    if lost(answer, "silent_rate"):
        return nothing(texts)
    names, keys = group_names(answer, texts), answer["segment"].to_numpy(str)
    return share_rows(_shown(answer), names, keys, texts, texts("chart.silence.note"))


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """How many said nothing, how many typed something that says nothing."""
    whole = answer[answer["segment"] == ALL] if len(answer) else answer
    if lost(whole, "silent_rate"):
        return ""
    row = whole.iloc[0]
    said = texts(
        "chart.silence.finding",
        count=int(row.leavers),
        silent=int(row.silent),
        share=texts.percent(row.silent_rate, 0),
        interval=interval(row.low, row.high, texts),
    )
    if row.junk_rate != row.junk_rate:
        return said
    typed, share = int(row.junk + row.answered), texts.percent(row.junk_rate)
    between = interval(row.junk_low, row.junk_high, texts)
    return f"{said} {texts('chart.silence.junk', junk=int(row.junk), count=typed, share=share, interval=between)}"


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "silent_rate"):
        return texts("chart.shared.nothing")
    return texts("chart.silence.alt", parts=told(_shown(answer), group_names(answer, texts), texts))


def _shown(answer: pd.DataFrame) -> pd.DataFrame:
    return answer.rename(columns={"silent_rate": "share", "silent": "hits", "leavers": "counted"})
