"""How the monthly amount moved from start to end: what came, what grew, what shrank, what left."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import Rows
from retention.figures.parts.theme import lost, nothing, wrapped
from retention.figures.parts.waterfall import frame, scale_note, waterfall
from retention.texts import Texts

WHOLE = ("start", "end")


def mrr_bridge(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to mrr_bridge as a waterfall from start to end."""
    if lost(answer, "amount") or not answer["amount"].any():
        return nothing(texts)
    change, level = (answer[name].to_numpy(float) for name in ("amount", "level"))
    whole = answer["movement"].isin(WHOLE).to_numpy()
    names = [texts(f"chart.mrr_bridge.{movement}") for movement in answer["movement"]]
    rows = Rows(names, [_fact(row, texts) for row in answer.itertuples()])
    hover = [wrapped(_sentence(row, texts)) for row in answer.itertuples()]
    low, high = frame(level, change, whole)
    axis = {"range": [low, high], "nticks": 5, "tickformat": ",.0f", "title": scale_note("mrr_bridge", low, texts)}
    return waterfall(rows, change, level, whole, answer["movement"].to_numpy(str), hover, texts, axis)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """From how much to how much, in which window, and by what most."""
    if lost(answer, "amount") or not answer["amount"].any():
        return ""
    steps = answer[~answer["movement"].isin(WHOLE)]
    first, last = answer.iloc[0], answer.iloc[-1]
    return texts(
        "chart.mrr_bridge.finding",
        first_day=texts.day(first.first_day),
        last_day=texts.day(first.last_day),
        start=texts.money(first.amount),
        end=texts.money(last.amount),
        gained=texts.money(steps.loc[steps["amount"] > 0, "amount"].sum()),
        lost=texts.money(-steps.loc[steps["amount"] < 0, "amount"].sum()),
        state="" if first.state == "settled" else f" ({texts.word('state', first.state)})",
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "amount") or not answer["amount"].any():
        return texts("chart.shared.nothing")
    said = "; ".join(f"{texts(f'chart.mrr_bridge.{row.movement}')} {_fact(row, texts)}" for row in answer.itertuples())
    return texts("chart.mrr_bridge.alt", steps=said)


def _signed(amount: float, texts: Texts) -> str:
    return ("+" if amount > 0 else "−" if amount < 0 else "") + texts.money(abs(amount))


def _fact(row: tuple, texts: Texts) -> str:
    amount = texts.money(row.amount) if row.movement in WHOLE else _signed(row.amount, texts)
    return texts("chart.mrr_bridge.fact", amount=amount, count=int(row.members))


def _sentence(row: tuple, texts: Texts) -> str:
    said = texts(f"chart.mrr_bridge.meaning.{row.movement}")
    return f"{texts(f'chart.mrr_bridge.{row.movement}')}: {_fact(row, texts)}. {said}"
