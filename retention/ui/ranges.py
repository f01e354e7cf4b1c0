"""Two ranges of days to compare, kept in the URL like the filters of the sidebar."""

import streamlit as st

from retention.ui.view import widget_key

SIDES = {"before": ("before_first", "before_last"), "after": ("after_first", "after_last")}
STEPS = [tenth / 10 for tenth in range(1, 51)]  # percentage points


def choose_ranges(page) -> None:
    """Four days; all may stay empty."""
    texts = page.texts
    pattern = "DD.MM.YYYY" if texts.language == "de" else "DD/MM/YYYY"
    for column, name in zip(st.columns(4), (name for names in SIDES.values() for name in names), strict=True):
        column.date_input(texts(f"filter.{name}.label"), value=None, key=widget_key(name), format=pattern)
    st.caption(texts("filter.ranges.help"))
    chosen = page.filters
    ends = [day for day in (chosen.before_last, chosen.before_first) if day], [
        day for day in (chosen.after_first, chosen.after_last) if day]
    if all(ends) and ends[0][0] >= ends[1][0]:
        st.warning(texts("filter.ranges.overlap"), icon=":material/warning:")
    if (ends[0] or ends[1]) and page.ask("churn_change").empty:
        st.info(texts("filter.ranges.no_period"), icon=":material/calendar_month:")


def choose_points(page) -> None:
    """By how much churn would be lower."""
    texts, key = page.texts, widget_key("points")
    st.session_state[key] = min(STEPS, key=lambda step: abs(step - page.filters.points))
    st.select_slider(texts("filter.points.label"), STEPS, key=key, format_func=lambda step: texts.number(step, 1))
