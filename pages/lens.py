"""Which churn do you mean: every definition on the same data, what lies between two, which one another tool shows."""

import streamlit as st

from retention.figures import definition_bridge, definition_lens, definition_nearest, definitions_over_time
from retention.ui import open_page
from retention.ui.choosing import choose_period, choose_two, explain_definitions
from retention.ui.numbers import WIDTH, number_box
from retention.ui.published import edit_published
from retention.ui.sections import sections

COUNTED = ("counted_people", "period_start", "definition")

page = open_page("lens")
shown = choose_period(page)
explain_definitions(page)
for name in sections(page, ("period", "time", "tool", "published")):
    if name == "period":
        page.show(
            definition_lens, asks="churn_definitions", n="denominator", people=COUNTED, first_day=shown, last_day=shown
        )
        if choose_two(page):
            page.show(
                definition_bridge, asks="definition_bridge", people=("bridge_people", "step", "kind"), period=shown
            )
            page.list_rows("definition_members", period=shown)
    elif name == "time":
        choose_two(page)
        page.show(definitions_over_time, asks="churn_definitions", n="denominator", people=COUNTED)
    elif name == "tool":
        number_box(page, "told", width=WIDTH, placeholder=page.texts.number(5.1, 1))
        if page.filters.told is None:
            st.info(page.texts("page.lens.told_none"), icon=":material/lightbulb:")
        else:
            page.show(
                definition_nearest, asks="definition_nearest", n="denominator", people=COUNTED, first_day=shown,
                last_day=shown,
            )
    elif name == "published":
        edit_published(page)
