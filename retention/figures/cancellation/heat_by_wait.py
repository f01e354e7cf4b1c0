"""Whether anger goes along with slow replies: heated requests by how long the first reply took."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.share_rows import share_rows, told
from retention.figures.parts.theme import ENOUGH, interval, lost, nothing
from retention.texts import Texts


def heat_by_wait(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to heat_by_wait: share of heated requests per band of waiting, with its interval."""
    if lost(answer, "share"):
        return nothing(texts)
    shown = answer.rename(columns={"hot": "hits", "requests": "counted"})
    names, said = _names(answer, texts), texts("chart.heat_by_wait.note")
    return share_rows(shown, names, answer["wait"].to_numpy(str), texts, said)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Whether the slowest are clearly hotter than the quickest; together, not because."""
    known = answer[answer["requests"] >= ENOUGH] if len(answer) else answer
    if len(known) < 2:
        return texts("chart.heat_by_wait.too_few") if len(answer) else ""
    quick, slow = known.iloc[0], known.iloc[-1]
    kind = "more" if slow.low > quick.high else "less" if slow.high < quick.low else "alike"
    return texts(
        f"chart.heat_by_wait.{kind}",
        quick=texts.word("wait", quick.wait),
        of_quick=f"{texts.percent(quick.share)} ({interval(quick.low, quick.high, texts)})",
        slow=texts.word("wait", slow.wait),
        of_slow=f"{texts.percent(slow.share)} ({interval(slow.low, slow.high, texts)})",
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "share"):
        return texts("chart.shared.nothing")
    return texts("chart.heat_by_wait.alt", parts=told(answer, _names(answer, texts), texts))


def _names(answer: pd.DataFrame, texts: Texts) -> list[str]:
    return [texts.word("wait", band) for band in answer["wait"]]
