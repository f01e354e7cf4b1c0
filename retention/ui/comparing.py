"""A view beside another: chosen in the sidebar, drawn as two cards on one scale, said on each which side it is."""

import pandas as pd
import streamlit as st

from retention.comparing import earlier
from retention.filters import COMPARE, LISTS, Filters
from retention.texts import Texts
from retention.ui import session
from retention.ui.escaping import escaped
from retention.ui.figure import show_figure
from retention.ui.sidebar import choose_several
from retention.ui.view import widget_key

# The others show what is there today, or compare by themselves.
COMPARED = ("overview", "churn", "lens", "staying", "reasons", "farewell", "winback")


def choose_comparison(texts: Texts, choices: pd.DataFrame, view: Filters) -> None:
    """With the time before, with a year earlier, or with other members, whose filters then unfold."""
    st.selectbox(
        texts("filter.compare.label"), COMPARE, key=widget_key("compare"),
        format_func=lambda kind: texts(f"filter.compare.{kind}"),
    )
    if view.compare == "others":
        for name in LISTS:
            choose_several(texts, name, choices, view, f"other_{name}")


def show_both(page, chart, asks: str, both: tuple[Filters, Filters], n: str | None, people: tuple | None) -> None:
    """Two cards of one figure side by side; on a phone one below the other."""
    answers = [session.answer(page.data, asks, filters) for filters in both]
    for place, mine in zip(page.columns(2), (0, 1), strict=True):
        other = 1 - mine
        with place:
            show_figure(page, chart, asks, answers[mine], both[mine], n, people, (
                both[other], answers[other], mine == 0, side_in_words(page.texts, both[mine], other == 1),
            ))


def side_in_words(texts: Texts, filters: Filters, first: bool) -> str:
    """1 November 2024 to 31 October 2025, Annual; or all members."""
    if filters.compare == "others":
        chosen = [texts.word(name, value) for name in LISTS for value in getattr(filters, name)]
        return texts(f"filter.compare.{'this' if first else 'that'}", what=", ".join(chosen) or texts("filter.all"))
    days = texts("filter.compare.days", first=filters.first_day, last=filters.last_day)
    return texts(f"filter.compare.{'this' if first else 'that'}", what=days)


def also(page, answer: pd.DataFrame, shown: pd.Series, value: str, asks: str, fixed: dict) -> str:
    """The number that a card's number is compared with, in words; "" where nothing is compared or none is known."""
    texts, view = page.texts, page.filters
    if view.compare == "none":
        return ""
    if view.compare == "others":
        both = page.comparing(Filters(**{**view.__dict__, **fixed}))
        other = session.answer(page.data, asks, both[1])
        other = other[other["period_start"] == shown.period_start]
    else:
        before = earlier(pd.Timestamp(shown.period_start).date(), view.compare, view.grain)
        other = answer[pd.to_datetime(answer["period_start"]) == pd.Timestamp(before)]
    if other.empty or pd.isna(other.iloc[0][value]):
        return texts("card.compared.missing")
    row = other.iloc[0]
    return escaped(texts(
        f"card.compared.{view.compare}", share=texts.percent(row[value]), low=texts.percent(row.low),
        high=texts.percent(row.high),
    ))
