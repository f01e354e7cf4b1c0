"""Data: bring files, see what was understood of each, and whether the numbers add up."""

import streamlit as st

from retention.ui import open_page
from retention.ui.reports import show_joined, show_reports
from retention.ui.upload import forget_everything, upload_form

page = open_page("data")
texts = page.texts

upload_form(texts)
st.caption(texts("data.privacy"))
if page.data.origin == "upload":
    st.button(texts("data.forget"), on_click=forget_everything, key="forget", icon="🗑️")

st.subheader(texts(f"data.files.{page.data.origin}"))
show_reports(texts, page.data)
if page.data.warehouse:
    show_joined(page)
