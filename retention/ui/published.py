"""Published rates on the screen: switched on in the sidebar, listed with their sources, edited as a table or a CSV."""

from dataclasses import asdict

import pandas as pd
import streamlit as st

from retention.figures.parts.published_marks import COURSES, LENSES, fitting, with_published
from retention.filters import DEFINITIONS, GRAINS, Filters
from retention.published import COLUMNS, BadPublished, Published, checked, read, shipped
from retention.table_files import csv_bytes
from retention.texts import Texts
from retention.ui.escaping import escaped
from retention.ui.kept import keep, kept
from retention.ui.uploader_words import uploader
from retention.ui.view import widget_key

_KEPT, _SWITCH, _ROUND = "published", "show_published", "published_round"
PAGES_WITH = ("churn", "lens")


def switch_published(texts: Texts, view: Filters) -> None:
    """Off until the reader wants it."""
    st.session_state[_SWITCH] = view.published == "yes"
    st.toggle(texts("published.switch"), key=_SWITCH, help=texts("published.help"), on_change=_switched)


def draw_published(page, figure, chart: str, filters: Filters):
    """The figure with what others published of the same definition; where nothing fits, the words say so."""
    if filters.published != "yes" or chart not in COURSES and chart not in LENSES:
        return figure
    # A share of one cause, plan or source is no longer what was published.
    fits = [] if filters.cause or filters.plan else fitting(chart, rows_kept(), filters.grain)
    said = "; ".join(f"{row.label} {page.texts.percent(row.percent / 100)} ({row.source})" for row in fits)
    st.caption(page.texts("published.sources", said=escaped(said)) if fits else page.texts("published.none"))
    return with_published(figure, chart, fits, page.texts)


def edit_published(page) -> None:
    """All rows as a table; what cannot be used is said with its row, and the last good ones stay."""
    texts = page.texts
    st.caption(texts("published.edit"))
    number = st.session_state.setdefault(_ROUND, 0)
    rows = pd.DataFrame([asdict(row) for row in rows_kept()], columns=list(COLUMNS))
    edited = st.data_editor(
        rows, num_rows="dynamic", hide_index=True, key=f"published_{number}", column_config=_columns(texts)
    )
    _save(texts, [_words(row) for row in edited.to_dict("records")])
    left, right = st.columns(2)
    left.download_button(
        texts("published.download"), data=lambda: csv_bytes(pd.DataFrame([asdict(row) for row in rows_kept()])),
        file_name="published.csv", mime="text/csv", on_click="ignore", key="download_published",
    )
    right.button(texts("published.reset"), key="reset_published", on_click=_replace, args=(shipped(),))
    file = uploader(texts, texts("published.load"), key=f"load_published_{number}", type="csv")
    if file:
        try:
            _replace(read(file.getvalue().decode("utf-8-sig")))
            st.rerun()
        except (BadPublished, UnicodeDecodeError) as bad:
            st.error(_why(texts, bad))


def rows_kept() -> tuple[Published, ...]:
    """The reader's rows, else those that come with the dashboard."""
    rows = kept(_KEPT)
    return shipped() if rows is None else tuple(Published(**row) for row in rows)


def _words(row: dict) -> dict:
    return {name: "" if pd.isna(row[name]) else row[name] for name in COLUMNS}


def _save(texts: Texts, rows: list[dict]) -> None:
    try:
        good = checked(row for row in rows if any(str(value) for value in row.values()))
    except BadPublished as bad:
        st.error(_why(texts, bad))
        return
    if good != rows_kept():
        keep(_KEPT, [asdict(row) for row in good])


def _replace(rows: tuple[Published, ...]) -> None:
    keep(_KEPT, [asdict(row) for row in rows])
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _switched() -> None:
    st.session_state[widget_key("published")] = "yes" if st.session_state[_SWITCH] else "no"


def _why(texts: Texts, bad: Exception) -> str:
    if not isinstance(bad, BadPublished):
        return texts("published.no_text")
    column = texts(f"published.column.{bad.column}")
    return texts(f"published.bad.{'empty' if bad.value == '' else 'value'}", row=bad.line - 1, column=column,
                 value=escaped(bad.value))


def _columns(texts: Texts) -> dict:
    kinds = {
        "definition": st.column_config.SelectboxColumn(
            texts("published.column.definition"), options=DEFINITIONS, required=True,
            format_func=lambda name: texts(f"metric.{name}.label"),
        ),
        "grain": st.column_config.SelectboxColumn(
            texts("published.column.grain"), options=GRAINS, required=True,
            format_func=lambda grain: texts(f"filter.grain.{grain}"),
        ),
        "percent": st.column_config.NumberColumn(
            texts("published.column.percent"), min_value=0.0, max_value=100.0, required=True, format="localized",
        ),
        "url": st.column_config.LinkColumn(texts("published.column.url")),
    }
    return {
        name: kinds.get(name) or st.column_config.TextColumn(texts(f"published.column.{name}")) for name in COLUMNS
    }
