"""The owner's settings that a figure rests on, said beneath it with the way to change them."""

import streamlit as st

from retention.filters import Filters
from retention.questions import question, settings_read
from retention.ui.navigation import PAGES


def show_holding(page, asks: str, filters: Filters) -> None:
    """One line, and a link to the page Settings; nothing where none of them matters."""
    said = _said(page, asks, filters)
    if said:
        st.caption(page.texts("frame.holding.said", settings=" · ".join(said)))
        script, icon = PAGES["settings"]
        st.page_link(script, label=page.texts("frame.holding.change"), icon=icon, query_params=page.view)


def _said(page, asks: str, filters: Filters) -> list[str]:
    texts, settings, parameters = page.texts, page.data.settings, question(asks).parameters
    said = [texts(f"frame.holding.{name}", count=getattr(settings, name))
            for name in ("grace_days", "winback_days") if name in settings_read(asks)]
    if "promise_hours" in parameters:
        said.append(texts("frame.holding.promise_hours", count=filters.promise_hours))
    if "grain" in parameters and filters.grain == "week":
        said.append(texts("frame.holding.week_start", day=texts(f"settings.week_start.{settings.week_start}")))
    if "grain" in parameters and filters.grain in ("quarter", "year"):
        said.append(texts("frame.holding.fiscal_month", month=texts.month(settings.fiscal_month)))
    return said
