"""Numbers that a reader types: with the decimal comma or point, whichever they are used to."""

import re

import streamlit as st

from retention.filters import NUMBERS, BadFilter, Filters, value_of
from retention.ui.view import widget_key

WIDTH = 320


def number_box(page, name: str, place=st, **options: object) -> None:
    """A number kept and linked like the other filters; what cannot be read is said and changes nothing."""
    texts, key, known = page.texts, f"typed_{name}", getattr(page.filters, name)
    unread = key in st.session_state and read_number(name, st.session_state[key]) is None
    if not unread:
        st.session_state[key] = _written(texts, known, st.session_state.get(key, ""), name)
    place.text_input(texts(f"filter.{name}.label"), key=key, on_change=_keep, args=(name, key), **options)
    if unread:
        _, low, high = NUMBERS[name]
        place.error(texts("filter.no_number", low=texts.number(low, 1), high=texts.number(high, 1)))


def read_number(name: str, words: str) -> tuple[float | None] | None:
    """The value typed for filter `name`, (None,) for an empty box, None where it is no number within its bounds."""
    plain = words.replace("%", "").replace("\u2212", "-").strip().replace(",", ".")
    if not plain:
        return (getattr(Filters(), name),)
    try:
        return (value_of(name, [plain]),)
    except BadFilter:
        return None


def positive(words: str) -> float | None:
    """A number above nought with decimal comma or point; None for anything else."""
    plain = re.sub(r"[\s']", "", words)
    whole, sign, part = plain.rpartition("," if plain.rfind(",") > plain.rfind(".") else ".")
    plain = re.sub(r"[.,]", "", whole) + (sign and ".") + part
    return float(plain) if re.fullmatch(r"\d*\.?\d+", plain) and float(plain) > 0 else None


def _written(texts, known: float | None, typed: str, name: str) -> str:
    """What the box shows: what was typed where it means the value, else the value in the reader's language."""
    meant = read_number(name, typed) if typed else None
    if meant and meant[0] == known:
        return typed
    if known is None:
        return ""
    digits = 1 if abs(known * 10 - round(known * 10)) < 1e-6 else 2
    return texts.number(known, digits)


def _keep(name: str, key: str) -> None:
    """A number that can be read becomes the filter."""
    meant = read_number(name, st.session_state[key])
    if meant:
        st.session_state[widget_key(name)] = meant[0]
