"""Every number and its one definition, from the registry of metrics and figures; found by a word."""

import streamlit as st

from retention import figures
from retention.filters import DEFINITIONS
from retention.texts import Texts
from retention.ui.escaping import escaped


def show_glossary(texts: Texts) -> None:
    """Definitions of churn with their formulas, then every figure by its title; a word narrows both."""
    asked = st.text_input(
        texts("glossary.search"), key="glossary_words", icon=":material/search:", max_chars=80
    ).strip().casefold()
    found = 0
    for heading, entries in (("churn", _metrics(texts)), ("figures", _figures(texts))):
        shown = [entry for entry in entries if asked in " ".join(entry).casefold()]
        found += len(shown)
        if shown:
            st.header(texts(f"glossary.{heading}"), anchor=heading)
        for title, meaning, more in shown:
            st.markdown(f"**{escaped(title)}**: {escaped(meaning)}  \n*{escaped(more)}*")
    if not found:
        st.info(texts("glossary.nothing"), icon=":material/search_off:")


def _metrics(texts: Texts) -> list[tuple[str, str, str]]:
    return [tuple(texts(f"metric.{name}.{part}") for part in ("label", "meaning", "formula")) for name in DEFINITIONS]


def _figures(texts: Texts) -> list[tuple[str, str, str]]:
    """Title, definition and reading aid of each figure, by title."""
    named = (name for name in figures.__all__ if texts.has(f"chart.{name}.definition"))
    return sorted(tuple(texts(f"chart.{name}.{part}") for part in ("title", "definition", "reading")) for name in named)
