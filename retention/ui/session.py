"""Which data set this reader looks at: an upload of their own, else the installation's folder, else the sample."""

import os
from pathlib import Path

import pandas as pd
import streamlit as st

from retention.dataset import DataSet, sample, shared
from retention.filters import Filters

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
