"""Data: bring files, see what was understood of each, and whether the numbers add up."""

import streamlit as st

from retention.figures import member_churn
from retention.ui import background, open_page
from retention.ui.adding_up import show_adding_up
from retention.ui.asking import show_settings
from retention.ui.joined import lit_by_file, show_joined
from retention.ui.reports import show_reports
from retention.ui.templates import show_templates
from retention.ui.upload import forget_button, show_first_finding, upload_form
from retention.ui.wordings import assign_wordings

page = open_page("data")
texts = page.texts

background.watch(texts)
upload_form(texts)
st.caption(texts("data.privacy"))
forget_button(texts)
show_first_finding(page, member_churn)

st.header(texts(f"data.files.{page.data.origin}"), anchor="files")
show_reports(texts, page.data, lit_by_file(page))
if page.data.origin == "upload":
    assign_wordings(texts, page.data)
    show_settings(texts, page.data)
if page.data.warehouse:
    show_joined(page)
    show_adding_up(page)
show_templates(texts)
