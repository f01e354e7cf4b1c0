"""How a page opens: language, data set, filters and menu, or the words that there is nothing to show."""

from contextlib import nullcontext
from datetime import datetime

import streamlit as st

from retention.access import for_viewer
from retention.filters import Filters
from retention.guards import SAYS_LANGUAGE
from retention.texts import Texts
from retention.ui import background, everybodys, kept_set, login, session
from retention.ui.comparing import COMPARED, choose_comparison
from retention.ui.escaping import escaped
from retention.ui.keeping_state import look_after_kept, show_keeping_state
from retention.ui.navigation import PAGES, choose_language, language, links
from retention.ui.page import Page, extent
from retention.ui.published import PAGES_WITH, switch_published
from retention.ui.sections import sections_asked
from retention.ui.sidebar import hide_names, show_filters
from retention.ui.view import read_view, url_words, was_written, write_view

FAVICON = "📉"  # an icon of Material Symbols would be fetched from a server outside
WITHOUT_DATA = ("data", "meeting", "settings", "glossary")  # pages that need none, and no filters
_OPENED = "opened"  # a session that has seen its data waits for nothing


def open_page(name: str, plain: bool = False) -> Page:
    """Set the page up, in the reader's language and with the reader's filters; stops where there is nothing to show.

    A `plain` one has no title of its own.
    """
    texts = Texts(language())
    st.set_page_config(
        page_title=f"{texts(f'page.{name}.name')} · {texts('frame.title')}", page_icon=FAVICON, layout="wide",
        initial_sidebar_state=348,
    )
    login.let_in(texts)
    look_after_kept()
    background.adopt()
    data = _data(texts)
    newer = _is_newer(data)  # before the address is written anew
    if data.usable:
        texts = Texts(texts.language, extent(data).currency)
    filters = for_viewer(read_view()) if login.is_viewer() else read_view()
    view = write_view(filters, sections_asked(name), lang=texts.language, data=data.fingerprint)
    _sidebar(name, texts, data, filters, view)
    if name in login.CLOSED_TO_VIEWERS and login.is_viewer():
        st.title(texts(f"page.{name}.title"))
        login.refuse(texts)
    if plain:
        return Page(name, texts, data, filters, view)
    st.title(texts(f"page.{name}.title"))
    if data.origin == "shared":
        _folder_news(texts, newer)
    _provenance(texts, data)
    show_keeping_state(texts, data)
    if lead := texts(f"page.{name}.lead"):
        st.markdown(lead)
    if not data.usable and name not in WITHOUT_DATA:
        _nothing_usable(texts, view)
    return Page(name, texts, data, filters, view)


def _sidebar(name: str, texts: Texts, data, filters: Filters, view: dict) -> None:
    """The menu, and the filters of pages that have some."""
    with st.sidebar:
        st.markdown(f"**{texts('frame.title')}**")
        links(texts, view, login.CLOSED_TO_VIEWERS if login.is_viewer() else ())
        if name not in ("data", "settings"):
            background.watch(texts)
        if data.usable and name not in WITHOUT_DATA:
            show_filters(texts, session.answer(data, "choices", Filters()), extent(data), filters)
            if name in COMPARED:
                choose_comparison(texts, session.answer(data, "choices", Filters()), filters)
            if name in PAGES_WITH:
                switch_published(texts, filters)
        choose_language(texts)
        if data.usable and not login.is_viewer():
            hide_names(texts, filters)
        login.show_account(texts)
        st.html(f"<script>{SAYS_LANGUAGE[texts.language]}</script>", unsafe_allow_javascript=True)


def _data(texts: Texts):
    """The session's data set; where the URL speaks of another one, the page says so and shows nothing else."""
    with nullcontext() if _OPENED in st.session_state else st.spinner(texts("frame.loading")):
        data = session.current()
    st.session_state[_OPENED] = True
    asked = url_words("data")
    if asked and asked != [data.fingerprint] and not was_written("data") and not _is_newer(data):
        st.title(texts("frame.other_data.title"))
        st.markdown(texts("frame.other_data.text"))
        if st.button(texts(f"frame.other_data.{data.origin}"), key="accept_other_data", type="primary"):
            st.query_params["data"] = data.fingerprint
            st.rerun()
        st.page_link(PAGES["data"][0], label=texts("frame.other_data.load"), icon=PAGES["data"][1])
        st.stop()
    return data


def _is_newer(data) -> bool:
    """Was the address that the reader opened made with what the installation's folder held before?"""
    asked = url_words("data")
    if data.origin != "shared" or asked in ([], [data.fingerprint]) or was_written("data"):
        return False
    return everybodys.was_of_folder(asked[0])


def _folder_news(texts: Texts, newer: bool) -> None:
    """What became of the folder's files since this session read them, and the way to the newest."""
    news = everybodys.folder_news()
    if news is None:
        if newer:
            st.info(texts("frame.folder.newer"), icon=":material/update:")
        return
    at, file = news
    today = at.date() == datetime.now().date()
    when = {"at": texts("frame.folder.at" if today else "frame.folder.at_day", day=at.date(), clock=f"{at:%H:%M}")}
    if file is None:
        st.info(texts("frame.folder.changed", **when), icon=":material/update:")
        st.button(texts("frame.folder.read"), on_click=_read_again, key="read_folder", icon=":material/refresh:")
    elif file:
        st.warning(texts("frame.folder.failed", file=escaped(file), **when), icon=":material/block:")
    else:
        st.warning(texts("frame.folder.unusable", **when), icon=":material/block:")


def _read_again() -> None:
    st.session_state.pop(_OPENED, None)  # the next run waits for the files, and says so
    everybodys.read_again()


def _provenance(texts: Texts, data) -> None:
    """Sample data is marked as such; of other data its last complete day is said."""
    if not data.usable:
        return
    about = extent(data)
    origin = "kept" if data.origin == "upload" and kept_set.is_kept(data) else data.origin
    st.caption(texts(f"frame.origin.{origin}", as_of=about.as_of.date(), count=int(about.paying)))
    if about.left_out:
        told = texts("frame.other_currencies", count=int(about.left_out), currency=escaped(about.currency))
        st.caption(f":material/currency_exchange: {told}")


def _nothing_usable(texts: Texts, view: dict) -> None:
    st.info(texts("frame.nothing_usable"))
    st.page_link(PAGES["data"][0], label=texts("frame.to_data"), icon=PAGES["data"][1], query_params=view)
    st.stop()
