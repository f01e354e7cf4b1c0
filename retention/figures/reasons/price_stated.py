"""Is it really the price: named as often on the cheapest plan as above it, early as late?"""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.grouped_dots import Lanes
from retention.figures.parts.groups import ALL
from retention.figures.parts.theme import ENOUGH, interval, lost, nothing
from retention.texts import Texts


def price_stated(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to price_stated: per tenure band a lane for each use of the price plan."""
    if lost(answer, "named_share"):
        return nothing(texts)
    return _lanes(texts).figure(_shown(answer), texts)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """How often price is named on the cheapest plan and above it, where ten or more answered; no motive is claimed."""
    whole = answer[answer["tenure"] == ALL] if len(answer) else answer
    known = whole[(whole["answered"] >= ENOUGH) & whole["named_share"].notna()] if len(whole) else whole
    said = [
        texts(
            "chart.price_stated.part",
            price_plan=texts.word("price_plan", row.price_plan),
            count=int(row.answered),
            named=int(row.named),
            share=texts.percent(row.named_share, 0),
            interval=interval(row.low, row.high, texts),
        )
        for row in known.itertuples()
    ]
    return texts("chart.price_stated.finding", parts="; ".join(said)) if said else ""


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "named_share"):
        return texts("chart.shared.nothing")
    return texts("chart.price_stated.alt", parts=_lanes(texts).told(_shown(answer), texts))


def _shown(answer: pd.DataFrame) -> pd.DataFrame:
    return answer.rename(columns={"named_share": "share", "named": "hits", "answered": "counted"})


def _lanes(texts: Texts) -> Lanes:
    return Lanes(
        "price_plan",
        "tenure",
        lambda code: texts.word("price_plan", code),
        lambda code: texts("group.all") if code == ALL else texts.word("tenure", code),
        texts("chart.price_stated.note"),
        ("tenure", "price_plan"),
        by_size=False,
    )
