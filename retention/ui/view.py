"""The view a reader has chosen: kept across pages, carried by the URL, restored from it."""

from datetime import date

import streamlit as st

from retention.filters import KEPT, LISTS, PAGE_LISTS, BadFilter, Filters
from retention.ui.kept import kept

_KEPT, _WRITTEN = "kept_view", "written_view"


def url_words(name: str) -> list[str]:
    """What the URL says for a key; several values stand as several keys."""
    return st.query_params.get_all(name)


def was_written(name: str) -> bool:
    """Does the URL say what the page wrote there last? If not, the reader went Back, or opened a link."""
    return st.session_state.get(_WRITTEN, {}).get(name, []) == url_words(name)


def read_view() -> Filters:
    """The URL where it differs from what was last written there, else the widget, else what was kept."""
    view = st.session_state.get(_KEPT) or Filters(promise_hours=int(kept("promise_hours", Filters.promise_hours)))
    for name in KEPT:
        key = widget_key(name)
        if not was_written(name):
            view = _from_url(view, name)
        elif key in st.session_state:
            view = _with(view, name, st.session_state[key])
        st.session_state[key] = _for_widget(name, getattr(view, name))
    st.session_state[_KEPT] = view
    return view


def write_view(view: Filters, of_page: dict[str, str], **extra: str) -> dict[str, str | list[str]]:
    """Put the view into the URL, defaults left out, and return it for links to other pages; `of_page` stays here."""
    words = {**view.as_words(), **extra}
    if {name: st.query_params.get_all(name) for name in st.query_params} != _listed({**words, **of_page}):
        st.query_params.from_dict({**words, **of_page})
    st.session_state[_WRITTEN] = _listed(words)
    return words


def widget_key(name: str) -> str:
    """The session key of the widget that sets filter `name`."""
    return f"filter_{name}"


def reset_view() -> None:
    """Back to no filter; hidden names stay hidden. To be called before the widgets are drawn."""
    view = Filters(masked=st.session_state.get(_KEPT, Filters()).masked)
    st.session_state[_KEPT] = view
    for name in KEPT:
        st.session_state[widget_key(name)] = _for_widget(name, getattr(view, name))


def _listed(words: dict[str, str | list[str]]) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else list(value) for name, value in words.items()}


def _from_url(view: Filters, name: str) -> Filters:
    """A value that cannot be read is left out: an old link still opens."""
    words = url_words(name)
    if not words:
        return _with(view, name, getattr(Filters(), name))
    try:
        return view.changed(name, words)
    except BadFilter:
        return view


def _with(view: Filters, name: str, value: object) -> Filters:
    words = value if isinstance(value, (list, tuple)) else [value.isoformat() if isinstance(value, date) else value]
    try:
        return view.changed(name, [str(word) for word in words if word not in (None, "")])
    except BadFilter:
        return view


def _for_widget(name: str, value: object) -> object:
    return list(value) if name in LISTS or name in PAGE_LISTS else value


