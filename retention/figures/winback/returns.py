"""How many of those who left came back within 30, 60 and 90 days, and how many of them never counted as leavers?"""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.share_rows import share_rows, told
from retention.figures.parts.theme import interval, lost, nothing
from retention.texts import Texts


def returns(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to returns: the share back within each span."""
    if lost(answer, "return_rate"):
        return nothing(texts)
    shown, keys = _shown(answer), answer["within_days"].to_numpy(str)
    return share_rows(shown, _names(answer, texts), keys, texts, texts("chart.returns.note"))


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """The longest span, and the returns within the grace time."""
    if lost(answer, "return_rate"):
        return ""
    row = answer.iloc[-1]
    return texts(
        "chart.returns.finding",
        days=int(row.within_days),
        count=int(row.observed),
        returned=int(row.returned),
        share=texts.percent(row.return_rate),
        interval=interval(row.low, row.high, texts),
        grace=int(row.within_grace),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "return_rate"):
        return texts("chart.shared.nothing")
    return texts("chart.returns.alt", parts=told(_shown(answer), _names(answer, texts), texts))


def _shown(answer: pd.DataFrame) -> pd.DataFrame:
    return answer.rename(columns={"return_rate": "share", "returned": "hits", "observed": "counted"})


def _names(answer: pd.DataFrame, texts: Texts) -> list[str]:
    return [texts("chart.returns.span", days=int(days)) for days in answer["within_days"]]
