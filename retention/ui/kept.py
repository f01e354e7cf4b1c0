"""What the reader made here (meetings, notes, settings): JSON-able values by name; on disk where keeping is on."""

import os

import streamlit as st

from retention.keeping import Store, home

ALONE = "RETENTION_SERVES_OTHERS"  # set by the server where others than this computer's owner can reach it


def store() -> Store | None:
    """The folder of what is kept, where one person alone uses this server; None where others see it too."""
    return None if os.environ.get(ALONE) or os.environ.get("RETENTION_DATA") else Store(home())


def kept(name: str, default: object = None) -> object:
    """The value last kept under `name`, else `default`."""
    found = store()
    if found and found.on:
        return found.made().get(name, default)
    return st.session_state.get(f"kept_{name}", default)


def keep(name: str, value: object) -> None:
    """Keep `value`, which consists of dicts, lists, text, numbers, true, false and null."""
    st.session_state[f"kept_{name}"] = value
    found = store()
    if found and found.on:
        found.make(name, value)


def keep_from_now_on(found: Store) -> None:
    """Switch keeping on; what this session made so far comes along."""
    found.begin()
    for name, value in st.session_state.items():
        if str(name).startswith("kept_") and str(name).removeprefix("kept_") in NAMES:
            found.make(str(name).removeprefix("kept_"), value)


# Everything that is ever kept; other session values may begin alike.
NAMES = ("meeting", "notes", "published", "author", "promise_hours", "grace_days", "winback_days", "currency",
         "week_start", "fiscal_month", "visit")
