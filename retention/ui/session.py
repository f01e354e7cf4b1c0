"""Which data set this reader looks at: an upload of their own, else the installation's folder, else the sample."""

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from retention import charts, kept_data
from retention.dataset import DataSet
from retention.filters import Filters
from retention.questions import question
from retention.stopping import work
from retention.texts import Texts
from retention.ui.everybodys import everybodys
from retention.ui.kept import store
from retention.warehouse import Forgotten

_UPLOAD = "uploaded_data_set"


@st.cache_resource(show_spinner=False, max_entries=1)
def _kept(folder: str) -> DataSet | None:  # noqa: ARG001
    """The data set kept on this computer, loaded once; a newer one lies in another folder."""
    with work().under_way():
        data = kept_data.kept(store())
        if data:
            work().hold(data.warehouse)
        return data


def current() -> DataSet:
    """This session's data set: brought here, else kept on this computer, else everybody's."""
    if brought := st.session_state.get(_UPLOAD):
        return brought
    found = store()
    if found and found.on and (folder := found.data()) and (data := _kept(str(folder))):
        return data
    return everybodys()


def keep_brought() -> None:
    """Where keeping is on, what was brought is kept too; once for each data set."""
    brought, found = st.session_state.get(_UPLOAD), store()
    if brought and brought.warehouse and found and found.on and found.about().get("fingerprint") != brought.fingerprint:
        kept_data.keep(brought, found)


def drop_kept() -> None:
    """The data set kept on this computer is gone afterwards; what the reader made stays."""
    found = store()
    if found and found.on:
        found.drop_data()
        _kept.clear()


def take(data: DataSet) -> None:
    """From now on this session looks at `data`; what it held before is forgotten."""
    forget()
    st.session_state[_UPLOAD] = data


def forget() -> None:
    """Drop this session's upload: the connection, its temporary files and every cached answer."""
    held = st.session_state.pop(_UPLOAD, None)
    if held:
        _own_answer.clear()
        _own_drawing.clear()
        held.forget()


def answer(data: DataSet, name: str, filters: Filters) -> pd.DataFrame:
    """The answer to a question; kept by content fingerprint, an upload's in its own session only."""
    kept = _own_answer if data.origin == "upload" else _everybodys_answer
    try:
        return kept(data.fingerprint, name, _bound(name, filters), filters, data)
    except Forgotten:
        st.stop()  # the reader forgot the data while this page was being drawn; the next run shows what is there now


def _bound(name: str, filters: Filters) -> str:
    """What of the filters the answer depends on; Streamlit would take longer to hash them than many answers take."""
    return repr((filters.parameters(question(name).parameters), filters.uncovered, filters.masked))


# What begins with _ is not hashed: the fingerprint stands in the key for the data, `bound` for the filters.
@st.cache_data(show_spinner=False, max_entries=500)
def _everybodys_answer(fingerprint: str, name: str, bound: str, _filters, _data) -> pd.DataFrame:  # noqa: ARG001
    return _data.ask(name, _filters)


@st.cache_data(show_spinner=False, max_entries=200, scope="session")
def _own_answer(fingerprint: str, name: str, bound: str, _filters, _data) -> pd.DataFrame:  # noqa: ARG001
    return _data.ask(name, _filters)


def drawing(
    data: DataSet, chart: Callable, asks: str, filters: Filters, found: pd.DataFrame, texts: Texts
) -> tuple[go.Figure, str, str]:
    """The figure for the answer found, its finding and its words; kept like the answers, for the same readers."""
    kept = _own_drawing if data.origin == "upload" else _everybodys_drawing
    key = f"{asks} {_bound(asks, filters)}"
    return kept(data.fingerprint, chart.__name__, key, texts.language, found, chart, texts)


def _draw(found: pd.DataFrame, chart: Callable, texts: Texts) -> tuple[go.Figure, str, str]:
    return chart(found, texts), charts.finding_of(chart, found, texts), charts.alt_of(chart, found, texts)


@st.cache_resource(show_spinner=False, max_entries=300)
def _everybodys_drawing(
    fingerprint: str, name: str, bound: str, language: str, _found, _chart, _texts  # noqa: ARG001
) -> tuple[go.Figure, str, str]:
    return _draw(_found, _chart, _texts)


@st.cache_resource(show_spinner=False, max_entries=100, scope="session")
def _own_drawing(
    fingerprint: str, name: str, bound: str, language: str, _found, _chart, _texts  # noqa: ARG001
) -> tuple[go.Figure, str, str]:
    return _draw(_found, _chart, _texts)
