"""The first visit in three steps, skipped with one click and not shown again."""

import streamlit as st

from retention.ui.kept import keep, kept
from retention.ui.navigation import PAGES

_KEPT, _STEP = "visit", "visit_step"
# step: where it leads
STEPS = {"look": "churn", "bring": "data", "meet": "meeting"}


def show_welcome(page) -> None:
    """One step at a time over the sample data; whoever brought data, or was here before, sees nothing."""
    if kept(_KEPT) or page.data.origin != "sample":
        return
    texts, names = page.texts, list(STEPS)
    number = st.session_state.get(_STEP, 0)
    name = names[number]
    with st.container(border=True, key="welcome"):
        st.markdown(f"**{texts('welcome.title', number=number + 1, count=len(names))}** {texts(f'welcome.{name}')}")
        row = st.container(horizontal=True, vertical_alignment="center")
        script, icon = PAGES[STEPS[name]]
        row.page_link(script, label=texts(f"page.{STEPS[name]}.name"), icon=icon, query_params=page.view)
        if number + 1 < len(names):
            row.button(texts("welcome.on"), key="welcome_on", on_click=_go, args=(number + 1,))
        row.button(texts("welcome.skip"), key="welcome_skip", type="tertiary", on_click=keep, args=(_KEPT, "seen"))


def _go(number: int) -> None:
    st.session_state[_STEP] = number
