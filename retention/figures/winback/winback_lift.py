"""How many came back because of the message, as far as hold-outs can tell."""

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import LANE, Rows, dots
from retention.figures.parts.theme import EMPHASIS, INK, QUIET, even_steps, lost, note, nothing, plain, scatter, wrapped
from retention.texts import Texts

WITHOUT = ("no_holdout", "unsettled")
SURE = {"works": INK, "harms": EMPHASIS}


def winback_lift(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to winback_lift: lift against zero, the verdict in words; no mark without a hold-out."""
    if lost(answer, "verdict"):
        return nothing(texts)
    incentives, verdicts = answer["incentive"].to_numpy(str), answer["verdict"].tolist()
    rows = Rows(
        [plain(texts.word("incentive", one)) for one in incentives], [_fact(row, texts) for row in answer.itertuples()]
    )
    measured = answer[["lift", "low", "high"]].where(~answer["verdict"].isin(WITHOUT)).to_numpy(float)
    if not np.isfinite(measured).any():
        return rows.stage(texts, [], {"visible": False})
    hover = [wrapped(plain(_sentence(row, texts), 400)) for row in answer.itertuples()]
    marks = dots(rows, measured, incentives, hover, [SURE.get(verdict, QUIET) for verdict in verdicts])
    axis = _points_axis(float(np.nanmin(measured)), float(np.nanmax(measured)), texts)
    axis["title"] = note(texts("chart.winback_lift.note"))
    return rows.stage(texts, [*marks, _zero(rows, np.isfinite(measured[:, 0]))], axis)


def drawn(answer: pd.DataFrame) -> pd.DataFrame:
    """The offers that have a hold-out: only they have a mark."""
    return answer[~answer["verdict"].isin(WITHOUT)]


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """One sentence per offer, the sure ones first; without a hold-out it says so."""
    if answer.empty:
        return ""
    order = answer["verdict"].map({"works": 0, "harms": 1, "not_shown": 2}).fillna(3)
    ranked = answer.loc[order.sort_values(kind="stable").index]
    compared = ranked[ranked["lift"].notna() & ranked["verdict"].isin(["works", "harms", "not_shown"])]
    if compared.empty:
        return texts("chart.winback_lift.no_effect_known")
    told = compared.head(3)
    # Where the effect is not shown, the share that would have come anyway is anything: it is not told.
    anyway = [_anyway(row, texts) for row in told[told["verdict"] == "works"].itertuples()]
    return " ".join([*(_sentence(row, texts) for row in told.itertuples()), *anyway])


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "verdict"):
        return texts("chart.shared.nothing")
    return texts(
        "chart.winback_lift.alt",
        count=len(answer),
        parts=" ".join(_sentence(row, texts) for row in answer.itertuples()),
    )


def _anyway(row: tuple, texts: Texts) -> str:
    share, incentive = texts.percent(row.came_anyway, 0), texts.word("incentive", row.incentive)
    return texts("chart.winback_lift.anyway", incentive=incentive, share=share)


def _between(row: tuple, texts: Texts) -> str:
    low, high = (("−" if end < 0 else "") + texts.number(abs(end) * 100, 1) for end in (row.low, row.high))
    return texts("chart.winback_lift.between", low=low, high=high)


def _fact(row: tuple, texts: Texts) -> str:
    verdict = texts.word("verdict", row.verdict)
    if pd.isna(row.lift) or row.verdict in WITHOUT:
        return verdict
    counted = texts("chart.winback_lift.counted", treated=int(row.treated), held_out=int(row.held_out))
    return f"{texts.points(row.lift)} ({_between(row, texts)}): {verdict}; {counted}"


def _sentence(row: tuple, texts: Texts) -> str:
    incentive, verdict = texts.word("incentive", row.incentive), texts.word("verdict", row.verdict)
    if pd.isna(row.lift) or row.verdict in WITHOUT:
        return texts(
            "chart.winback_lift.without",
            incentive=incentive,
            came=int(row.came_treated),
            treated=int(row.treated),
            verdict=verdict,
        )
    return texts(
        "chart.winback_lift.finding",
        incentive=incentive,
        lift=texts.points(row.lift),
        between=_between(row, texts),
        verdict=verdict,
        treated_rate=texts.percent(row.treated_rate),
        held_out_rate=texts.percent(row.held_out_rate),
    )


def _zero(rows: Rows, measured: np.ndarray) -> dict:
    """Zero effect, beside each mark; it does not run through the words."""
    places = rows.places()[measured]
    y = np.column_stack([places - LANE / 2, places + LANE / 2, np.full(len(places), np.nan)]).ravel()
    return scatter(
        x=np.where(np.isnan(y), np.nan, 0.0),
        y=y,
        mode="lines",
        line={"color": QUIET, "width": 2},
        hoverinfo="skip",
        showlegend=False,
    )


def _points_axis(low: float, high: float, texts: Texts) -> dict:
    """Percentage points to both sides of zero, signed."""
    left, right = min(low, 0.0) * 1.06, max(high, 0.0) * 1.06
    step = float(even_steps(max(right - left, 0.02), 5)[1])
    ticks = step * np.arange(math.ceil(left / step), math.floor(right / step) + 1)
    return {
        "range": [left, right],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [texts.points(tick, 0 if step >= 0.00999 else 1) if abs(tick) > 1e-9 else "0" for tick in ticks],
    }
