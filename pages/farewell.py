"""Farewell: how leaving felt — how long it took, what it cost, how it was felt, and who stayed after all."""

import streamlit as st

from retention.figures import (
    heat_by_wait,
    offers,
    request_shares,
    request_times,
    request_trend,
    save_rates,
    waiting,
)
from retention.ui import open_page
from retention.ui.farewell import ask_promise, need_requests, show_numbers
from retention.ui.lessons import show_lessons
from retention.ui.people import show_members
from retention.ui.sections import sections

page = open_page("farewell")
told = need_requests(page)
if told.handled:
    ask_promise(page)
    show_numbers(page)
else:
    page.show(save_rates, asks="save_rates", n="counted", people=("saved_people", "rule"))
    show_lessons(page)
    st.stop()
for section in sections(page, ("speed", "ease", "mood", "offers", "lessons")):
    if section == "speed":
        if page.may_see("open_requests"):
            st.header(page.texts("list.open_requests.title"))
            st.caption(page.texts("list.open_requests.reading" if told.open else "page.farewell.none_open"))
            if told.open:
                show_members(page, "open_requests", page.ask("open_requests"), "open_requests")
        page.show(waiting, asks="waiting", people=("waiting_people", "waited_for", "hours"))
        page.choose("request_by")
        page.show(request_times, asks="request_times", n="requests", people=("waited_people", "waited_for", "segment"))
    elif section == "ease":
        page.choose("measure")
        behind = ("measured_people", "period_start")
        page.show(request_trend, asks="request_trend", n="counted", people=behind, request_by="month")
        page.choose("request_by")
        page.show(request_shares, asks="request_shares", n="counted", people=("measured_people", "segment"))
        page.list_rows("request_means")
    elif section == "mood":
        page.show(heat_by_wait, asks="heat_by_wait", n="requests", people=("heat_people", "wait"))
        page.list_rows("heat_endings", unfolded=True)
    elif section == "offers":
        page.show(save_rates, asks="save_rates", n="counted", people=("saved_people", "rule"))
        page.show(offers, asks="offers", n="counted", people=("offered_people", "offer", "stage"))
        if told.pauses:
            page.list_rows("pauses_ended", unfolded=True)
        else:
            st.info(page.texts("page.farewell.no_pauses"), icon=":material/lightbulb:")
    else:
        show_lessons(page)
