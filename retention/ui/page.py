"""What every page script does: open, ask, show."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from retention.comparing import differ, sides
from retention.filters import CHOICES, Filters
from retention.guards import SAYS_LANGUAGE
from retention.questions import question
from retention.texts import Texts
from retention.ui import background, session
from retention.ui.comparing import COMPARED, choose_comparison, show_both
from retention.ui.escaping import escaped
from retention.ui.figure import show_figure, show_list
from retention.ui.navigation import PAGES, choose_language, language, links
from retention.ui.published import PAGES_WITH, switch_published
from retention.ui.sidebar import hide_names, show_filters
from retention.ui.view import read_view, url_words, was_written, widget_key, write_view

_OPENED = "opened"  # a session that has seen its data waits for nothing
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

    def comparing(self, filters: Filters) -> tuple[Filters, Filters] | None:
        """The two sides of the reader's comparison, where this page compares."""
        return sides(filters, self.as_of) if self.name in COMPARED else None

    def columns(self, count: int) -> list:
        """Places side by side; they stack on a phone."""
        return st.columns(count)

    def has(self, counted: str) -> bool:
        """Does the data hold any `answers` or `messages`? Where not, one sentence says which file would light it up."""
        if _extent(self.data)[counted]:
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
        show_list(self, question, Filters(**{**self.filters.__dict__, **fixed}), unfolded)

    @property
    def as_of(self) -> date:
        """The day up to which the data is complete."""
        return _extent(self.data).as_of.date()

    def _tell_file(self, key: str) -> None:
        """Which file would light this up, and the way to bring it."""
        st.info(self.texts(key), icon="💡")
        st.page_link(PAGES["data"][0], label=self.texts("frame.to_data"), icon=PAGES["data"][1])


def open_page(name: str) -> Page:
    """Set the page up, in the reader's language and with the reader's filters; stops where there is nothing to show."""
    texts = Texts(language())
    st.set_page_config(
        page_title=f"{texts(f'page.{name}.name')} · {texts('frame.title')}", page_icon=PAGES[name][1], layout="wide",
        initial_sidebar_state=348,
    )
    background.adopt()
    data = _data(texts)
    if data.usable:
        texts = Texts(texts.language, _extent(data).currency)
    filters = read_view()
    view = write_view(filters, lang=texts.language, data=data.fingerprint)
    with st.sidebar:
        st.markdown(f"**{texts('frame.title')}**")
        links(texts, view)
        if name != "data":
            background.watch(texts)
        if data.usable and name != "data":
            show_filters(texts, session.answer(data, "choices", Filters()), _extent(data), filters)
            if name in COMPARED:
                choose_comparison(texts, session.answer(data, "choices", Filters()), filters)
            if name in PAGES_WITH:
                switch_published(texts, filters)
        choose_language(texts)
        if data.usable:
            hide_names(texts, filters)
        st.html(f"<script>{SAYS_LANGUAGE[texts.language]}</script>", unsafe_allow_javascript=True)
    st.title(texts(f"page.{name}.title"))
    _provenance(texts, data)
    if lead := texts(f"page.{name}.lead"):
        st.markdown(lead)
    if not data.usable and name != "data":
        _nothing_usable(texts, view)
    return Page(name, texts, data, filters, view)


def _extent(data) -> pd.Series:
    return session.answer(data, "extent", Filters()).iloc[0]


def _data(texts: Texts):
    """The session's data set; where the URL speaks of another one, the page says so and shows nothing else."""
    with nullcontext() if _OPENED in st.session_state else st.spinner(texts("frame.loading")):
        data = session.current()
    st.session_state[_OPENED] = True
    asked = url_words("data")
    if asked and asked != [data.fingerprint] and not was_written("data"):
        st.title(texts("frame.other_data.title"))
        st.markdown(texts("frame.other_data.text"))
        if st.button(texts(f"frame.other_data.{data.origin}"), key="accept_other_data", type="primary"):
            st.query_params["data"] = data.fingerprint
            st.rerun()
        st.page_link(PAGES["data"][0], label=texts("frame.other_data.load"), icon=PAGES["data"][1])
        st.stop()
    return data


def _provenance(texts: Texts, data) -> None:
    """Sample data is marked as such; of other data its last complete day is said."""
    if not data.usable:
        return
    extent = _extent(data)
    st.caption(texts(f"frame.origin.{data.origin}", as_of=extent.as_of.date(), count=int(extent.paying)))
    if extent.left_out:
        told = texts("frame.other_currencies", count=int(extent.left_out), currency=escaped(extent.currency))
        st.caption(f"💱 {told}")


def _nothing_usable(texts: Texts, view: dict) -> None:
    st.info(texts("frame.nothing_usable"))
    st.page_link(PAGES["data"][0], label=texts("frame.to_data"), icon=PAGES["data"][1], query_params=view)
    st.stop()
