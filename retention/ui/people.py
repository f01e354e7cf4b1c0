"""Lists of people, and the way from each person to the whole story."""

import pandas as pd
import streamlit as st

from retention.ui.escaping import escaped
from retention.ui.navigation import PAGES
from retention.ui.worded import headings, in_words


def show_people(page, found: pd.DataFrame, key: str) -> None:
    """The list; a row that is picked offers that member's story."""
    shown = st.dataframe(
        in_words(found, page.texts), hide_index=True, key=f"people_{key}", on_select="rerun",
        selection_mode="single-row", column_config=headings(found, page.texts), placeholder="",
    )
    picked = [row for row in shown.selection.rows if row < len(found)]
    if picked:
        story_link(page, found.iloc[picked[0]])


def story_link(page, person: pd.Series) -> None:
    """A link to one member's story that carries the view."""
    view = {**page.view, "member": f"#{int(person.member)}"}
    label = page.texts("page.members.open", name=escaped(person["name"]))
    st.page_link(PAGES["members"][0], label=label, icon=PAGES["members"][1], query_params=view)
