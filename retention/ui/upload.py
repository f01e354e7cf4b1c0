"""Bringing files: choose them, have them read in the background, take one away again, forget them all."""

from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from retention import figures
from retention.texts import Texts
from retention.ui import background, session
from retention.ui.escaping import escaped
from retention.ui.navigation import PAGES
from retention.ui.uploader_words import uploader

_ROUND = "uploader_round"


def upload_form(texts: Texts) -> None:
    """The uploader and the button that reads what was chosen together with what is there already."""
    chosen = uploader(
        texts, texts("data.upload.label"), key=_uploader(), accept_multiple_files=True, help=texts("data.upload.help"),
    )
    more = background.order().files
    label = texts("data.upload.add" if more else "data.upload.read")
    if st.button(label, type="primary", key="read_files", disabled=not chosen):
        background.begin(background.order().having(background.folder().keep(chosen)))
        _empty_uploader(chosen)
        st.rerun()


def forget_button(texts: Texts) -> None:
    """Everything that this session brought is gone after one click."""
    if background.order().files or session.current().origin == "kept":
        st.button(texts("data.forget"), on_click=forget_everything, key="forget", icon=":material/delete:")


def forget_everything() -> None:
    """The session's files, data set, connection, answers and temporary files are gone afterwards."""
    _empty_uploader(st.session_state.get(_uploader()) or [])
    background.forget()


def remove_button(texts: Texts, name: str, number: int) -> None:
    """Read the others again without this file; without the last one there is nothing left."""
    if st.button(texts("data.remove.label"), key=f"remove_{number}", type="tertiary", icon=":material/close:",
                 help=texts("data.remove.help")):
        left = background.order().without(name)
        if left.files:
            background.begin(left)
        else:
            forget_everything()
        st.rerun()


def show_first_finding(page, chart) -> None:
    """Right after reading: what the churn page will say, and the way there."""
    if not (page.data.usable and background.is_fresh(page.data.fingerprint)):
        return
    extent = page.ask("extent").iloc[0]
    finding = figures.finding_of(chart, page.ask(chart.__name__), page.texts) or page.texts(
        "data.read_done", count=int(extent.paying), day=extent.as_of.date()
    )
    with st.container(border=True, key="first_finding"):
        st.markdown(f":material/check_circle: **{escaped(finding)}**")
        st.page_link(
            PAGES["churn"][0], label=page.texts("data.see_churn"), icon=PAGES["churn"][1], query_params=page.view,
        )


def _uploader() -> str:
    return f"uploader_{st.session_state.get(_ROUND, 0)}"


def _empty_uploader(chosen: list) -> None:
    """A new, empty uploader; the old one's bytes would else stay in the server until the session ends."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    running = get_script_run_ctx()
    for upload in chosen:
        with suppress(AttributeError):
            running.uploaded_file_mgr.remove_file(running.session_id, upload.file_id)
