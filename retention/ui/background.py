"""What this session is reading: begun, watched with a progress bar on every page, cancelled, and taken when done."""

import streamlit as st

from retention.texts import Texts
from retention.ui import kept_set, session
from retention.ui.escaping import escaped
from retention.ui.order import Folder, Order, known_again
from retention.ui.reading import Reading
from retention.ui.usual import usual_reading, usual_settings

_READING, _ORDER, _FOLDER = "reading", "order", "upload_folder"
_REMEMBERED, _FAILED, _FRESH = "remembered_readings", "failed_reading", "fresh_data"
EVERY = 0.5  # seconds between two looks at a reading


def order() -> Order:
    """What is being read, else what the session's data set was read from."""
    reading = st.session_state.get(_READING)
    usual = Order(read=usual_reading(), settings=usual_settings())
    return reading.order if reading else st.session_state.get(_ORDER, usual)


def folder() -> Folder:
    """Where this session's files lie."""
    if _FOLDER not in st.session_state:
        st.session_state[_FOLDER] = Folder()
    return st.session_state[_FOLDER]


def remembered() -> dict[str, dict]:
    """In which way files with the same headings were read before in this session, by the key of the headings."""
    return st.session_state.setdefault(_REMEMBERED, {})


def begin(wanted: Order) -> None:
    """Read an order; a reading under way is given up, the data set shown stays until the new one is there."""
    _give_up()
    st.session_state.pop(_FAILED, None)
    st.session_state[_READING] = Reading(wanted)


def cancel() -> None:
    """Stop reading at once; what was loaded before stays as it is."""
    _give_up()
    folder().sweep(order())


def adopt() -> None:
    """Take a finished reading as the session's data set; a file that is known again is read as it was before."""
    reading = st.session_state.get(_READING)
    if reading is None or not reading.finished:
        return
    del st.session_state[_READING]
    if reading.data is None:
        st.session_state[_FAILED] = reading.failure
        folder().sweep(order())
        return
    session.take(reading.data)
    session.keep_brought()
    st.session_state[_ORDER] = reading.order
    st.session_state[_FRESH] = reading.data.fingerprint
    folder().sweep(reading.order)
    again = known_again(reading.order, reading.data.reports, remembered())
    if again != reading.order:
        begin(again)


def is_fresh(fingerprint: str) -> bool:
    """Did this session read the data set itself, and is nothing being read now?"""
    return st.session_state.get(_FRESH) == fingerprint and _READING not in st.session_state


def forget() -> None:
    """Nothing of what this session brought is left: no reading, files, data set, answers or remembered columns."""
    _give_up()
    session.forget()
    kept_set.drop()
    held = st.session_state.pop(_FOLDER, None)
    if held:
        held.close()
    for key in (_ORDER, _REMEMBERED, _FAILED, _FRESH):
        st.session_state.pop(key, None)


def watch(texts: Texts) -> None:
    """The reading under way with its bar and its Cancel button, or the sentence why the last one came to nothing."""
    if _READING in st.session_state:
        _bar(texts)
    elif _FAILED in st.session_state:
        failed = st.session_state[_FAILED]
        known = f"data.failed.{failed}"
        said = texts(known) if texts.has(known) else texts("data.failed.other", error=str(failed))
        st.error(said, icon=":material/block:")


@st.fragment(run_every=EVERY)
def _bar(texts: Texts) -> None:
    """Looks at the reading again and again without running the page; the page runs once it is over."""
    reading = st.session_state.get(_READING)
    if reading is None or reading.finished:
        st.rerun()
    step = texts.word("data.step", reading.step)
    st.progress(reading.done, text=f"{escaped(reading.file)}: {step}" if reading.file else step)
    st.button(texts("data.cancel"), on_click=cancel, key="cancel_reading", icon=":material/front_hand:")


def _give_up() -> None:
    reading = st.session_state.pop(_READING, None)
    if reading:
        reading.cancel()
