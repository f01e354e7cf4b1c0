"""The table of pages in reading order, the links between them, and the reader's language."""

from pathlib import Path

import streamlit as st

from retention.texts import LANGUAGES, Texts

ROOT = Path(__file__).resolve().parent.parent.parent

# name: script, icon
PAGES = {
    "overview": ("dashboard.py", "🏠"),
    "churn": ("pages/churn.py", "📉"),
    "change": ("pages/change.py", "🔀"),
    "lens": ("pages/lens.py", "🔍"),
    "staying": ("pages/staying.py", "⏳"),
    "reasons": ("pages/reasons.py", "💬"),
    "farewell": ("pages/farewell.py", "🕊️"),
    "winback": ("pages/winback.py", "💌"),
    "todo": ("pages/todo.py", "✅"),
    "members": ("pages/members.py", "👤"),
    "meeting": ("pages/meeting.py", "📽️"),
    "data": ("pages/data.py", "📁"),
    "settings": ("pages/settings.py", "⚙️"),
}


def language() -> str:
    """The URL's language, else the one kept, else the browser's."""
    asked = st.query_params.get("lang")
    if asked in LANGUAGES and asked != st.session_state.get("written_language"):
        st.session_state["language"] = asked
        st.session_state["language_choice"] = asked
    if "language_choice" in st.session_state:
        st.session_state["language"] = st.session_state["language_choice"]
    kept = st.session_state.get("language")
    if kept not in LANGUAGES:
        kept = "de" if (st.context.locale or "").lower().startswith("de") else "en"
    st.session_state["language"] = st.session_state["language_choice"] = kept
    st.session_state["written_language"] = kept
    return kept


def links(texts: Texts, view: dict[str, str | list[str]]) -> None:
    """The menu: every page by its name in the reader's language, each link carrying the view."""
    for name, (script, icon) in PAGES.items():
        st.page_link(script, label=texts(f"page.{name}.name"), icon=icon, query_params=view)


def choose_language(texts: Texts) -> None:
    """The two languages, each named in itself."""
    st.segmented_control(
        texts("frame.language"), LANGUAGES, format_func={"en": "English", "de": "Deutsch"}.get,
        key="language_choice", required=True, label_visibility="collapsed",
    )
