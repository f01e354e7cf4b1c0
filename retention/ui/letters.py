"""Drafting a letter on a page: chosen, changed, offered something, read as one real person would, copied."""

import pandas as pd
import streamlit as st

from retention.letters import BEGINS_WITH, LETTERS, filled, with_offer
from retention.texts import LANGUAGES, Texts
from retention.ui.escaping import escaped

_KEPT = "kept_letters"


def draft_letter(page, people: pd.DataFrame) -> None:
    """The letter for the list that is open; what was typed is kept for this session."""
    texts, kept = page.texts, st.session_state.setdefault(_KEPT, {})
    st.header(texts("letters.title"))
    left, right = st.columns(2)
    letter = left.selectbox(
        texts("letters.which"), LETTERS, index=LETTERS.index(BEGINS_WITH[page.filters.todo]),
        key=f"letter_{page.filters.todo}", format_func=lambda name: texts(f"letter.{name}.name"),
    )
    language = right.segmented_control(
        texts("letters.language"), LANGUAGES, default=texts.language, key="letter_language", required=True,
        format_func={"en": "English", "de": "Deutsch"}.get,
    )
    incentive = _kept_input(left, kept, "incentive", texts)
    sender = _kept_input(right, kept, "sender", texts)
    place = f"{letter}_{language}"
    draft = st.text_area(
        texts("letters.edit"), kept.get(place) or _draft(letter, language), height=300, key=f"draft_{place}",
    )
    kept[place] = draft
    if len(people):
        _preview(texts, draft, people.iloc[0], incentive, sender)
    st.caption(texts("letters.template"))
    st.code(with_offer(draft, incentive, sender), language=None, wrap_lines=True)


def merge_fields(people: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    """What a mail tool puts into letters: reasons as words, our own numbers left out."""
    worded = people["reason"].fillna("").map(
        lambda codes: ", ".join(texts.word("reason", code) for code in codes.split(";") if code)
    )
    return people.drop(columns="member").assign(reason=worded)


def _preview(texts: Texts, draft: str, person: pd.Series, incentive: str, sender: str) -> None:
    """As the first person on the list would read it."""
    fields = {**person.to_dict(), "incentive": incentive, "sender": sender}
    st.caption(texts("letters.preview", name=escaped(person["name"])))
    st.code(filled(draft, fields), language=None, wrap_lines=True)


def _kept_input(column, kept: dict, name: str, texts: Texts) -> str:
    """A short text that outlives a change of page."""
    hint = texts("letters.placeholder_incentive") if name == "incentive" else None
    kept[name] = column.text_input(
        texts(f"letters.{name}"), kept.get(name, ""), key=f"letters_{name}", placeholder=hint, max_chars=200
    )
    return kept[name]


def _draft(letter: str, language: str) -> str:
    """The words of a letter with its merge fields standing."""
    fields = {name: f"{{{name}}}" for name in ("first_name", "incentive", "sender")}
    return Texts(language)(f"letter.{letter}.text", **fields).strip()
