"""Which data set this reader looks at: an upload of their own, else the installation's folder, else the sample."""

import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from retention import charts
from retention.dataset import DataSet, sample, shared
from retention.filters import Filters
from retention.texts import Texts

_UPLOAD = "uploaded_data_set"


@st.cache_resource(show_spinner=False, max_entries=2)
def _everybodys(folder: str | None) -> DataSet:
    """Loaded once for all readers, and only read."""
    return shared(Path(folder)) if folder else sample()


def current() -> DataSet:
    """This session's data set."""
    return st.session_state.get(_UPLOAD) or _everybodys(os.environ.get("RETENTION_DATA") or None)


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
    return kept(data.fingerprint, name, filters, data)


@st.cache_data(show_spinner=False, max_entries=500)
def _everybodys_answer(fingerprint: str, name: str, filters: Filters, _data: DataSet) -> pd.DataFrame:  # noqa: ARG001
    # the fingerprint stands in the key for the data, which itself is not hashed
    return _data.ask(name, filters)


@st.cache_data(show_spinner=False, max_entries=200, scope="session")
def _own_answer(fingerprint: str, name: str, filters: Filters, _data: DataSet) -> pd.DataFrame:  # noqa: ARG001
    return _data.ask(name, filters)


def drawing(data: DataSet, chart: Callable, asks: str, filters: Filters, texts: Texts) -> tuple[go.Figure, str, str]:
    """The figure for an answer, its finding and its words; kept like the answers, for the same readers."""
    kept = _own_drawing if data.origin == "upload" else _everybodys_drawing
    return kept(data.fingerprint, chart.__name__, asks, filters, texts.language, data, chart, texts)


def _draw(data: DataSet, chart: Callable, asks: str, filters: Filters, texts: Texts) -> tuple[go.Figure, str, str]:
    found = answer(data, asks, filters)
    return chart(found, texts), charts.finding_of(chart, found, texts), charts.alt_of(chart, found, texts)


@st.cache_resource(show_spinner=False, max_entries=300)
def _everybodys_drawing(
    fingerprint: str, name: str, asks: str, filters: Filters, language: str, _data, _chart, _texts  # noqa: ARG001
) -> tuple[go.Figure, str, str]:
    return _draw(_data, _chart, asks, filters, _texts)


@st.cache_resource(show_spinner=False, max_entries=100, scope="session")
def _own_drawing(
    fingerprint: str, name: str, asks: str, filters: Filters, language: str, _data, _chart, _texts  # noqa: ARG001
) -> tuple[go.Figure, str, str]:
    return _draw(_data, _chart, asks, filters, _texts)
