"""Our own templates: one CSV per table with its headings and one example row, for what no tool exports."""

from pathlib import Path

import streamlit as st

from retention.texts import Texts

FOLDER = Path(__file__).resolve().parent.parent / "templates"
TABLES = ("subscriptions", "survey_answers", "cancellations", "outreach", "members", "payments", "pauses")


def show_templates(texts: Texts) -> None:
    """What each is for, in a sentence beside its download."""
    with st.expander(texts("template.title"), key="templates", icon=":material/description:"):
        st.caption(texts("template.lead"))
        for table in TABLES:
            words, button = st.columns([2, 1], vertical_alignment="center")
            words.markdown(f"**{texts.word('kind', table)}**: {texts(f'template.{table}')}")
            button.download_button(
                f"{table}.csv", data=template(table), file_name=f"{table}.csv", mime="text/csv", on_click="ignore",
                key=f"template_{table}", icon=":material/download:", width="stretch",
            )


def template(table: str) -> bytes:
    """The file as it lies in the folder: UTF-8, comma, days as 2025-12-31."""
    return (FOLDER / f"{table}.csv").read_bytes()
