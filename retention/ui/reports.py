"""What came of each file: recognised as, rows taken and set aside, every finding with its place and remedy, doubts."""

import streamlit as st

from retention.dataset import DataSet
from retention.model import Report
from retention.reporting import ORDER, headline, sentence
from retention.texts import Texts
from retention.ui import background
from retention.ui.doubts import ask_doubts
from retention.ui.escaping import escaped
from retention.ui.mapping import ask_for_columns, offer_saving
from retention.ui.upload import remove_button

ICONS = {"refused": ":material/block:", "doubtful": ":material/warning:", "note": ":material/info:"}
WORST = (":material/block:", ":material/warning:", ":material/check_circle:")


def show_reports(texts: Texts, data: DataSet, lit: dict[str, str]) -> None:
    """One box per file; `lit` holds the sentence on what each brought."""
    own = data.origin == "upload" and bool(background.order().files)
    for number, report in enumerate(data.reports):
        with st.container(border=True, key=f"report_{number}"):
            _head(texts, report, number, own)
            _said(texts, report, lit.get(report.file))
            _findings(texts, report, number)
            if own:
                ask_doubts(texts, report, number)
                offer_saving(texts, report, number)
                if report.refused and report.preview:
                    ask_for_columns(texts, report, number)


def _head(texts: Texts, report: Report, number: int, own: bool) -> None:
    """The name of the file and what it is; a way to take it away again."""
    worst = min((ORDER[finding.severity] for finding in report.findings), default=2)
    words = f"{WORST[worst]} **{escaped(report.file)}** — {escaped(headline(texts, report))}"
    if not own:
        st.markdown(words)
        return
    wide, narrow = st.columns([5, 1])
    wide.markdown(words)
    with narrow:
        remove_button(texts, report.file, number)


def _said(texts: Texts, report: Report, lit: str | None) -> None:
    lines = []
    if report.as_of:
        basis = texts.word("as_of_basis", report.as_of_basis)
        lines.append(texts("report.as_of", day=report.as_of, basis=basis))
    if lit and not report.refused:
        lines.append(lit)
    if lines:
        st.caption(escaped(" — ".join(lines)))


def _findings(texts: Texts, report: Report, number: int) -> None:
    """What needs a look stands open, the notes are folded where there are several."""
    ranked = sorted(report.findings, key=lambda finding: ORDER[finding.severity])
    notes = [finding for finding in ranked if finding.severity == "note"]
    for finding in ranked:
        if finding.severity != "note" or len(notes) < 3:
            st.markdown(f"{ICONS[finding.severity]} {escaped(sentence(texts, finding, report.file))}")
    if len(notes) >= 3:
        with st.expander(texts("report.notes", count=len(notes)), key=f"notes_{number}", icon=":material/info:"):
            for finding in notes:
                st.markdown(f"- {escaped(sentence(texts, finding, report.file))}")
