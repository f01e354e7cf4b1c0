"""How many must be held out to see what a message does, and how long does that take?"""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import Rows, bars
from retention.figures.parts.theme import INK, QUIET, even_steps, lost, note, nothing, tint, wrapped
from retention.texts import Texts

LONGEST = 36  # months: longer bars are cut, the words say how long


def winback_planner(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to winback_planner: months until both arms are full, per hoped lift; the chosen one is strong."""
    if lost(answer, "per_arm"):
        return nothing(texts)
    names = [texts("chart.winback_planner.row", lift=texts.points(row.hoped_lift)) for row in answer.itertuples()]
    facts = [_fact(row, texts) for row in answer.itertuples()]
    hover = [wrapped(f"{name}: {fact}") for name, fact in zip(names, facts, strict=True)]
    colours = [
        INK if row.chosen else QUIET if row.verdict == "too_small" else tint(INK, 0.45) for row in answer.itertuples()
    ]
    rows, months = Rows(names, facts), np.minimum(answer["months"].to_numpy(float, na_value=np.nan), LONGEST)
    top = max(float(np.nanmax(np.append(months, 1.0))) * 1.04, 6.0)
    steps = even_steps(top)
    axis = {
        "range": [0, top],
        "tickmode": "array",
        "tickvals": steps,
        "ticktext": [texts.number(step) for step in steps],
    }
    keys = answer["hoped_lift"].to_numpy(str)
    return rows.stage(
        texts, [bars(rows, months, keys, hover, colours)], axis | {"title": note(texts("chart.winback_planner.note"))}
    )


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """What the chosen lift needs, and what is too small to see."""
    chosen = answer[answer["chosen"] == True] if len(answer) else answer  # noqa: E712 - a column, not a truth
    if lost(chosen, "per_arm"):
        return ""
    row = chosen.iloc[0]
    said = texts(
        "chart.winback_planner.finding",
        base=texts.percent(row.base_rate),
        base_from=texts.word("base_from", row.base_from),
        hoped=texts.percent(row.hoped_rate),
        per_arm=int(row.per_arm),
        months=_months(row.months, texts),
        monthly=texts.number(row.monthly),
    )
    small = answer.loc[answer["verdict"] == "too_small", "hoped_lift"]
    return f"{said} {texts('chart.winback_planner.too_small', lift=texts.points(small.max()))}" if len(small) else said


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "per_arm"):
        return texts("chart.shared.nothing")
    parts = "; ".join(f"{texts.points(row.hoped_lift)}: {_fact(row, texts)}" for row in answer.itertuples())
    return texts("chart.winback_planner.alt", parts=parts)


def _months(months: float, texts: Texts) -> str:
    return "–" if pd.isna(months) else texts("chart.winback_planner.months", count=int(months))


def _fact(row: tuple, texts: Texts) -> str:
    if pd.isna(row.per_arm):
        return "–"
    return texts("chart.winback_planner.fact", per_arm=int(row.per_arm), months=_months(row.months, texts))
