"""What an owner tells the planner: how many come back anyway, and how many more are hoped for."""

import streamlit as st

from retention.filters import NUMBERS
from retention.ui.view import widget_key


def ask_hopes(page) -> None:
    """Two numbers in percent, kept and linked like the other filters."""
    texts = page.texts
    for name, column in zip(("base_rate", "hoped_lift"), st.columns(2), strict=True):
        _, smallest, largest = NUMBERS[name]
        column.number_input(
            texts(f"filter.{name}.label"), min_value=smallest, max_value=largest, step=0.5, format="%.1f",
            value=None if name == "base_rate" else "min", key=widget_key(name), help=texts(f"filter.{name}.help"),
        )
