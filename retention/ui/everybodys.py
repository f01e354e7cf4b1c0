"""The data of a session that brought none: the folder of the installation as it was when it came, else the sample."""

import gc
import os
from datetime import datetime
from pathlib import Path

import streamlit as st

from retention.data_settings import Settings
from retention.dataset import DataSet, sample
from retention.intake.worker.parent import Cancelled
from retention.ui.shared_folder import SharedFolder
from retention.ui.usual import usual_settings
from retention.warehouse import Forgotten

_CONTENT = "folder_content"


@st.cache_resource(show_spinner=False, max_entries=2, on_release=DataSet.forget)
def _sample(settings: Settings) -> DataSet:
    """Loaded once for all readers with the same settings, and only read."""
    data = sample(settings)
    _leave_to_stay()
    return data


@st.cache_resource(show_spinner=False, max_entries=2, on_release=SharedFolder.close)
def _folder(folder: str, settings: Settings) -> SharedFolder:
    """The installation's folder, its first state read."""
    files = SharedFolder(Path(folder), settings)
    files.newest()
    _leave_to_stay()
    return files


def _leave_to_stay() -> None:
    """Streamlit collects garbage after every run; what is here by now stays as long as the server: it is left out."""
    gc.collect()
    gc.freeze()


# Released when the session ends, or looks at another state.
@st.cache_resource(show_spinner=False, max_entries=1, scope="session", on_release=lambda look: look[0].leave(look[1]))
def _look(content: str, settings: Settings, _files: SharedFolder) -> tuple[SharedFolder, str]:  # noqa: ARG001
    _files.look(content)
    return _files, content


def everybodys() -> DataSet:
    """The sample, or the state of the folder that this session saw first, until it asks for the newest."""
    try:
        files = _files()
        if files is None:
            return _sample(usual_settings())
        content = st.session_state.get(_CONTENT, "")
        data = files.state(content)
        if data is None:
            content, data = files.newest()
            st.session_state[_CONTENT] = content
        _look(content, usual_settings(), files)
        return data
    except (Cancelled, Forgotten):
        st.stop()  # the server ends


def _files() -> SharedFolder | None:
    folder = os.environ.get("RETENTION_DATA")
    return _folder(folder, usual_settings()) if folder else None


def read_again() -> None:
    """From the next run on this session looks at the folder's files as they are then."""
    st.session_state.pop(_CONTENT, None)


def folder_news() -> tuple[datetime, str | None] | None:
    """When the folder's files changed since this session's state, and the file that cannot be read (empty: all)."""
    files = _files()
    if files is None or files.content() == st.session_state.get(_CONTENT):
        return None
    return files.changed_at(), files.failure()


def was_of_folder(fingerprint: str) -> bool:
    """Did the installation's folder hold this data before?"""
    files = _files()
    return files is not None and files.knew(fingerprint)
