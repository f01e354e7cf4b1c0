"""Lists of people, and the way from each person to the whole story."""

import pandas as pd
import streamlit as st

from retention.ui.escaping import escaped
from retention.ui.navigation import PAGES
from retention.ui.tables import show_table


def show_members(page, name: str, found: pd.DataFrame, asks: str) -> None:
    """A list with its download; where each row is a person, one that is picked offers that member's story."""
    persons = "member" in found
    picked = show_table(page, name, found, asks, pick=persons)
    if persons and picked:
        story_link(page, found.iloc[picked[0]])


def story_link(page, person: pd.Series) -> None:
    """A link to one member's story that carries the view."""
    view = {**page.view, "member": f"#{int(person.member)}"}
    label = page.texts("page.members.open", name=escaped(person["name"]))
    st.page_link(PAGES["members"][0], label=label, icon=PAGES["members"][1], query_params=view)
