"""Members: one person's whole story on one line of time."""

import streamlit as st

from retention.figures import member_story
from retention.ui import open_page
from retention.ui.escaping import escaped
from retention.ui.story import find_member, show_events

page = open_page("members")
person = find_member(page)
if person is None:
    st.stop()
known = [str(value) for value in (person["name"], person.email, person.plan) if value is not None and value == value]
st.header(escaped(page.texts("page.members.story", name=known[0])), anchor=False)
st.text(" · ".join(dict.fromkeys(known[1:])))
one = f"#{int(person.member)}"
page.show(member_story, asks="member_story", member=one)
show_events(page, page.ask("member_story", member=one))
