"""What the reader made here (meetings, notes, settings): JSON-able values by name, in this session only."""

import streamlit as st


def kept(name: str, default: object = None) -> object:
    """The value last kept under `name`, else `default`."""
    return st.session_state.get(f"kept_{name}", default)


def keep(name: str, value: object) -> None:
    """Keep `value`, which consists of dicts, lists, text, numbers, true, false and null."""
    st.session_state[f"kept_{name}"] = value
