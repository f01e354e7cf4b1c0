"""Which data set this reader looks at: an upload of their own, else the installation's folder, else the sample."""

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from retention import figures
from retention.access import for_viewer, lists_persons, without_persons
from retention.dataset import DataSet
from retention.filters import Filters
from retention.questions import question
from retention.texts import Texts
from retention.ui import kept_set, login
from retention.ui.everybodys import everybodys
from retention.warehouse import Forgotten, TooSlow

_UPLOAD = "uploaded_data_set"




def current() -> DataSet:
    """This session's data set: brought here, else kept on this computer, else everybody's."""
    if brought := st.session_state.get(_UPLOAD):
        return brought
    kept = kept_set.current()
    return kept if isinstance(kept, DataSet) else everybodys()


def keep_brought() -> None:
    """Where keeping is on, what was brought is kept too, once for each data set."""
    if brought := st.session_state.get(_UPLOAD):
        kept_set.keep_brought(brought)


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
    is_viewer = login.is_viewer()
    if is_viewer:  # whatever widgets and addresses say: this is the one way to an answer
        if lists_persons(name):
            login.refuse()
        filters = for_viewer(filters)
    try:
        found = kept(data.fingerprint, name, _bound(name, filters), filters, data)
    except Forgotten:
        st.stop()  # the reader forgot the data while this page was being drawn; the next run shows what is there now
    except TooSlow:
        st.error(Texts(st.session_state.get("language"))("frame.too_slow"), icon=":material/timer:")
        st.stop()
    return without_persons(found) if is_viewer else found


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
    key = f"{asks} {_bound(asks, filters)} {login.is_viewer()}"  # the same filters give a viewer another answer
    return kept(data.fingerprint, chart.__name__, key, texts.language, found, chart, texts)


def _draw(found: pd.DataFrame, chart: Callable, texts: Texts) -> tuple[go.Figure, str, str]:
    return chart(found, texts), figures.finding_of(chart, found, texts), figures.alt_of(chart, found, texts)


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
