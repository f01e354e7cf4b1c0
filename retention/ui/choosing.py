"""Choices that belong to one page: the period shown, step changes, two definitions, another tool's number."""

from datetime import date

import streamlit as st

from retention.filters import DEFINITIONS
from retention.ui.view import widget_key


def choose_period(page, with_range: bool = False) -> date | None:
    """A period of the chosen time; the start of the one shown, or None where the whole chosen time is shown."""
    texts, grain, key = page.texts, page.filters.grain, widget_key("period")
    known = page.ask("periods")
    starts = [start.date() for start in known["period_start"]]
    kept = st.session_state.get(key)
    if kept not in starts:
        # After a change of grain the period that the old one lies in is shown.
        st.session_state[key] = next((start for start in starts if kept and start <= kept), None)
    ranged = with_range and bool(page.filters.first_day or page.filters.last_day)
    chosen = st.selectbox(
        texts("filter.period.label"), starts, index=None, key=key, width=320,
        placeholder=texts(f"filter.period.{'range' if ranged else 'newest'}"),
        format_func=lambda start: texts.period(start, grain),
    )
    settled = known.loc[known["state"] == "settled", "period_start"]
    newest = settled if len(settled) else known["period_start"]
    return chosen or (None if ranged or newest.empty else newest.iloc[0].date())


def mark_steps(page) -> None:
    """Days on which something changed for good: added here, drawn in the figures, kept in the URL."""
    texts, key = page.texts, widget_key("step")
    with st.expander(texts("filter.step.label"), key="steps", on_change="rerun") as box:
        if not box.open:
            return
        st.caption(texts("filter.step.help"))
        pattern = "DD.MM.YYYY" if texts.language == "de" else "DD/MM/YYYY"
        left, right = st.columns(2, vertical_alignment="bottom")
        day = left.date_input(
            texts("filter.step.label"), value=None, key="step_day", format=pattern, label_visibility="collapsed",
            min_value=date(1970, 1, 1), max_value=page.as_of,
        )
        steps = list(page.filters.step)
        right.button(
            texts("filter.step.add"), key="add_step", disabled=day is None or day.isoformat() in steps,
            on_click=_keep, args=(key, [*steps, *([day.isoformat()] if day else [])]),
        )
        for step in steps:
            st.button(
                texts("filter.step.remove", day=texts.day(date.fromisoformat(step))), key=f"remove_{step}",
                icon=":material/close:",
                on_click=_keep, args=(key, [other for other in steps if other != step]),
            )


def choose_two(page) -> bool:
    """Two definitions; are they two?"""
    texts = page.texts
    for name, column in zip(("definition", "against"), st.columns(2), strict=True):
        column.selectbox(
            texts(f"filter.{name}.label"), DEFINITIONS, key=widget_key(name),
            format_func=lambda definition: texts(f"metric.{definition}.label"),
        )
    if page.filters.definition != page.filters.against:
        return True
    st.info(texts("page.lens.no_difference"))
    return False


def explain_definitions(page) -> None:
    """Label, meaning and formula of every definition."""
    texts = page.texts
    with st.expander(texts("page.lens.words"), key="definition_words"):
        for name in DEFINITIONS:
            words = {part: texts(f"metric.{name}.{part}") for part in ("label", "meaning", "formula")}
            st.markdown(f"**{words['label']}**: {words['meaning']}  \n*{words['formula']}*")


def _keep(key: str, days: list[str]) -> None:
    st.session_state[key] = tuple(sorted(set(days)))
