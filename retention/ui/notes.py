"""Notes on figures over time: written, changed and removed under the figure, shown on every chart of the metric."""

from datetime import date, datetime

import streamlit as st

from retention.figures.parts.chart_notes import MOST, metric_of, takes_notes, undrawn, with_notes
from retention.ui.escaping import escaped
from retention.ui.kept import keep, kept

_KEPT, _UNDO = "notes", "notes_before"
LONGEST = 300


def notes_on(chart: str, asks: str) -> list[dict]:
    """The notes of a chart's metric, by day."""
    mine = [note for note in kept(_KEPT, []) if note["metric"] == metric_of(chart, asks)]
    return sorted(mine, key=lambda note: (note["day"], note["at"]))


def draw_notes(page, figure, chart: str, asks: str):
    """The figure with the notes of its metric."""
    return with_notes(figure, notes_on(chart, asks), page.texts)


def show_notes(page, name: str, figure, chart: str, asks: str) -> None:
    """Under a figure over time: its newest notes with who wrote them when, and a field for one more."""
    if not takes_notes(figure):
        return
    texts, mine = page.texts, notes_on(chart, asks)
    if said := undrawn(figure, mine, texts):
        st.caption(said)
    box = st.expander(texts("notes.title"), key=f"notes_{name}", on_change="rerun", icon=":material/edit_note:")
    if not box.open:
        return
    with box:
        if (rest := len(mine) - MOST) > 0:
            st.caption(texts("notes.unlisted", count=rest, shown=MOST))
        for number, note in list(enumerate(mine, 1))[-MOST:]:
            _one(texts, name, number, note)
        if st.session_state.get(_UNDO) is not None:
            st.button(texts("notes.undo"), key=f"undo_note_{name}", icon=":material/undo:", on_click=_undo)
        _new(page, name, metric_of(chart, asks))


def _one(texts, name: str, number: int, note: dict) -> None:
    row = st.container(horizontal=True, vertical_alignment="center")
    words = texts(
        "notes.said", number=number, day=date.fromisoformat(note["day"]), text=note["text"],
        author=note["author"] or texts("notes.nobody"), at=note["at"].replace("T", " "),
    )
    row.markdown(escaped(words))
    with row.popover(texts("notes.change"), icon=":material/edit:"):
        key = f"text_{name}_{note['id']}"
        st.text_area(texts("notes.text"), note["text"], key=key, max_chars=LONGEST)
        st.button(texts("notes.save"), key=f"save_{name}_{note['id']}", on_click=_change, args=(note["id"], key))
    row.button(
        texts("notes.remove"), key=f"remove_note_{name}_{note['id']}", icon=":material/delete:", on_click=_remove,
        args=(note["id"],),
    )


def _new(page, name: str, metric: str) -> None:
    texts = page.texts
    pattern = "DD.MM.YYYY" if texts.language == "de" else "DD/MM/YYYY"
    with st.form(f"new_note_{name}", clear_on_submit=True, border=False):
        day = st.date_input(
            texts("notes.day"), value=page.as_of, format=pattern, key=f"note_day_{name}", max_value=page.as_of,
            min_value=date(1970, 1, 1),
        )
        text = st.text_input(texts("notes.text"), key=f"note_text_{name}", max_chars=LONGEST)
        if st.form_submit_button(texts("notes.add"), key=f"add_note_{name}") and text.strip():
            _add(metric, day, text.strip())
            st.rerun()


def _add(metric: str, day: date, text: str) -> None:
    found = kept(_KEPT, [])
    note = {
        "id": 1 + max((one["id"] for one in found), default=0), "metric": metric, "day": day.isoformat(), "text": text,
        "author": kept("author", "") or "", "at": datetime.now().isoformat(timespec="minutes"),
    }
    keep(_KEPT, [*found, note])


def _change(number: int, key: str) -> None:
    text = st.session_state[key].strip()
    if text:
        keep(_KEPT, [{**note, "text": text} if note["id"] == number else note for note in kept(_KEPT, [])])


def _remove(number: int) -> None:
    found = kept(_KEPT, [])
    st.session_state[_UNDO] = found
    keep(_KEPT, [note for note in found if note["id"] != number])


def _undo() -> None:
    keep(_KEPT, st.session_state.pop(_UNDO))
