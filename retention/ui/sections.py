"""Sections of a page: tabs of which only the open one computes; the address says which is open."""

from collections.abc import Iterator

import streamlit as st

_WRITTEN, _ASKED = "written_sections", "asked_sections"
PARAMETERS = ("tab", "tab_cohorts")


def sections_asked(page: str) -> dict[str, str]:
    """What the address says of this page's open sections: after a link or Back it decides, else the tabs do."""
    address = {name: st.query_params[name] for name in PARAMETERS if name in st.query_params}
    st.session_state[_ASKED] = st.session_state.get(_WRITTEN) != (page, address)
    st.session_state[_WRITTEN] = (page, address)
    return address


def sections(page, names: tuple[str, ...], within: str = "") -> Iterator[str]:
    """Give the open section's name, inside of it; the others stay empty. `within`: these divide a section."""
    parameter = f"tab{within}"
    labels = {name: page.texts(f"page.{page.name}.tab.{name}") for name in names}
    known = st.session_state[_WRITTEN][1]
    wanted = known.get(parameter)
    key = f"sections_{page.name}{within}_{page.texts.language}"
    if st.session_state[_ASKED] or key not in st.session_state:
        st.session_state[key] = labels.get(wanted, labels[names[0]])
    for name, tab in zip(names, st.tabs(list(labels.values()), key=key, on_change="rerun"), strict=True):
        if tab.open:
            _write(page.name, parameter, name if name != names[0] else None)
            with tab:
                yield name


def _write(page: str, parameter: str, name: str | None) -> None:
    """The address names the open section, the first one excepted."""
    known = dict(st.session_state[_WRITTEN][1])
    if known.get(parameter) == name:
        return
    if name is None:
        known.pop(parameter)
        del st.query_params[parameter]
    else:
        known[parameter] = st.query_params[parameter] = name
    st.session_state[_WRITTEN] = (page, known)
