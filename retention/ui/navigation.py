"""The table of pages in reading order, the links between them, and the reader's language."""

import streamlit as st

from retention.texts import LANGUAGES, Texts

# name: script, icon
PAGES = {
    "overview": ("dashboard.py", ":material/home:"),
    "churn": ("pages/churn.py", ":material/trending_down:"),
    "change": ("pages/change.py", ":material/alt_route:"),
    "lens": ("pages/lens.py", ":material/search:"),
    "staying": ("pages/staying.py", ":material/hourglass_top:"),
    "reasons": ("pages/reasons.py", ":material/forum:"),
    "farewell": ("pages/farewell.py", ":material/waving_hand:"),
    "winback": ("pages/winback.py", ":material/mail:"),
    "todo": ("pages/todo.py", ":material/checklist:"),
    "members": ("pages/members.py", ":material/person:"),
    "meeting": ("pages/meeting.py", ":material/co_present:"),
    "data": ("pages/data.py", ":material/folder_open:"),
    "glossary": ("pages/glossary.py", ":material/menu_book:"),
    "settings": ("pages/settings.py", ":material/settings:"),
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


def links(texts: Texts, view: dict[str, str | list[str]], closed: tuple[str, ...] = ()) -> None:
    """The menu: every page by its name in the reader's language, each link carrying the view; none to the `closed`."""
    for name, (script, icon) in PAGES.items():
        if name in closed:
            continue
        st.page_link(script, label=texts(f"page.{name}.name"), icon=icon, query_params=view)


def choose_language(texts: Texts) -> None:
    """The two languages, each named in itself."""
    st.segmented_control(
        texts("frame.language"), LANGUAGES, format_func={"en": "English", "de": "Deutsch"}.get,
        key="language_choice", required=True, label_visibility="collapsed",
    )
