"""The slides of this reader's meeting: kept, put in another order, removed and brought back.

What is kept may come from another version, another computer or a damaged file: an entry that cannot be shown is set
aside, never thrown away. Entries are moved and removed by their place among all that is kept.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from retention.meeting.saved import MOST_SLIDES, tried
from retention.meeting.slide import BadSlide, Slide
from retention.ui.kept import keep, kept

_KEPT, _UNDO, _STEP, _ROUND, _NOW = "meeting", "meeting_before", "meeting_step", "meeting_round", "meeting_now"

MOMENT = 0.5  # seconds that typed words may be on their way


@dataclass(frozen=True)
class Entry:
    """One thing kept, at its place from 0: its slide, or None and the code of the reason why it is set aside."""

    place: int
    slide: Slide | None
    why: str = ""


def entries() -> list[Entry]:
    """All that is kept, in order; of an endless list the first."""
    found = [_entry(place, one) for place, one in enumerate(_kept()[:MOST_SLIDES])]
    st.session_state.setdefault(_NOW, [])[:] = [entry.slide for entry in found if entry.slide]
    return found


def slides() -> list[Slide]:
    """What was taken along and can be shown, in order."""
    return [entry.slide for entry in entries() if entry.slide]


def of_now(make: Callable) -> Callable:
    """Makes a file of the slides as they are at the click, which is served outside any run; again where they changed.

    A field tells what was typed in it only when the reader leaves it, which may be by that very click: its words arrive
    a moment later than the wish for the file.
    """
    held = st.session_state.setdefault(_NOW, [])

    def made() -> bytes | str:
        until, before, content = time.monotonic() + MOMENT, None, b""
        while (found := list(held)) != before:
            before, content = found, make(found)
            time.sleep(max(0.0, until - time.monotonic()))
        return content

    return made


def as_kept(place: int) -> str:
    """One entry exactly as it is kept, to be looked at or mended by hand."""
    return json.dumps([_kept()[place]], ensure_ascii=False, indent=1)


def add(found: list[Slide]) -> bool:
    """Put these behind what is there; False where there is no room for them."""
    before = _kept()
    if len(before) + len(found) > MOST_SLIDES:
        return False
    _write([*before, *(slide.as_dict() for slide in found)])
    return True


def change(place: int, **words: str) -> None:
    """Another headline or remark for one slide; its fields on the screen stay."""
    found = _kept()
    found[place] = {**found[place], **words}
    keep(_KEPT, found)
    entries()


def replace_all(found: dict[int, Slide]) -> None:
    """Other slides in these places."""
    _write([found[place].as_dict() if place in found else one for place, one in enumerate(_kept())])


def swap(one: int, other: int) -> None:
    """Two entries change places."""
    found = _kept()
    found[one], found[other] = found[other], found[one]
    _write(found)


def remove(place: int) -> None:
    """Take one away; `undo` brings it back."""
    before = _kept()
    _write([one for number, one in enumerate(before) if number != place])
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
    step, count = st.session_state.get(_STEP), len(slides())
    return None if step is None or not count else min(step, count - 1)


def field(number: int, name: str) -> str:
    """A new key whenever the slides move, so that no field keeps the words of another slide."""
    return f"{name}_{number}_{st.session_state.get(_ROUND, 0)}"


def _kept() -> list:
    """A copy of all that is kept; what is no list is one entry that cannot be shown."""
    found = kept(_KEPT, [])
    return list(found) if isinstance(found, list) else [found]


def _write(found: list) -> None:
    keep(_KEPT, found)
    st.session_state.pop(_UNDO, None)
    _next_round()


def _entry(place: int, one: object) -> Entry:
    why = _why_not(json.dumps(one, ensure_ascii=False, default=str))
    return Entry(place, None, why) if why else Entry(place, Slide.from_dict(one))


@st.cache_data(show_spinner=False, max_entries=2 * MOST_SLIDES, scope="session")
def _why_not(written: str) -> str:
    """Why an entry cannot be shown, "" where it can; each is drawn once to find out."""
    try:
        tried(Slide.from_dict(json.loads(written)))
    except BadSlide as problem:
        return problem.why
    return ""


def _next_round() -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
