"""Tables in the reader's words: headings, codes and segments; the owner's own words stay as they are."""

import pandas as pd
import streamlit as st

from retention.charts.request_words import segment_name
from retention.table_files import csv_bytes
from retention.texts import Texts

HIDDEN = ("member",)
# column, and the vocabulary of its codes
KINDS = (
    ("channel", "channel"), ("reason", "reason"), ("plan", "plan"), ("detail", "channel"), ("heat", "heat"),
    ("outcome", "outcome"), ("measured", "measured"),
)


def show_worded_list(page, asks: str, unfolded: bool = False) -> None:
    """The answer to a question as a table in words, with its download; asks only while it is open."""
    texts = page.texts
    box = st.expander(texts(f"list.{asks}.title"), unfolded, key=f"list_{asks}", on_change="rerun", icon="📋")
    if not box.open:
        return
    with box:
        answer = page.ask(asks)
        st.caption(texts(f"list.{asks}.reading"))
        st.dataframe(
            in_words(answer, texts), hide_index=True, key=f"rows_{asks}", placeholder="",
            column_config=headings(answer, texts),
        )
        st.download_button(
            texts("frame.download"), data=lambda: csv_bytes(answer), mime="text/csv", on_click="ignore",
            file_name=f"{asks}-{page.data.origin}-{page.data.fingerprint}.csv", key=f"download_{asks}",
        )


def in_words(found: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    """Codes in the reader's words; what is not known is left empty."""
    words = found.copy()
    for column, kind in KINDS:
        if column in words:
            words[column] = [_worded(value, kind, texts) for value in words[column]]
    if "segment" in words:
        words["segment"] = [segment_name(str(value), texts) for value in words["segment"]]
    texts_only = words.select_dtypes(exclude=["number", "bool", "datetime"]).columns
    return words.assign(**{column: words[column].fillna("") for column in texts_only})


def headings(found: pd.DataFrame, texts: Texts) -> dict:
    """What each column is called; numbers without needless digits, days as days, our own number hidden."""
    named: dict = {}
    for column in found.columns:
        label = texts.word("column", column)
        if column in HIDDEN:
            named[column] = None
        elif pd.api.types.is_datetime64_any_dtype(found[column]):
            named[column] = st.column_config.DateColumn(label, format="YYYY-MM-DD")
        elif pd.api.types.is_float_dtype(found[column]):
            digits = 1 if column in ("waited_hours", "mrr") else 3
            named[column] = st.column_config.NumberColumn(label, format=f"%.{digits}f")
        else:
            named[column] = st.column_config.Column(label)
    return named


def _worded(value: object, kind: str, texts: Texts) -> str | None:
    if value is None or value != value:
        return None
    return ", ".join(texts.word(kind, part) for part in str(value).split(";"))
