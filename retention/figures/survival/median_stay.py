"""After how many days half are gone, group by group, and whether the groups differ by more than chance."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.bands import days_axis
from retention.figures.parts.labelled_rows import Rows, dots
from retention.figures.parts.segments import names_of
from retention.figures.parts.theme import ENOUGH, INK, PLANS, QUIET, lost, note, nothing, plain, wrapped
from retention.texts import Texts

MOST = 12


def median_stay(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to median_stay: a dot with its interval per group; in words where half are not gone yet."""
    shown = answer.iloc[:MOST]
    if lost(shown, "spells"):
        return nothing(texts)
    names = names_of(shown, texts)
    rows = Rows(
        [plain(names[code] or texts("chart.median_stay.everybody")) for code in shown["segment"]],
        [_fact(row, texts) for row in shown.itertuples()],
    )
    marks = shown[["median", "low", "high"]].astype(float).to_numpy(copy=True)
    followed = shown["followed"].astype(float).to_numpy()
    reach = float(np.nanmax(np.concatenate([marks.ravel(), followed, [1.0]])))
    # An interval whose upper end is not reached goes to the end of what was observed.
    marks[:, 2] = np.where(np.isnan(marks[:, 2]) & np.isfinite(marks[:, 0]), reach, marks[:, 2])
    colours = np.where(shown["spells"] >= ENOUGH, PLANS[0], QUIET).tolist()
    hover = [wrapped(f"{name}: {fact}.") for name, fact in zip(rows.names, rows.facts, strict=True)]
    axis = days_axis(reach, texts) | {"title": note(texts("chart.median_stay.note"))}
    return rows.stage(texts, dots(rows, marks, shown["segment"].to_numpy(str), hover, colours or [INK]), axis)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """What the log-rank test allows to say about the groups; of one group, its median."""
    if lost(answer, "spells"):
        return ""
    first = next(answer.itertuples())  # a Series has a method of the name median
    if len(answer) == 1:
        kind = "unknown" if pd.isna(first.median) else "one"
        return "" if first.spells < ENOUGH else texts(f"chart.median_stay.{kind}", fact=_fact(first, texts))
    if pd.isna(first.p):
        return texts("chart.median_stay.no_test")
    p = texts("chart.median_stay.tiny") if first.p < 0.001 else f"= {texts.number(first.p, 3)}"
    blanks = {"count": int(first.compared), "chi": texts.number(first.chi_square, 1), "df": int(first.df), "p": p}
    return texts("chart.median_stay.differ" if first.p < 0.05 else "chart.median_stay.alike", **blanks)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "spells"):
        return texts("chart.shared.nothing")
    names = names_of(answer, texts)
    parts = [
        f"{names[row.segment] or texts('chart.median_stay.everybody')}: {_fact(row, texts)}"
        for row in answer.itertuples()
    ]
    return texts("chart.median_stay.alt", parts="; ".join(parts[:MOST]))


def _fact(row: tuple, texts: Texts) -> str:
    if pd.notna(row.begins):
        return texts("chart.median_stay.not_observed", count=int(row.begins), spells=int(row.spells))
    if pd.isna(row.median):
        if pd.isna(row.followed):
            return texts("chart.median_stay.too_few", spells=int(row.spells))
        return texts("chart.median_stay.not_reached", count=int(row.followed), spells=int(row.spells))
    high = texts("chart.median_stay.open") if pd.isna(row.high) else texts.number(row.high)
    low = texts.number(row.low if pd.notna(row.low) else row.median)
    return texts("chart.median_stay.fact", count=int(row.median), low=low, high=high, spells=int(row.spells))
