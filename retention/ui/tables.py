"""Every table on a screen: headings and codes in the reader's words, the same rows as a file, a row to pick."""

import pandas as pd
import streamlit as st

from retention.table_files import csv_bytes
from retention.texts import Texts
from retention.ui import login
from retention.wording import HIDDEN, in_words, is_share


def show_table(page, name: str, answer: pd.DataFrame, asks: str, pick: bool = False) -> list[int]:
    """The rows in the reader's words with their download, which keeps the names of the SQL; returns the rows picked."""
    shown = st.dataframe(
        in_words(answer, page.texts, asks).round(_digits(answer)), hide_index=True, key=f"rows_{name}", placeholder="",
        column_config=headings(answer, page.texts), on_select="rerun" if pick else "ignore",
        selection_mode="single-row",
    )
    download(page, name, answer, asks)
    return [row for row in shown.selection.rows if row < len(answer)] if pick else []


def _digits(answer: pd.DataFrame) -> dict[str, int]:
    """Two digits for what is no fraction: the browser writes as many as there are, in its reader's way."""
    return {column: 2 for column in answer.select_dtypes("float") if not is_share(answer[column], column)}


def download(page, name: str, answer: pd.DataFrame, asks: str) -> None:
    """The answer as a file that no spreadsheet takes for formulas."""
    if not login.may_download(asks):
        return
    st.download_button(
        page.texts("frame.download"), data=lambda: csv_bytes(answer, german=page.texts.language == "de"),
        mime="text/csv", on_click="ignore",
        file_name=f"{name}-{page.data.origin}-{page.data.fingerprint}.csv", key=f"download_{name}",
    )


def headings(found: pd.DataFrame, texts: Texts) -> dict:
    """What each column is called; counts without digits, fractions as percentages, days as days."""
    return {column: _heading(found[column], column, texts) for column in found.columns}


def _heading(values: pd.Series, column: str, texts: Texts) -> object:
    label = texts.word("column", column)
    if column in HIDDEN:
        return None
    if values.dtype.kind == "M":
        pattern = "DD.MM.YYYY" if texts.language == "de" else "YYYY-MM-DD"
        return st.column_config.DateColumn(label, format=pattern)
    if values.dtype.kind == "b":
        return st.column_config.CheckboxColumn(label)
    if values.dtype.kind == "f":
        return st.column_config.NumberColumn(label, format="percent" if is_share(values, column) else "localized")
    if values.dtype.kind in "iu":
        return st.column_config.NumberColumn(label, format="localized")
    return st.column_config.Column(label)
