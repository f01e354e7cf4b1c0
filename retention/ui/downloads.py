"""Rows of an answer as the reader sees them, and the same as a file that no spreadsheet mistakes for formulas."""

import pandas as pd
import streamlit as st

from retention.table_files import csv_bytes


def rows_with_download(page, name: str, answer: pd.DataFrame, shown: pd.DataFrame) -> None:
    """The table under headings in the reader's language; the file keeps the names that the SQL gives."""
    counts = {column: st.column_config.NumberColumn(format="localized") for column in shown.select_dtypes("integer")}
    st.dataframe(shown, hide_index=True, key=f"rows_{name}", column_config=counts)
    st.download_button(
        page.texts("frame.download"), data=lambda: csv_bytes(answer), mime="text/csv", on_click="ignore",
        file_name=f"{name}-{page.data.origin}-{page.data.fingerprint}.csv", key=f"download_{name}",
    )
