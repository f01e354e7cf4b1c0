"""How a figure is shown: its finding, drawing, reading aid, observations, table, download and the SQL that ran."""

import pandas as pd
import streamlit as st

from retention import charts
from retention.questions import question
from retention.table_files import csv_bytes
from retention.texts import Texts
from retention.ui.escaping import escaped

CONFIG = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False, "showTips": False}


def show_figure(page, chart, asks: str, answer: pd.DataFrame, filters, n: str | None) -> None:
    """One card. The table and the SQL are built only while they are open."""
    texts, name = page.texts, chart.__name__
    with st.container(border=True, key=f"figure_{name}"):
        st.subheader(texts(f"chart.{name}.title"), anchor=name.replace("_", "-"))
        finding = charts.finding_of(chart, answer, texts)
        if finding:
            st.markdown(f"**{escaped(finding)}**")
        st.caption(texts(f"chart.{name}.definition"))
        st.plotly_chart(
            chart(answer, texts), key=f"chart_{name}", config=CONFIG, alt=charts.alt_of(chart, answer, texts)
        )
        st.caption(f"{texts(f'chart.{name}.reading')} {_observations(texts, answer, n)}")
        _table(texts, name, answer, page.data)
        _calculation(texts, name, asks, filters)


def show_list(page, asks: str, filters, unfolded: bool = False) -> None:
    """A table of its own that asks only while it is open."""
    texts = page.texts
    box = st.expander(texts(f"list.{asks}.title"), unfolded, key=f"list_{asks}", on_change="rerun", icon="📋")
    if not box.open:
        return
    with box:
        st.caption(texts(f"list.{asks}.reading"))
        _rows(texts, asks, page.ask(asks), page.data)
    _calculation(texts, asks, asks, filters)


def _observations(texts: Texts, answer: pd.DataFrame, n: str | None) -> str:
    """n, or its span where each mark has its own."""
    counts = answer[n][answer[n] > 0] if n else pd.Series(dtype=float)
    if counts.empty:
        return ""
    low, high = int(counts.min()), int(counts.max())
    return texts("frame.n", n=high) if low == high else texts("frame.n_span", low=low, high=high)


def _table(texts: Texts, name: str, answer: pd.DataFrame, data) -> None:
    box = st.expander(texts("frame.table", count=len(answer)), key=f"table_{name}", on_change="rerun")
    if not box.open:
        return
    with box:
        _rows(texts, name, answer, data)


def _rows(texts: Texts, name: str, answer: pd.DataFrame, data) -> None:
    """The rows as they are, and the same as a file."""
    st.dataframe(answer, hide_index=True, key=f"rows_{name}", column_config=_columns(answer))
    st.download_button(
        texts("frame.download"), data=lambda: csv_bytes(answer), mime="text/csv", on_click="ignore",
        file_name=f"{name}-{data.origin}-{data.fingerprint}.csv", key=f"download_{name}",
    )


def _columns(answer: pd.DataFrame) -> dict:
    """Days as days, fractions with four digits."""
    days = answer.select_dtypes("datetime").columns
    fractions = answer.select_dtypes("float").columns
    return {
        **{column: st.column_config.DateColumn(format="YYYY-MM-DD") for column in days},
        **{column: st.column_config.NumberColumn(format="%.4f") for column in fractions},
    }


def _calculation(texts: Texts, name: str, asks: str, filters) -> None:
    """Definition, parameters and the very file that ran."""
    box = st.expander(texts("frame.calculation"), key=f"calculation_{name}", on_change="rerun")
    if not box.open:
        return
    asked = question(asks)
    with box:
        st.markdown(f"*{escaped(asked.asks)}* {escaped(asked.note)}")
        bound = filters.parameters(asked.parameters)
        if bound:
            st.caption(texts("frame.parameters"))
            st.code("\n".join(f"${key} = {value}" for key, value in bound.items()), language="text")
        st.caption(texts("frame.sql", file=f"queries/{asks}.sql"))
        st.code(asked.sql, language="sql")
