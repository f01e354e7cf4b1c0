"""Finding a member and reading the whole story as a table in words."""

import pandas as pd
import streamlit as st

from retention.figures.members.member_story import event_words
from retention.ui.people import show_members
from retention.ui.view import widget_key


def find_member(page) -> pd.Series | None:
    """The one member whom the reader asks for; else the list of those who match, or a word that nobody does."""
    texts = page.texts
    st.text_input(
        texts("filter.member.label"), key=widget_key("member"), placeholder=texts("filter.member.placeholder"),
        max_chars=200, width=480,
    )
    found = page.ask("members_found")
    if not page.filters.member:
        st.caption(texts("page.members.hint"))
    elif found.empty:
        st.info(texts("page.members.nothing"), icon=":material/search:")
    elif len(found) == 1:
        return found.iloc[0]
    else:
        matches = int(found.matches.iloc[0])
        key = "more" if matches > len(found) else "found"
        st.caption(texts(f"page.members.{key}", matches=matches, shown=len(found)))
        show_members(page, "members_found", found.drop(columns="matches"), "members_found")
    return None


def show_events(page, story: pd.DataFrame) -> None:
    """The same as the figure, to read: day, what happened, and in which words."""
    texts = page.texts
    rows = [
        {
            texts.word("column", "day"): row.day.date(),
            texts.word("column", "lane"): texts.word("lane", row.lane),
            texts.word("column", "happened"): texts.word("happened", row.happened),
            texts.word("column", "detail"): event_words(row, texts),
            texts.word("column", "amount"): "" if pd.isna(row.amount) else texts.number(row.amount, 2),
        }
        for row in story.itertuples()
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="story_rows")
