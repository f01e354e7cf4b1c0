"""How a figure is shown: its finding, drawing, reading aid, observations, table, download and the SQL that ran."""

import pandas as pd
import streamlit as st

from retention.figures import drawn_of
from retention.figures.parts.side_by_side import on_one_scale
from retention.figures.parts.triangle import MEAN
from retention.filters import LISTS
from retention.questions import question
from retention.texts import Texts
from retention.ui import session
from retention.ui.escaping import escaped
from retention.ui.holding import show_holding
from retention.ui.meeting import take_button
from retention.ui.notes import draw_notes, show_notes
from retention.ui.people import show_members
from retention.ui.published import draw_published
from retention.ui.tables import show_table
from retention.wording import observations

HITS = ("hit", "kept")  # columns that say of whom a share is true
CONFIG = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False, "showTips": False}


def show_figure(
    page, chart, asks: str, answer: pd.DataFrame, filters, n: str | None, people: tuple | None, beside: tuple = ()
) -> None:
    """One card. The table and the SQL are built only while they are open; `people` names the list behind a mark.

    `beside` is what the other card of a comparison shows: its filters, its answer, whether it is the first of the two,
    and the words that say which side this one is.
    """
    texts, chart_name = page.texts, chart.__name__
    name = f"{chart_name}_other" if beside and not beside[2] else chart_name
    with st.container(border=True, key=f"figure_{name}"):
        st.header(texts(f"chart.{chart_name}.title"), anchor=name.replace("_", "-"))
        figure, finding, alt = session.drawing(page.data, chart, asks, filters, answer, texts)
        if beside:
            st.markdown(f":gray-background[{escaped(beside[3])}]")
            figure = on_one_scale(figure, session.drawing(page.data, chart, asks, *beside[:2], texts)[0])
        if finding:
            st.markdown(f"**{escaped(finding)}**")
        st.caption(texts(f"chart.{chart_name}.definition"))
        _unused(texts, asks, filters)
        figure = draw_notes(page, draw_published(page, figure, chart_name, filters), chart_name, asks)
        clicked = st.plotly_chart(
            figure, key=f"chart_{name}", config=CONFIG, alt=alt,
            on_select="rerun" if people else "ignore", selection_mode="points",
        )
        st.caption(f"{texts(f'chart.{chart_name}.reading')} {observations(texts, drawn_of(chart, answer), n)}")
        take_button(page, name, chart_name, asks, filters, answer, n)
        show_notes(page, name, figure, chart_name, asks)
        row = _table(page, name, asks, answer, people)
        show_calculation(page, name, asks, filters)
        if people:
            show_people(page, name, people, last_acted(name, row, marked(clicked, len(people) - 1)), filters)


def _unused(texts: Texts, asks: str, filters) -> None:
    """A filter that the reader set and that this question does not take is said, not ignored in silence."""
    taken = question(asks).parameters
    set_ones = [name for name in ("first_day", "last_day", *LISTS) if getattr(filters, name)]
    idle = [texts(f"filter.{name}.label") for name in set_ones if name not in taken]
    if idle:
        st.caption(f":material/warning: {texts('frame.filter_unused', count=len(idle), filters=', '.join(idle))}")


def show_people(page, name: str, people: tuple, key: tuple[str, ...], filters) -> None:
    """The members behind the mark that was clicked, or a word that a click opens them."""
    texts, asks = page.texts, people[0]
    if not key:
        st.caption(f":material/group: {texts('frame.people.how')}")
        return
    found = page.ask(asks, **{**filters.__dict__, "key": key})
    st.markdown(f"**:material/group: {escaped(_how_many(texts, asks, found))}**")
    st.caption(texts(f"list.{asks}.reading"))
    show_members(page, f"{name}_{asks}", found, asks)


def _how_many(texts: Texts, asks: str, found: pd.DataFrame) -> str:
    """As many as the number shown; of a share both its counts."""
    hits = next((column for column in HITS if column in found), None)
    if hits is None:
        return texts("frame.people.title", count=len(found))
    said = {"count": len(found), "hits": int(found[hits].fillna(False).sum())}
    return texts("frame.people.of", **said, what=texts(f"list.{asks}.hit"))


def marked(clicked, length: int) -> tuple[str, ...]:
    """The key of the mark clicked first: the first elements of its customdata."""
    points = clicked.selection.points if clicked else []
    carried = points[0].get("customdata", []) if points else []
    return tuple(str(value) for value in ([carried] if isinstance(carried, str) else carried)[:length])


def key_of(row: pd.Series, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The key columns of a row as text, days as ISO; a row over all cohorts has none and is called mean."""
    return tuple(MEAN if pd.isna(row[name]) else _as_key(row[name]) for name in columns)


def _as_key(value: object) -> str:
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value)


def last_acted(name: str, row: tuple[str, ...], mark: tuple[str, ...]) -> tuple[str, ...]:
    """The row picked or the mark clicked, whichever the reader touched last; () where neither is chosen."""
    before = st.session_state.get(f"acted_{name}", ((), (), ()))
    chosen = before[2]
    if mark != before[1]:
        chosen = mark or row
    if row != before[0]:
        chosen = row or mark
    st.session_state[f"acted_{name}"] = (row, mark, chosen)
    return chosen


def show_list(page, asks: str, filters, unfolded: bool = False) -> None:
    """A table of its own that asks only while it is open."""
    texts = page.texts
    label = texts(f"list.{asks}.title")
    box = st.expander(label, unfolded, key=f"list_{asks}", on_change="rerun", icon=":material/list:")
    if not box.open:
        return
    with box:
        st.caption(texts(f"list.{asks}.reading"))
        show_members(page, asks, page.ask(asks, **filters.__dict__), asks)
    show_calculation(page, asks, asks, filters)


def _table(page, name: str, asks: str, answer: pd.DataFrame, people: tuple | None) -> tuple[str, ...]:
    """The figure's rows; the key of the row that the reader picked there, which the keyboard can do too."""
    box = st.expander(page.texts("frame.table", count=len(answer)), key=f"table_{name}", on_change="rerun")
    if not box.open:
        return ()
    with box:
        picked = show_table(page, name, answer, asks, pick=bool(people))
    return key_of(answer.iloc[picked[0]], people[1:]) if people and picked else ()


def show_calculation(page, name: str, asks: str, filters) -> None:
    """Definition, parameters, the owner's settings and the very file that ran."""
    texts = page.texts
    box = st.expander(texts("frame.calculation"), key=f"calculation_{name}", on_change="rerun")
    if not box.open:
        return
    asked = question(asks)
    with box:
        st.markdown(texts("frame.asks", asks=escaped(asked.asks), note=escaped(asked.note)))
        bound = filters.parameters(asked.parameters)
        if bound:
            st.caption(texts("frame.parameters"))
            told = (f"${key} = {'null' if value is None else value}" for key, value in bound.items())
            st.code("\n".join(told), language="text")
        show_holding(page, asks, filters)
        st.caption(texts("frame.sql", file=f"queries/{asks}.sql"))
        st.code(asked.sql, language="sql")
