"""Every table on a screen: headings and codes in the reader's words, the same rows as a file, a row to pick."""

import re

import pandas as pd
import streamlit as st

from retention.charts.request_words import segment_name
from retention.table_files import csv_bytes
from retention.texts import Texts

HIDDEN = ("member", "answer")  # our own numbers: they tell a reader nothing
# Vocabularies of a column's codes, tried in turn; a column of another name is looked up under that name.
WORDS = {
    "offer": ("incentive", "campaign"),
    "detail": ("channel", "incentive"),
    "kind": ("difference", "kind"),
    "rule": ("save_rule",),
    "stage": ("stage", "offer_stage"),
    "outcome": ("outcome", "code.outcome", "not_counted"),
    "verdict": ("verdict", "code.verdict"),
    "reasons": ("reason",),
    "why": ("joined.because", "not_counted"),
    "what": ("joined.kind",),
    "segment": ("group", "tenure", "spell", "price_band", "interval", "cause", "source", "plan"),
    "tenure": ("group", "tenure"),
    "grain": ("adding_up.grain",),
    "grouped_by": ("filter.grouped_by",),
    "offered_by": ("filter.offered_by",),
    "todo": ("filter.todo",),
}
# Codes whose words stand elsewhere.
LABELLED = {"definition": "metric.{}.label", "measure": "measure.{}.label", "page": "page.{}.name"}
OF_REQUESTS = ("request_times", "request_shares", "request_means", "waited_people", "measured_people")
# Fractions of one are shown as percentages, also bounds where all of a column lie within one.
SHARES = (
    "rate|share|reach|weight|conversion|survival|incidence|mix|behaviour|change|lift|waiting|alone|low|high|center|limit|"
    "anyway|most|start|previous|answered|asked"
)
SHARE = re.compile(rf"(^|_)({SHARES})(_|$)")


def show_table(page, name: str, answer: pd.DataFrame, asks: str, pick: bool = False) -> list[int]:
    """The rows in the reader's words with their download, which keeps the names of the SQL; returns the rows picked."""
    shown = st.dataframe(
        in_words(answer, page.texts, asks), hide_index=True, key=f"rows_{name}", placeholder="",
        column_config=headings(answer, page.texts), on_select="rerun" if pick else "ignore",
        selection_mode="single-row",
    )
    download(page, name, answer)
    return [row for row in shown.selection.rows if row < len(answer)] if pick else []


def download(page, name: str, answer: pd.DataFrame) -> None:
    """The answer as a file that no spreadsheet takes for formulas."""
    st.download_button(
        page.texts("frame.download"), data=lambda: csv_bytes(answer), mime="text/csv", on_click="ignore",
        file_name=f"{name}-{page.data.origin}-{page.data.fingerprint}.csv", key=f"download_{name}",
    )


def in_words(found: pd.DataFrame, texts: Texts, asks: str = "") -> pd.DataFrame:
    """Codes in the reader's words, the owner's own words as they are; what is not known is left empty."""
    words = found.copy()
    for column in words.columns:
        if column == "segment" and asks in OF_REQUESTS:
            words[column] = [segment_name(str(value), texts) for value in words[column]]
        elif words[column].dtype.kind not in "iufbM":
            words[column] = [_worded(value, column, texts) for value in words[column]]
    return words


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
        return st.column_config.NumberColumn(label, format="percent" if _is_share(values, column) else "%.2f")
    if values.dtype.kind in "iu":
        return st.column_config.NumberColumn(label, format="localized")
    return st.column_config.Column(label)


def _is_share(values: pd.Series, column: str) -> bool:
    within = bool((values.dropna().abs() <= 1 + 1e-9).all())
    return within and bool(SHARE.search(column))


def _worded(value: object, column: str, texts: Texts) -> str:
    if value is None or value != value:
        return ""
    return ", ".join(_word(part, column, texts) for part in str(value).split(";")) if column in WORDS else _word(
        str(value), column, texts)


def _word(value: str, column: str, texts: Texts) -> str:
    if column in LABELLED:
        key = LABELLED[column].format(value)
        return texts(key) if texts.has(key) else value
    if value == "(all)":
        return texts("group.all")
    kinds = WORDS.get(column, (column, f"code.{column}"))
    key = next((f"{kind}.{value}" for kind in kinds if texts.has(f"{kind}.{value}")), None)
    return texts(key) if key else value
