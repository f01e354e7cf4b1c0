"""The overview as a letter: what happened and why, the five lessons in a row, and what waits to be done."""

import streamlit as st

from retention import briefing
from retention.ui.escaping import escaped
from retention.ui.lessons import lessons_of
from retention.ui.navigation import PAGES


def show_letter(page) -> None:
    """The month in one sentence, and at most three on what changed, each with the way to its evidence."""
    answers = {
        "failed_payments": page.ask("member_churn", cause=("involuntary",)),
        **{name: page.ask(name) for name in briefing.ASKED},
    }
    said = briefing.headline(answers, page.texts)
    if said:
        st.markdown(f"## {escaped(said)}")
    told = briefing.reasons_why(answers, page.texts)
    if told:
        st.markdown(f"**{page.texts('overview.why')}**")
    for sentence in told:
        script, icon = PAGES[sentence.page]
        view = {**page.view, **sentence.view}
        left, right = st.columns([5, 1], vertical_alignment="center", gap="small")
        left.markdown(escaped(sentence.text))
        right.page_link(script, label=page.texts("overview.evidence"), icon=icon, query_params=view)


def show_lessons(page) -> None:
    """Five small cards, each with its number in words and the way to its page or to the file that would light it up; a
    sixth holds what waits to be done."""
    texts = page.texts
    st.header(texts("overview.lessons"), anchor="lessons")
    places = [*page.columns(3), *page.columns(3)]
    with places.pop().container(border=True, height="stretch", key="todo_counts"):
        _todo(page)
    for place, lesson in zip(places, lessons_of(page), strict=True):
        with place.container(border=True, height="stretch", key=f"lesson_{lesson.name}"):
            st.markdown(f"**{texts(f'lesson.{lesson.name}.title')}**")
            if lesson.share:
                st.markdown(f"### {lesson.share}")
            st.caption(lesson.said or texts(f"lesson.{lesson.name}.missing"))
            target = lesson.page if lesson.said else "data"
            label = texts(f"page.{target}.name") if lesson.said else texts("frame.to_data")
            st.page_link(PAGES[target][0], label=label, icon=PAGES[target][1], query_params=page.view)


def _todo(page) -> None:
    """How many wait on each list, each the way to it."""
    texts, counts = page.texts, page.ask("todo_counts")
    st.markdown(f"**{texts('overview.todo_title')}**")
    waiting = counts[counts["members"] > 0]
    if waiting.empty:
        st.caption(texts("overview.nothing_to_do"))
    for row in waiting.itertuples():
        label = texts(f"overview.todo.{row.todo}", count=int(row.members))
        if not page.may_see("todo_list"):
            st.markdown(label)
            continue
        st.page_link(PAGES["todo"][0], label=label, query_params={**page.view, "todo": row.todo})
