"""What only the owner knows of a file: how its dates and numbers read, and which list it is; shown on real rows."""

from datetime import date

import streamlit as st

from retention.intake.recognise.mapping_files import header_key
from retention.model import Report
from retention.texts import Texts
from retention.ui import background
from retention.ui.escaping import escaped

KEPT_AS = {"date_order": "date_orders", "decimal": "decimals"}


def ask_doubts(texts: Texts, report: Report, number: int) -> None:
    """One question per doubtful column with both readings side by side; one button reads the file again."""
    file = background.order().file(report.file)
    if not report.questions or not file:
        return
    with st.form(key=f"doubts_{number}"):
        st.markdown(f":material/help: **{texts('data.question.lead', count=len(report.questions))}**")
        key = f"{number}_{report.sha256[:8]}_{len(report.questions)}"
        answers = [_ask(texts, question, f"{key}_{place}") for place, question in enumerate(report.questions)]
        if st.form_submit_button(texts("data.question.apply"), key=f"answer_doubts_{number}", type="primary"):
            if None in answers:
                st.error(texts("data.question.open"))
            else:
                _read_again(report, answers)


def _ask(texts: Texts, question: dict, key: str) -> str | None:
    """The question, real rows in each reading, and the choice."""
    about, choices = question["about"], list(question["readings"])
    asked = escaped(texts(f"data.question.{about}", column=question.get("column") or ""))
    rows = _rows(texts, question)
    if rows:
        st.markdown(asked)
        st.dataframe(rows, hide_index=True, key=f"readings_{key}", height="content")
    return st.radio(
        asked, choices, index=None, key=f"doubt_{key}", horizontal=True,
        label_visibility="collapsed" if rows else "visible", format_func=lambda choice: _named(texts, about, choice),
    )


def _rows(texts: Texts, question: dict) -> list[dict[str, str]]:
    """Line, cell as it stands in the file, and what each reading makes of it."""
    table = []
    for place, line in enumerate(question["rows"]):
        row = {texts("data.question.line"): str(line)}
        if "written" in question:
            row[texts("data.question.written")] = question["written"][place]
        for choice, readings in question["readings"].items():
            row[_named(texts, question["about"], choice)] = _read_as(texts, question["about"], readings[place])
        table.append(row)
    return table


def _read_as(texts: Texts, about: str, value: object) -> str:
    """A day, a number or a status in the reader's language; – where a reading is impossible."""
    if about == "date_order":
        return texts.day(date.fromisoformat(value[:10]) if value else None)
    if about == "decimal":
        return texts.number(value, 0 if value is not None and float(value).is_integer() else 3)
    status, _, day = str(value).partition(" ")
    return f"{texts.word('data.status', status)} {texts.day(date.fromisoformat(day)) if day else ''}".strip()


def _named(texts: Texts, about: str, choice: str) -> str:
    key = f"data.question.{about}_{choice}"
    return texts(key) if texts.has(key) else choice


def _read_again(report: Report, answers: list[str]) -> None:
    """Each answer goes to its column; a list is one for the whole file."""
    wanted = background.order()
    for question, answer in zip(report.questions, answers, strict=True):
        file = wanted.file(report.file)
        kept = KEPT_AS.get(question["about"])
        changed = {kept: {**getattr(file, kept), question["column"]: answer}} if kept else {"member_list": answer}
        wanted = wanted.reading(report.file, **changed)
    _remember(report, wanted)
    background.begin(wanted)
    st.rerun()


def _remember(report: Report, wanted) -> None:
    """A file whose columns were named by hand keeps these answers with them."""
    way = background.remembered().get(header_key(report.headings))
    if way:
        file = wanted.file(report.file)
        way.update(date_orders=file.date_orders, decimals=file.decimals)
