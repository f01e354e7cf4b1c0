"""Bringing files: choose them, say what is asked once, watch the reading, see what came of each."""

import tempfile
from pathlib import Path

import streamlit as st

from retention.dataset import ENDINGS, DataSet, build
from retention.intake.raw import FileRequest, ReadSettings
from retention.texts import Texts
from retention.ui import session
from retention.warehouse import Settings

_BROUGHT = "brought_files"


def upload_form(texts: Texts) -> None:
    """The uploader, the settings and the button that reads; a data set that came of it becomes the session's."""
    chosen = st.file_uploader(
        texts("data.upload.label"), type=[ending[1:] for ending in ENDINGS], accept_multiple_files=True,
        key="uploader", help=texts("data.upload.help"),
    )
    with st.expander(texts("data.settings.title"), key="read_settings"):
        read, settings = _settings(texts)
    if st.button(texts("data.upload.read"), type="primary", key="read_files", disabled=not chosen):
        kept = {name: (content, mapping, kind) for name, content, mapping, kind in st.session_state.get(_BROUGHT, [])}
        kept |= {file.name: (file.getvalue(), None, None) for file in chosen}
        st.session_state[_BROUGHT] = [(name, *rest) for name, rest in kept.items()]
        read_brought(texts, read, settings)


def read_brought(texts: Texts, read: ReadSettings, settings: Settings) -> None:
    """Read everything that this session brought as one data set; the bytes lie in a temporary folder meanwhile."""
    bar = st.progress(0.0, text=texts("data.step.start"))

    def progress(step: str, done: float) -> None:
        bar.progress(min(max(done, 0.0), 1.0), text=texts.word("data.step", step))

    with tempfile.TemporaryDirectory(prefix="retention-upload-") as folder:
        data = build(_written(Path(folder)), read=read, settings=settings, progress=progress)
    bar.empty()
    session.take(data)
    st.session_state["read_with"] = (read, settings)
    st.query_params["data"] = data.fingerprint
    st.rerun()


def map_by_hand(texts: Texts, data: DataSet, name: str, mapping: dict[str, str]) -> None:
    """Read again, with the columns of one file named by its owner."""
    st.session_state[_BROUGHT] = [
        (file, content, mapping, "subscriptions") if file == name else (file, content, known, kind)
        for file, content, known, kind in st.session_state.get(_BROUGHT, [])
    ]
    read_brought(texts, data.read, data.settings)


def forget_everything() -> None:
    """The session's files, data set, connection, answers and temporary files are gone afterwards."""
    session.forget()
    for key in (_BROUGHT, "uploader", "read_with"):
        st.session_state.pop(key, None)


def _written(folder: Path) -> list[FileRequest]:
    """File names are the owner's words: the file on disk bears a number instead."""
    requests = []
    for number, (name, content, mapping, kind) in enumerate(st.session_state[_BROUGHT]):
        path = folder / f"{number}{Path(name).suffix[:10]}"
        path.write_bytes(content)
        requests.append(FileRequest(name=name, path=str(path), mapping=mapping, kind=kind))
    return requests


def _settings(texts: Texts) -> tuple[ReadSettings, Settings]:
    """What is asked once; everything may stay as it is."""
    left, right = st.columns(2)
    as_of = left.date_input(
        texts("data.settings.as_of"), value=None, key="as_of", help=texts("data.settings.as_of_help")
    )
    grace = right.number_input(
        texts("data.settings.grace"), 0, 365, 14, key="grace_days", help=texts("data.settings.grace_help")
    )
    order = left.selectbox(
        texts("data.settings.date_order"), (None, "day", "month"), key="date_order",
        format_func=lambda value: texts(f"data.settings.date_order_{value or 'ask'}"),
    )
    decimal = right.selectbox(
        texts("data.settings.decimal"), (None, "point", "comma"), key="decimal",
        format_func=lambda value: texts(f"data.settings.decimal_{value or 'ask'}"),
    )
    zone = left.text_input(texts("data.settings.zone"), key="time_zone", placeholder="Europe/Berlin")
    currency = right.text_input(texts("data.settings.currency"), key="currency", placeholder="EUR", max_chars=3)
    asked = {"time_zone": zone or None, "currency": currency or None, "date_order": order, "decimal": decimal}
    return ReadSettings(as_of=as_of, **asked), Settings(as_of=as_of, grace_days=int(grace))
