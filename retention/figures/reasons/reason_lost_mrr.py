"""What each reason cost: the monthly amount that left with it."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import Rows, bars, hatched
from retention.figures.parts.theme import INK, even_steps, lost, note, nothing, plain, wrapped
from retention.figures.reasons.reason_shares import SILENT
from retention.texts import Texts


def reason_lost_mrr(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to reasons by money: lost MRR per reason, what left without an answer hatched and last."""
    if lost(answer, "lost_mrr"):
        return nothing(texts)
    shown = _ordered(answer)
    keys, amount = shown["reason"].to_numpy(str), shown["lost_mrr"].to_numpy(float)
    said = [texts("chart.reason_lost_mrr.fact", amount=texts.money(value)) for value in amount]
    names, silent = [plain(texts.word("reason", key)) for key in keys], keys == SILENT
    hover = [wrapped(f"{name}: {fact}.") for name, fact in zip(names, said, strict=True)]
    rows = Rows(names, said)
    traces = [
        bars(rows, np.where(silent, np.nan, amount), keys, hover, INK),
        hatched(rows, np.where(silent, amount, np.nan), keys, hover),
    ]
    return rows.stage(texts, traces, _money_axis(float(np.nanmax(amount)), texts))


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Which reason took most money, beside what left in silence."""
    if lost(answer, "lost_mrr"):
        return ""
    shown = _ordered(answer)
    named, silent = shown[shown["reason"] != SILENT], shown[shown["reason"] == SILENT]
    if named.empty:
        return ""
    first = named.iloc[0]
    return texts(
        "chart.reason_lost_mrr.finding",
        reason=texts.word("reason", first.reason),
        amount=texts.money(first.lost_mrr),
        silent=texts.money(silent["lost_mrr"].sum()),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "lost_mrr"):
        return texts("chart.shared.nothing")
    parts = [f"{texts.word('reason', row.reason)} {texts.money(row.lost_mrr)}" for row in _ordered(answer).itertuples()]
    return texts("chart.reason_lost_mrr.alt", amounts=", ".join(parts))


def _ordered(answer: pd.DataFrame) -> pd.DataFrame:
    """Most money first, no answer last; a reason without a known amount is left out."""
    known = answer[answer["lost_mrr"].notna()]
    named = known[known["reason"] != SILENT].sort_values("lost_mrr", ascending=False, kind="stable")
    return pd.concat([named, known[known["reason"] == SILENT]])


def _money_axis(largest: float, texts: Texts) -> dict:
    """An axis of amounts from 0, its ticks in the reader's language."""
    top = max(largest * 1.04, 1.0)
    steps = even_steps(top)
    return {
        "range": [0, top],
        "tickmode": "array",
        "tickvals": steps,
        "ticktext": [texts.money(step) for step in steps],
        "title": note(texts("chart.reason_lost_mrr.note")),
    }
