"""The slides of this reader's meeting: kept, put in another order, removed and brought back."""

import streamlit as st

from retention.meeting.slide import Slide
from retention.ui.kept import keep, kept

_KEPT, _UNDO, _STEP, _ROUND = "meeting", "meeting_before", "meeting_step", "meeting_round"


def slides() -> list[Slide]:
    """What was taken along, in order."""
    return [Slide.from_dict(one) for one in kept(_KEPT, [])]


def change(number: int, **words: str) -> None:
    """Another headline or remark for one slide; its fields on the screen stay."""
    found = slides()
    found[number] = Slide.from_dict({**found[number].as_dict(), **words})
    keep(_KEPT, [slide.as_dict() for slide in found])


def write(found: list[Slide]) -> None:
    """From now on these are the slides."""
    keep(_KEPT, [slide.as_dict() for slide in found])
    st.session_state.pop(_UNDO, None)
    _next_round()


def swap(one: int, other: int) -> None:
    """Two slides change places."""
    found = slides()
    found[one], found[other] = found[other], found[one]
    write(found)


def remove(number: int) -> None:
    """Take one away; `undo` brings it back."""
    before = kept(_KEPT, [])
    write([slide for place, slide in enumerate(slides()) if place != number])
    st.session_state[_UNDO] = before


def can_undo() -> bool:
    """Was the last thing that happened a removal?"""
    return st.session_state.get(_UNDO) is not None


def undo() -> None:
    """The slides as they were before the removal."""
    keep(_KEPT, st.session_state.pop(_UNDO))
    _next_round()


def go(step: int | None) -> None:
    """Show slide `step`, from 0, to the room; None ends it."""
    st.session_state[_STEP] = step


def presenting() -> int | None:
    """The number of the slide shown to the room, from 0; None while the meeting is being prepared."""
    step = st.session_state.get(_STEP)
    return None if step is None or not slides() else min(step, len(slides()) - 1)


def field(number: int, name: str) -> str:
    """A new key whenever the slides move, so that no field keeps the words of another slide."""
    return f"{name}_{number}_{st.session_state.get(_ROUND, 0)}"


def _next_round() -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
