"""The data set kept on this computer: opened once, replaced only where nothing is lost or the reader has said so."""

import streamlit as st

from retention import kept_data
from retention.dataset import DataSet
from retention.kept_data import Loss, NotReadable
from retention.stopping import work
from retention.ui.kept import DATA, attempt, store
from retention.warehouse import Stopped

_LOSS = "would_lose"


@st.cache_resource(show_spinner=False, max_entries=1)
def _opened(folder: str) -> DataSet | NotReadable | None:  # noqa: ARG001
    """The data set, loaded once; a newer one lies in another folder."""
    try:
        with work().under_way() as stop:
            data = kept_data.kept(store(), stop)
        if data:
            work().hold(data.warehouse)
        return data
    except NotReadable as damage:
        return damage
    except Stopped:
        st.stop()  # the server ends


def current() -> DataSet | NotReadable | None:
    """The data set kept on this computer, why it cannot be used, or None where there is none."""
    found = store()
    kept = found.data() if found and found.on else None
    return _opened(str(kept.folder)) if kept else None


def keep_brought(brought: DataSet) -> None:
    """Where keeping is on, what was brought is kept too; where that would lose something, the reader is asked."""
    leave()
    found = store()
    if not (brought.warehouse and found and found.on) or is_kept(brought):
        return
    kept = found.data()
    lost = kept_data.loss(brought, kept) if kept else None
    if lost is None:
        keep_instead(brought, loses=False)
    else:
        st.session_state[_LOSS] = (brought.fingerprint, lost)


def keep_instead(data: DataSet, loses: bool = True) -> bool:
    """Keep the data set in the place of the one kept; returns whether that worked."""
    if attempt(DATA, lambda: kept_data.keep(data, store(), loses)):
        leave()
        _opened.clear()  # another session would go on with what it read of the damaged one
        return True
    return False


def would_lose(data: DataSet) -> Loss | None:
    """What keeping this data set would lose of what is kept, while the reader has not decided."""
    fingerprint, lost = st.session_state.get(_LOSS, (None, None))
    return lost if fingerprint == data.fingerprint else None


def leave() -> None:
    """What is kept stays; what was brought is for this session only."""
    st.session_state.pop(_LOSS, None)


def is_kept(data: DataSet) -> bool:
    """Is this very data set kept on this computer, and whole?"""
    found = store()
    kept = found.data() if found and found.on else None
    if kept is None or kept.fingerprint != data.fingerprint:
        return False
    opened = current()
    return isinstance(opened, DataSet) and not opened.missing


def drop() -> None:
    """The data set kept on this computer is gone afterwards; what the reader made stays."""
    found = store()
    if found and found.on and found.data() and attempt(DATA, found.drop_data):
        _opened.clear()
