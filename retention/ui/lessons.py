"""The five lessons, each with the number behind it, or with what is missing to know it."""

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from retention.ui.navigation import PAGES

PAGE_OF = {"natural": "churn", "ask": "reasons", "easy": "farewell", "friendly": "farewell", "in_touch": "winback"}


@dataclass(frozen=True)
class Lesson:
    """One lesson: its number and the sentence that holds it, both empty where a file is missing; the page about it."""

    name: str
    share: str
    said: str

    @property
    def page(self) -> str:
        """Where the evidence stands."""
        return PAGE_OF[self.name]


def lessons_of(page) -> Iterator[Lesson]:
    """All five in the order in which they are told."""
    texts, churn = page.texts, page.ask("member_churn")
    settled = churn[(churn["state"] == "settled") & churn["churn_rate"].notna()]
    if len(settled):
        row = settled.iloc[-1]
        share, signal = texts.percent(row.churn_rate), texts.word("signal", row.signal)
        yield Lesson("natural", share, texts("lesson.natural.say", share=share, signal=signal))
    else:
        yield Lesson("natural", "", "")
    for row in page.ask("lessons").itertuples():
        known = {"hits": int(row.hits), "count": int(row.counted), "promise": page.filters.promise_hours}
        shares = {"share": texts.percent(row.share), "low": texts.percent(row.low), "high": texts.percent(row.high)}
        said = texts(f"lesson.{row.lesson}.say", **known, **shares) if row.counted else ""
        yield Lesson(row.lesson, shares["share"] if row.counted else "", said)


def show_lessons(page) -> None:
    """The check list, one lesson beneath the other."""
    texts = page.texts
    for lesson in lessons_of(page):
        with st.container(border=True):
            icon = ":material/straighten:" if lesson.said else ":material/help:"
            st.markdown(f"{icon} **{texts(f'lesson.{lesson.name}.title')}**")
            st.markdown(lesson.said or texts(f"lesson.{lesson.name}.missing"))
            script, icon = PAGES[lesson.page if lesson.said else "data"]
            label = texts(f"page.{lesson.page}.name") if lesson.said else texts("frame.to_data")
            st.page_link(script, label=label, icon=icon, query_params=page.view)
