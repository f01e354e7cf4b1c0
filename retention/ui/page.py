"""What every page script does: open, ask, show."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from retention.comparing import differ, sides
from retention.filters import CHOICES, Filters
from retention.questions import question
from retention.texts import Texts
from retention.ui import login, session
from retention.ui.comparing import COMPARED, show_both
from retention.ui.figure import show_figure, show_list
from retention.ui.navigation import PAGES
from retention.ui.view import widget_key

Chart = Callable[[pd.DataFrame, Texts], go.Figure]


class Page:
    """One open page: its words, the reader's data set and filters."""

    def __init__(self, name: str, texts: Texts, data, filters: Filters, view: dict):
        self.name, self.texts, self.data, self.filters, self.view = name, texts, data, filters, view

    def ask(self, asks: str, **fixed: object) -> pd.DataFrame:
        """The answer under the reader's filters; `fixed` sets some of them whatever was chosen."""
        filters = Filters(**{**self.filters.__dict__, **fixed})
        return session.answer(self.data, asks, filters)

    def show(
        self, chart: Chart, asks: str, n: str | None = None, people: tuple[str, ...] | None = None,
        needs: str | None = None, **fixed: object,
    ) -> None:
        """Draw the answer to a question, with its definition, table, download and SQL.

        `n` is the column that counts observations. `people` is the question that lists who is behind a mark, then the
        columns of the figure's answer that are the mark's key (and the first elements of its customdata). Where the
        column that it `needs` is zero throughout, the words say which file would light it up.
        """
        filters = Filters(**{**self.filters.__dict__, **fixed})
        people = people if people and self.may_see(people[0]) else None
        answer = self.ask(asks, **fixed)
        missing = answer.empty or bool(needs) and not answer[needs].fillna(0).any()
        if missing and not filters.narrowed and self.texts.has(f"chart.{chart.__name__}.empty"):
            self._tell_file(f"chart.{chart.__name__}.empty")
            return
        both = self.comparing(filters)
        if both and differ(*both, question(asks).parameters):
            show_both(self, chart, asks, both, n, people)
            return
        if both:
            st.caption(self.texts("filter.compare.same"))
        show_figure(self, chart, asks, answer, filters, n, people)

    def may_see(self, asks: str) -> bool:
        """Does this reader get an answer to the question? Viewers get none about single members."""
        return login.may_see(asks)

    def comparing(self, filters: Filters) -> tuple[Filters, Filters] | None:
        """The two sides of the reader's comparison, where this page compares."""
        return sides(filters, self.as_of) if self.name in COMPARED else None

    def columns(self, count: int) -> list:
        """Places side by side; they stack on a phone."""
        return st.columns(count)

    def has(self, counted: str) -> bool:
        """Does the data hold any `answers` or `messages`? Where not, one sentence says which file would light it up."""
        if extent(self.data)[counted]:
            return True
        self._tell_file(f"page.{self.name}.empty")
        return False

    def need(self, counted: str) -> None:
        """Stop here where the data holds none."""
        if not self.has(counted):
            st.stop()

    def choose(self, name: str) -> None:
        """A choice that belongs to this page, kept and linked like the filters of the sidebar."""
        st.segmented_control(
            self.texts(f"filter.{name}.label"), CHOICES[name], key=widget_key(name), required=True,
            format_func=lambda value: self.texts(f"filter.{name}.{value}"),
        )

    def list_rows(self, question: str, unfolded: bool = False, **fixed: object) -> None:
        """The answer to a question as a table with its download, for lists of people and wordings."""
        if not self.may_see(question):
            return
        show_list(self, question, Filters(**{**self.filters.__dict__, **fixed}), unfolded)

    def ask_with(self, asks: str, filters: Filters) -> pd.DataFrame:
        """The answer under filters that are not the reader's."""
        return session.answer(self.data, asks, filters)

    @property
    def currency(self) -> str | None:
        """The currency of amounts, where it is known."""
        return extent(self.data).currency

    @property
    def as_of(self) -> date:
        """The day up to which the data is complete."""
        return extent(self.data).as_of.date()

    def _tell_file(self, key: str) -> None:
        """Which file would light this up, and the way to bring it."""
        st.info(self.texts(key), icon=":material/lightbulb:")
        st.page_link(PAGES["data"][0], label=self.texts("frame.to_data"), icon=PAGES["data"][1])


def extent(data) -> pd.Series:
    """What the data set holds, and up to which day."""
    return session.answer(data, "extent", Filters()).iloc[0]
