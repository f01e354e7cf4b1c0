"""To do: whom can you help today, and with which words?"""

import streamlit as st

from retention.filters import TODOS
from retention.table_files import csv_bytes
from retention.ui import open_page
from retention.ui.letters import draft_letter, merge_fields
from retention.ui.people import show_members
from retention.ui.view import widget_key

page = open_page("todo")
texts = page.texts
counts = page.ask("todo_counts").set_index("todo")
st.segmented_control(
    texts("filter.todo.label"), TODOS, key=widget_key("todo"), required=True,
    format_func=lambda name: f"{texts(f'filter.todo.{name}')} ({texts.number(counts.members[name])})",
)
chosen = page.filters.todo
st.markdown(texts(f"todo.{chosen}.what"))
people = page.ask("todo_list")
if counts.withheld[chosen]:
    st.caption(texts("page.todo.withheld", count=int(counts.withheld[chosen])))
if people.empty:
    st.success(texts("page.todo.nobody"), icon=":material/check_circle:")
    st.stop()
if page.filters.masked == "yes":
    st.caption(texts("page.todo.masked"))
show_members(page, f"todo_{chosen}", people, "todo_list")
st.download_button(
    texts("page.todo.download"), data=lambda: csv_bytes(merge_fields(people, texts)), mime="text/csv",
    on_click="ignore", file_name=f"{chosen}-{page.data.origin}-{page.data.fingerprint}.csv", key="todo_csv",
)
st.caption(texts("page.todo.merge"))
draft_letter(page, people)
