"""What an owner tells the planner: how many come back anyway, and how many more are hoped for."""

import streamlit as st

from retention.ui.numbers import number_box


def ask_hopes(page) -> None:
    """Two numbers in percent, kept and linked like the other filters."""
    for name, column in zip(("base_rate", "hoped_lift"), st.columns(2), strict=True):
        number_box(page, name, column, help=page.texts(f"filter.{name}.help"))
