"""Sections of a page: tabs of which only the open one computes."""

from collections.abc import Iterator

import streamlit as st


def sections(page, names: tuple[str, ...], within: str = "") -> Iterator[str]:
    """Give the open section's name, inside of it; the others stay empty. `within`: these divide a section."""
    labels = [page.texts(f"page.{page.name}.{name}") for name in names]
    for name, tab in zip(names, st.tabs(labels, key=f"sections_{page.name}{within}", on_change="rerun"), strict=True):
        if tab.open:
            with tab:
                yield name
