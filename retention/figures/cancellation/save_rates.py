"""How many of those who asked to leave stayed, by our rule and by the weaker ones in use."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.share_rows import share_rows, told
from retention.figures.parts.theme import interval, lost, nothing
from retention.texts import Texts

OURS = "renewed"


def save_rates(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to save_rates: each rule's share with its interval, ours first."""
    if lost(answer, "share"):
        return nothing(texts)
    shown = answer.rename(columns={"kept": "hits"})
    return share_rows(shown, _names(answer, texts), answer["rule"].to_numpy(str), texts, texts("chart.save_rates.note"))


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """What the headline says, and how many it cannot judge yet."""
    ours = answer[answer["rule"] == OURS] if len(answer) else answer
    if not len(ours):
        return ""
    row = ours.iloc[0]
    if not row.counted:
        key = "none_settled" if row.settling else "not_judged"
        return texts(f"chart.save_rates.{key}", count=int(row.settling or row.not_judged))
    said = texts(
        "chart.save_rates.finding",
        count=int(row.counted),
        kept=int(row.kept),
        share=texts.percent(row.share),
        interval=interval(row.low, row.high, texts),
    )
    return f"{said} {texts('chart.save_rates.settling', count=int(row.settling))}" if row.settling else said


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "share"):
        return texts("chart.shared.nothing")
    return texts("chart.save_rates.alt", parts=told(answer, _names(answer, texts), texts))


def _names(answer: pd.DataFrame, texts: Texts) -> list[str]:
    return [texts.word("save_rule", rule) for rule in answer["rule"]]
