"""What the reader made here (meetings, notes, settings): JSON-able values by name; on disk where keeping is on."""

import os

import streamlit as st

from retention.keeping import NotKept, Store, home
from retention.keeping.generations import SHOWN
from retention.kept_values import CHECKS, checked_shown, checked_value

ALONE = "RETENTION_SERVES_OTHERS"  # set by the server where others than this computer's owner can reach it
_FAILED = "not_kept"  # what this session could not keep: name -> reason
DATA = "data"  # the name under which that is said of a data set


def store() -> Store | None:
    """The folder of what is kept, where one person alone uses this server; None where others see it too."""
    return None if os.environ.get(ALONE) or os.environ.get("RETENTION_DATA") else Store(home())


def kept(name: str, default: object = None) -> object:
    """The value last kept under `name`, else `default`; what does not pass its check is left out."""
    found = store()
    if not (found and found.on) or name in failures():
        return st.session_state.get(f"kept_{name}", default)
    value = found.read(name)
    if value is None:
        return default
    good, rejected = checked_value(name, value)
    _note_rejected(name, rejected)
    return default if good is None else good


def keep(name: str, value: object) -> None:
    """Keep `value`, which consists of dicts, lists, text, numbers, true, false and null."""
    st.session_state[f"kept_{name}"] = value
    found = store()
    if found and found.on:
        attempt(name, lambda: found.make(name, value, rescue=rejected().pop(name, 0) > 0))


def kept_shown(found: Store) -> dict:
    """The months as they were shown; entries that cannot be read are left out and said."""
    value = found.read(SHOWN)
    good, rejected_ones = checked_shown({} if value is None else value)
    _note_rejected(SHOWN, rejected_ones)
    return good


def keep_shown(found: Store, months: dict) -> None:
    """Remember months as shown; a log that held something else is set aside first."""
    attempt(SHOWN, lambda: found.show(months, rescue=rejected().pop(SHOWN, 0) > 0))


def attempt(name: str, keeping) -> bool:
    """Call what keeps something; where it fails the page says so, and this session goes on with its own value."""
    try:
        keeping()
    except NotKept as why:
        failures()[name] = why.reason
        return False
    failures().pop(name, None)
    return True


def failures() -> dict[str, str]:
    """What this session could not keep, and why: name -> reason of NotKept."""
    return st.session_state.setdefault(_FAILED, {})


def rejected() -> dict[str, int]:
    """How many parts of each kept value did not pass their check."""
    return st.session_state.setdefault("rejected_values", {})


def keep_from_now_on(found: Store) -> bool:
    """Switch keeping on; what this session made so far comes along. Returns whether that worked."""
    made = {name: st.session_state[f"kept_{name}"] for name in CHECKS if f"kept_{name}" in st.session_state}
    return attempt(DATA, found.begin) and all(
        attempt(name, lambda name=name, value=value: found.make(name, value)) for name, value in made.items()
    )


def _note_rejected(name: str, count: int) -> None:
    if count:
        rejected()[name] = count
    else:
        rejected().pop(name, None)
