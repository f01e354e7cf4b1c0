"""Which offer is followed by a return, beside what would have come by itself."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import Rows, bars, dots
from retention.figures.parts.marks import spoken
from retention.figures.parts.theme import (
    CLEAR,
    ENOUGH,
    INK,
    QUIET,
    interval,
    lost,
    note,
    nothing,
    percent_axis,
    plain,
    scatter,
    tint,
    wrapped,
)
from retention.texts import Texts


def winback_by_offer(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to winback_by_offer: conversion with interval, natural return as a diamond beside it."""
    if lost(answer, "sent"):
        return nothing(texts)
    names = [plain(_word(row, texts)) for row in answer.itertuples()]
    rows = Rows(names, [_fact(row, texts) for row in answer.itertuples()])
    reach = answer[["high", "natural_rate"]].to_numpy(float)
    top = float(np.nanmax(reach)) if np.isfinite(reach).any() else 0.1
    axis = percent_axis(min(1.0, max(top * 1.04, 0.05)), texts)
    axis["title"] = note(texts("chart.winback_by_offer.note"))
    return rows.stage(texts, _marks(rows, answer, texts), axis, legend=True)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Which offer is followed by most returns, where the intervals allow to say so; never an effect."""
    known = answer[answer["settled"] >= ENOUGH] if len(answer) else answer
    if known.empty:
        return texts("chart.winback_by_offer.too_few") if len(answer) else ""
    ranked = known.sort_values("conversion", ascending=False, kind="stable")
    first = ranked.iloc[0]
    kind = "only" if len(ranked) == 1 else "clear" if first.low > ranked["conversion"].iloc[1] else "close"
    return texts(
        f"chart.winback_by_offer.{kind}",
        incentive=_word(first, texts),
        returned=int(first.returned),
        settled=int(first.settled),
        share=texts.percent(first.conversion),
        interval=interval(first.low, first.high, texts),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "sent"):
        return texts("chart.shared.nothing")
    parts = [f"{_word(row, texts)} {texts.percent(row.conversion)}" for row in answer.itertuples()]
    return texts("chart.winback_by_offer.alt", count=len(answer), shares=", ".join(parts))


def _word(row: pd.Series | tuple, texts: Texts) -> str:
    """An incentive has a word of ours, a campaign is called as its owner calls it."""
    return texts.word("incentive", row.offer) if row.offered_by == "incentive" else texts.word("campaign", row.offer)


def _marks(rows: Rows, answer: pd.DataFrame, texts: Texts) -> list:
    shares, natural = answer[["conversion", "low", "high"]].to_numpy(float), answer["natural_rate"].to_numpy(float)
    keys, hover = answer["offer"].to_numpy(str), [_sentence(row, texts) for row in answer.itertuples()]
    colours = np.where(answer["settled"] >= ENOUGH, INK, QUIET).tolist()
    came = dots(rows, shares, keys, hover, colours, name=texts("chart.winback_by_offer.came"))
    came[0]["showlegend"] = True
    by_themselves = scatter(
        x=natural,
        y=rows.places(),
        mode="markers",
        name=texts("chart.winback_by_offer.natural"),
        marker={"symbol": "diamond", "size": 12, "color": CLEAR, "line": {"color": QUIET, "width": 2.5}},
        showlegend=bool(np.isfinite(natural).any()),
        **spoken(hover, keys),
    )
    return [bars(rows, shares[:, 0], keys, hover, [tint(colour, 0.3) for colour in colours]), *came, by_themselves]


def _fact(row: tuple, texts: Texts) -> str:
    said = (
        texts(
            "chart.winback_by_offer.fact",
            returned=int(row.returned),
            count=int(row.settled),
            share=texts.percent(row.conversion),
        )
        if row.settled
        else texts("chart.winback_by_offer.none_settled")
    )
    if row.shared:
        said += "; " + texts("chart.winback_by_offer.shared", count=int(row.shared))
    if row.settling:
        said += "; " + texts("chart.winback_by_offer.settling", count=int(row.settling))
    return said


def _sentence(row: tuple, texts: Texts) -> str:
    said = []
    if row.settled:
        said.append(
            texts(
                "chart.winback_by_offer.hover",
                incentive=plain(_word(row, texts)),
                count=int(row.settled),
                returned=int(row.returned),
                share=texts.percent(row.conversion),
                interval=interval(row.low, row.high, texts),
            )
        )
    if row.natural_rate == row.natural_rate:
        said.append(texts("chart.winback_by_offer.hover_natural", share=texts.percent(row.natural_rate)))
    if row.settling:
        said.append(
            texts(
                "chart.winback_by_offer.hover_settling",
                count=int(row.settling),
                day=texts.day(pd.Timestamp(row.settles_on)),
            )
        )
    return wrapped(" ".join(said))
