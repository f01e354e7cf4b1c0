"""What came of each file: recognised as, rows taken and set aside, and every finding with its place and remedy."""

import streamlit as st

from retention.dataset import DataSet
from retention.intake.raw import Report
from retention.reporting import ORDER, headline, sentence
from retention.texts import Texts
from retention.ui.escaping import escaped
from retention.ui.upload import map_by_hand

ICONS = {"refused": "⛔", "doubtful": "⚠️", "note": "ℹ️"}
FIELDS = ("member_id", "started_on", "ended_on", "plan", "price")


def show_reports(texts: Texts, data: DataSet) -> None:
    """One box per file; a file that was not recognised asks for its columns."""
    for number, report in enumerate(data.reports):
        worst = min((ORDER[finding.severity] for finding in report.findings), default=2)
        icon = "⛔" if worst == 0 else "⚠️" if worst == 1 else "✅"
        with st.container(border=True, key=f"report_{number}"):
            st.markdown(f"{icon} **{escaped(report.file)}** — {escaped(headline(texts, report))}")
            if report.as_of:
                basis = texts.word("as_of_basis", report.as_of_basis)
                st.caption(escaped(texts("report.as_of", day=report.as_of, basis=basis)))
            for finding in sorted(report.findings, key=lambda finding: ORDER[finding.severity]):
                st.markdown(f"{ICONS[finding.severity]} {escaped(sentence(texts, finding, report.file))}")
            if report.refused and report.headings and data.origin == "upload":
                _ask_for_columns(texts, data, report, number)


def show_joined(page) -> None:
    """The files as one data set: what each brought, whether answers find their leaving, whether it adds up."""
    matches = page.ask("answers_found")
    found, count = int(matches.answers[matches.matched != "nothing"].sum()), int(matches.answers.sum())
    lost = count > 0 and found < count / 2
    if lost:
        share = page.texts.percent(found / count)
        st.warning(page.texts("answers.unmatched", matched=found, count=count, share=share), icon="🔎")
    page.list_rows("files")
    page.list_rows("derivations")
    page.list_rows("answers_found", unfolded=lost)
    page.list_rows("claims", unfolded=lost)
    page.list_rows("movements")


def _ask_for_columns(texts: Texts, data: DataSet, report: Report, number: int) -> None:
    """A small form with a preview: which column is the member, the start, the end?"""
    st.markdown(texts("data.mapping.ask"))
    st.dataframe(
        [dict(zip(report.headings, row, strict=False)) for row in report.preview],
        hide_index=True, key=f"preview_{number}",
    )
    with st.form(key=f"mapping_{number}"):
        chosen = {}
        for field, column in zip(FIELDS, st.columns(len(FIELDS)), strict=True):
            guess = report.guesses.get(field)
            chosen[field] = column.selectbox(
                texts(f"data.mapping.{field}"), report.headings, key=f"map_{number}_{field}",
                index=report.headings.index(guess) if guess in report.headings else None,
                placeholder=texts("data.mapping.none"),
            )
        if st.form_submit_button(texts("data.mapping.read"), type="primary"):
            if chosen["member_id"] and chosen["started_on"]:
                map_by_hand(texts, data, report.file, {field: heading for field, heading in chosen.items() if heading})
            st.error(texts("data.mapping.missing"))
