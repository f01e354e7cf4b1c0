"""Reasons in the words of a survey that no rule knows: the owner says which reason each is counted for."""

from dataclasses import replace

import streamlit as st

from retention.dataset import DataSet
from retention.texts import Texts
from retention.ui import background
from retention.ui.escaping import escaped

CODES = (
    "price", "not_using", "content", "missing_topic", "difficulty", "switched", "service", "finished", "break",
    "life_change", "other",
)
MOST = 40


def assign_wordings(texts: Texts, data: DataSet) -> None:
    """One choice per wording, most frequent first; those assigned before stay in the list, to be changed."""
    counts = _counted(data)
    if not counts:
        return
    open_ones = sum(wording not in data.read.reasons for wording in counts)
    with st.expander(
        texts("data.wordings.title", count=open_ones), expanded=open_ones > 0, key="wordings", icon=":material/forum:"
    ), st.form("wordings_form", border=False):
        st.caption(texts("data.wordings.lead"))
        chosen = {
            wording: _choose(texts, wording, count, data.read.reasons.get(wording), f"{data.fingerprint}_{number}")
            for number, (wording, count) in enumerate(list(counts.items())[:MOST])
        }
        if st.form_submit_button(texts("data.wordings.apply"), key="apply_wordings", type="primary"):
            _apply({**data.read.reasons, **{wording: code for wording, code in chosen.items() if code}}, data)


def _counted(data: DataSet) -> dict[str, int]:
    """Every wording that no rule knows with its count over all files, and those that were assigned by hand."""
    counts: dict[str, int] = {}
    for report in data.reports:
        for entry in report.unmapped:
            counts[entry["wording"]] = counts.get(entry["wording"], 0) + int(entry["count"])
    ranked = dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))
    return {**ranked, **{wording: 0 for wording in data.read.reasons if wording not in ranked}}


def _choose(texts: Texts, wording: str, count: int, before: str | None, key: str) -> str | None:
    shown = texts("data.wordings.label", wording=wording[:160], count=count) if count else wording[:160]
    return st.selectbox(
        escaped(shown), CODES, index=CODES.index(before) if before in CODES else None, key=f"wording_{key}",
        placeholder=texts("data.wordings.none"), format_func=lambda code: texts.word("reason", code),
    )


def _apply(reasons: dict[str, str], data: DataSet) -> None:
    if reasons == data.read.reasons:
        return
    wanted = background.order()
    background.begin(replace(wanted, read=replace(wanted.read, reasons=reasons)))
    st.rerun()
