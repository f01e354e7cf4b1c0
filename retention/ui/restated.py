"""Where a past month's number has moved since it was shown: one sentence, the members behind it, and Noted."""

from datetime import date

import streamlit as st

from retention import restating
from retention.filters import Filters
from retention.ui.escaping import escaped
from retention.ui.kept import keep_shown, kept_shown, store
from retention.ui.people import show_members

OWN = ("upload", "kept")  # the sample and a shared folder are nobody's history
MOST = 3  # months told of; the others are told once these are noted


def show_restated(page, with_people: bool = False) -> None:
    """Remember what is shown now, and say what was shown otherwise before; nothing while keeping is off."""
    found = store()
    if not (found and found.on and page.data.origin in OWN):
        return
    shown, churn = kept_shown(found), page.ask_with("member_churn", Filters())
    told = restating.moved(shown, churn)
    now = restating.remembered(shown, churn, page.ask_with("churned_ids", Filters()), date.today())
    if now != shown:
        keep_shown(found, now)
    for one in told[:MOST]:
        people = page.ask_with("restated_people", Filters(key=one.key, masked=page.filters.masked))
        st.warning(escaped(restating.sentence(one, people, page.texts)), icon=":material/history:")
        if with_people:
            _people(page, one, people, found)


def _people(page, one: restating.Moved, people, found) -> None:
    texts, month = page.texts, one.month.isoformat()
    box = st.expander(texts("restated.people", count=len(people)), key=f"restated_{month}", on_change="rerun")
    if box.open:
        with box:
            show_members(page, f"restated_{month}", people, "restated_people")
    st.button(texts("restated.noted"), key=f"noted_{month}", on_click=_note, args=(found, month))


def _note(found, month: str) -> None:
    """From now on the number as it is now is the one remembered."""
    keep_shown(found, {name: one for name, one in kept_shown(found).items() if name != month})
