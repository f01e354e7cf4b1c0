"""The filters in the sidebar: period, grain and who counts, each only where there is something to choose."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from retention.filters import GRAINS, LISTS, Filters
from retention.texts import Texts
from retention.ui.escaping import escaped
from retention.ui.view import reset_view, widget_key

_HIDE = "hide_names"


def show_filters(texts: Texts, choices: pd.DataFrame, extent: pd.Series, view: Filters) -> None:
    """The grain, and the other filters folded away until somebody asks for them; what is chosen stands on the fold."""
    st.segmented_control(
        texts("filter.grain.label"), GRAINS, key=widget_key("grain"), required=True, width="stretch",
        format_func=lambda grain: texts(f"filter.grain.{grain}"),
    )
    chosen = _chosen(texts, view)
    label = texts("filter.fold_chosen", chosen=escaped(", ".join(chosen))) if chosen else texts("filter.fold")
    box = st.expander(label, expanded=bool(chosen), key="filters", on_change="rerun")
    if box.open:
        with box:
            _days(texts, extent)
            for name in LISTS:
                choose_several(texts, name, choices, view, name)
    if replace(view, masked="no") != Filters():
        st.button(texts("filter.reset"), on_click=reset_view, key="reset_filters", width="stretch")


def hide_names(texts: Texts, view: Filters) -> None:
    """One switch for all pages: numbers in place of names and addresses, for a screen that others see."""
    st.session_state[_HIDE] = view.masked == "yes"
    st.toggle(texts("frame.hide_names"), key=_HIDE, help=texts("frame.hide_names_help"), on_change=_hide)


def _hide() -> None:
    st.session_state[widget_key("masked")] = "yes" if st.session_state[_HIDE] else "no"


def _chosen(texts: Texts, view: Filters) -> list[str]:
    """What differs from everything and everybody, in words."""
    days = [
        texts(f"filter.{name}.chosen", day=day) for name in ("first_day", "last_day") if (day := getattr(view, name))
    ]
    return days + [texts.word(name, value) for name in LISTS for value in getattr(view, name)]


def _days(texts: Texts, extent: pd.Series) -> None:
    """First and last day, each may stay open."""
    pattern = "DD.MM.YYYY" if texts.language == "de" else "DD/MM/YYYY"
    bounds = {}
    if not pd.isna(extent.first_day):
        bounds = {"min_value": min(extent.first_day, extent.as_of).date(), "max_value": extent.as_of.date()}
    for name in ("first_day", "last_day"):
        kept = st.session_state[widget_key(name)]
        if kept and bounds and not bounds["min_value"] <= kept <= bounds["max_value"]:
            st.session_state[widget_key(name)] = min(max(kept, bounds["min_value"]), bounds["max_value"])
        st.date_input(texts(f"filter.{name}.label"), value=None, key=widget_key(name), format=pattern, **bounds)


def choose_several(texts: Texts, name: str, choices: pd.DataFrame, view: Filters, kept_as: str) -> None:
    """Any of several; a value of an old link that this data lacks stays visible, so that it can be taken away."""
    known = choices.loc[choices["filter"] == name, "choice"].tolist()
    chosen = list(getattr(view, kept_as))
    options = known + [value for value in chosen if value not in known]
    if len(options) < 2 and not chosen:
        return
    st.multiselect(
        texts(f"filter.{kept_as}.label"), options, key=widget_key(kept_as), placeholder=texts("filter.all"),
        format_func=lambda value: texts.word(name, value),
    )
