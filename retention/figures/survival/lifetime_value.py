"""What a new member is worth within a stated time, plan by plan, beside the formula that knows no horizon."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import Rows, dots
from retention.figures.parts.marks import spoken
from retention.figures.parts.theme import (
    CLEAR,
    ENOUGH,
    INK,
    PLANS,
    QUIET,
    even_steps,
    lost,
    note,
    nothing,
    plain,
    scatter,
    wrapped,
)
from retention.texts import Texts

HORIZONS = {12: INK, 24: PLANS[3]}
MOST = 8


def lifetime_value(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to lifetime_value: a dot with its interval per plan and horizon, MRR ÷ churn as a diamond."""
    plans = answer["segment"].drop_duplicates().iloc[:MOST].tolist()
    shown = answer[answer["segment"].isin(plans)]
    if lost(shown, "value"):
        return nothing(texts)
    rows = Rows(
        [plain(texts.word("plan", plan)) for plan in plans], [_fact(shown, plan, texts) for plan in plans], lanes=2
    )
    top = float(np.nanmax(shown[["value", "high"]].to_numpy(float)))
    near = shown["by_formula"][shown["by_formula"] < 1.5 * top]  # further away it would press all others together
    top = max(top, *near) if len(near) else top
    steps = even_steps(1.1 * top, 4)
    axis = {
        "range": [0, 1.1 * top],
        "tickmode": "array",
        "tickvals": steps,
        "ticktext": [texts.money(step) for step in steps],
    }
    axis["title"] = note(" ".join([texts("chart.lifetime_value.note"), *_left_out(answer, plans, texts)]))
    return rows.stage(texts, [*_dots(rows, shown, texts), _formula(rows, shown, top, texts)], axis, legend=True)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """The value of the plan that most have chosen, for the longest horizon that was observed."""
    known = answer[answer["value"].notna()]
    if known.empty:
        return ""
    largest = known[known["segment"] == known["segment"].iloc[0]].iloc[-1]
    return texts("chart.lifetime_value.finding", plan=texts.word("plan", largest.segment), **_blanks(largest, texts))


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "value"):
        return texts("chart.shared.nothing")
    plans = answer["segment"].drop_duplicates().iloc[:MOST].tolist()
    parts = [f"{texts.word('plan', plan)}: {_fact(answer, plan, texts)}".replace("\n", ", ") for plan in plans]
    return texts("chart.lifetime_value.alt", parts="; ".join(parts))


def _blanks(row: pd.Series, texts: Texts) -> dict:
    return {
        "count": int(row.horizon),
        "value": texts.money(row.value),
        "interval": f"{texts.money(row.low)}–{texts.money(row.high)}",
        "months": texts.number(row.months, 1),
        "mrr": texts.number(row.mrr, 2),
        "formula": texts.money(row.by_formula),
        "spells": int(row.spells),
    }


def _fact(answer: pd.DataFrame, plan: str, texts: Texts) -> str:
    said = []
    for row in answer[answer["segment"] == plan].itertuples():
        told = pd.notna(row.value)
        followed = 0 if pd.isna(row.followed) else int(row.followed)
        key = "fact" if told else "too_early"
        value = f"{texts.money(row.value)} ({texts.money(row.low)}–{texts.money(row.high)})" if told else ""
        blanks = {"value": value, "n": texts.number(row.spells)} if told else {"followed": followed}
        said.append(texts(f"chart.lifetime_value.{key}", count=int(row.horizon), **blanks))
    return "\n".join(said)


def _dots(rows: Rows, shown: pd.DataFrame, texts: Texts) -> list[dict]:
    made = []
    for lane, (horizon, colour) in enumerate(HORIZONS.items()):
        one = shown[shown["horizon"] == horizon].set_index("segment").reindex(shown["segment"].unique()).reset_index()
        hover = [_sentence(row, texts) for _, row in one.iterrows()]
        colours = np.where(one["spells"].fillna(0) >= ENOUGH, colour, QUIET).tolist()
        keys = np.column_stack([one["segment"].to_numpy(object), one["horizon"].to_numpy(object)])
        marks = dots(rows, one[["value", "low", "high"]].to_numpy(float), keys, hover, colours, lane)
        marks[0] |= {"name": texts("chart.lifetime_value.horizon", count=horizon), "showlegend": True}
        made += marks
    return made


def _formula(rows: Rows, shown: pd.DataFrame, top: float, texts: Texts) -> dict:
    """For comparison only; where it lies far outside an arrow at the edge says so."""
    one = shown.drop_duplicates("segment")
    value = one["by_formula"].to_numpy(float)
    inside, edge = value <= 1.1 * top, 1.08 * top
    hover = [texts("chart.lifetime_value.hover_formula", formula=texts.money(amount)) for amount in value]
    symbols = np.where(inside, "diamond", "triangle-right").tolist()
    marker = {"symbol": symbols, "size": 11, "color": CLEAR, "line": {"color": QUIET, "width": 2.5}}
    across = np.where(inside | np.isnan(value), value, edge)
    drawn = {"x": across, "y": (rows.places(0) + rows.places(1)) / 2, "mode": "markers", "marker": marker}
    named = {"name": texts("chart.lifetime_value.formula"), "showlegend": bool(inside.any())}
    return scatter(**drawn, **named, **spoken([wrapped(said) for said in hover], one["segment"].to_numpy(str)))


def _sentence(row: pd.Series, texts: Texts) -> str:
    if pd.isna(row.value):
        return ""
    return wrapped(
        texts("chart.lifetime_value.hover", plan=plain(texts.word("plan", row.segment)), **_blanks(row, texts)), 60
    )


def _left_out(answer: pd.DataFrame, plans: list[str], texts: Texts) -> list[str]:
    rest = answer["segment"].nunique() - len(plans)
    return [texts("chart.shared.plans_left_out", count=rest)] if rest else []
