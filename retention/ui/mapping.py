"""A file that nobody knows: what is it, and which column is what? Answered once, remembered, kept as a TOML."""

import streamlit as st

from retention.intake.recognise.mapping_files import header_key
from retention.model import Report
from retention.texts import Texts
from retention.ui import background
from retention.ui.mapping_toml import load_mapping, save_mapping

# kind: its fields in the order in which they are asked; the first line cannot be done without
FIELDS = {
    "subscriptions": (
        ("member_id", "started_on"),
        ("ended_on", "plan", "price", "interval_unit", "status", "cancel_requested_at", "access_until", "trial_ends_on",
         "currency", "cause", "reason", "comment", "source", "name"),
    ),
    "members": (("member_id",), ("joined_on", "source", "name", "country", "tags", "no_contact_since")),
    "survey_answers": (
        ("member_id", "answered_at"), ("reason", "comment", "asked_at", "satisfaction", "would_return"),
    ),
    "outreach": (
        ("member_id", "sent_at"),
        ("incentive", "campaign", "arm", "channel", "opened_at", "clicked_at", "replied_at", "cost",
         "reported_returned_on"),
    ),
}
# the guesses are made for subscriptions: what one of another kind may take from them
ALIASES = {
    "member_id": ("email", "email_norm"), "answered_at": ("ended_on", "started_on"), "sent_at": ("started_on",),
    "joined_on": ("started_on",), "asked_at": ("started_on",),
}
A_ROW = 3


def ask_for_columns(texts: Texts, report: Report, number: int) -> None:
    """The first rows, the kind of file, and a choice per field with the guess filled in."""
    st.markdown(f"**{texts('data.mapping.ask')}**")
    _preview(report, number)
    kind = st.segmented_control(
        texts("data.mapping.kind"), FIELDS, key=f"kind_{number}", required=True, default="subscriptions",
        format_func=lambda kind: texts.word("kind", kind),
    )
    with st.form(key=f"mapping_{number}_{kind}"):
        needed, others = FIELDS[kind]
        key = f"{number}_{report.sha256[:8]}_{kind}"
        chosen = _choices(texts, report, key, needed)
        chosen |= _optional(texts, report, key, others)
        if st.form_submit_button(texts("data.mapping.read"), type="primary", key=f"read_mapping_{number}"):
            mapping = {field: heading for field, heading in chosen.items() if heading}
            missing = [texts(f"data.field.{field}") for field in needed if field not in mapping]
            if missing:
                st.error(texts("data.mapping.missing", fields=", ".join(missing)))
            else:
                read_so(report, mapping=mapping, kind=kind)
    way = load_mapping(texts, report, number)
    if way:
        read_so(report, **way)


def offer_saving(texts: Texts, report: Report, number: int) -> None:
    """What was said of a file by hand, as a TOML that reads the next one like it."""
    file = background.order().file(report.file)
    if file and file.mapping and not report.refused:
        save_mapping(texts, file, report, number)


def read_so(report: Report, **way: object) -> None:
    """Read the file again in this way, and every file with the same headings from now on."""
    background.remembered()[header_key(report.headings)] = way
    background.begin(background.order().reading(report.file, **way))
    st.rerun()


def _preview(report: Report, number: int) -> None:
    """Headings may be empty or stand twice, so they are shown with their place."""
    names = [heading if heading and report.headings.count(heading) == 1 else f"{heading} ({place})".strip()
             for place, heading in enumerate(report.headings, start=1)]
    st.dataframe(
        [dict(zip(names, row, strict=False)) for row in report.preview], hide_index=True, key=f"preview_{number}"
    )


def _optional(texts: Texts, report: Report, key: str, fields: tuple[str, ...]) -> dict[str, str | None]:
    """The usual ones and those with a guess at once, the others folded."""
    st.caption(texts("data.mapping.optional"))
    first = tuple(field for place, field in enumerate(fields) if place < A_ROW or _guess(report, field))
    rest = tuple(field for field in fields if field not in first)
    chosen = _choices(texts, report, key, first)
    if rest:
        with st.expander(texts("data.mapping.more", count=len(rest)), key=f"more_{key}"):
            chosen |= _choices(texts, report, key, rest)
    return chosen


def _choices(texts: Texts, report: Report, key: str, fields: tuple[str, ...]) -> dict[str, str | None]:
    headings = [heading for heading in report.headings if heading.strip()]
    chosen = {}
    for start in range(0, len(fields), A_ROW):
        for field, column in zip(fields[start:start + A_ROW], st.columns(A_ROW), strict=False):
            guess = _guess(report, field)
            chosen[field] = column.selectbox(
                texts(f"data.field.{field}"), headings, key=f"map_{key}_{field}",
                index=headings.index(guess) if guess in headings else None, placeholder=texts("data.mapping.none"),
            )
    return chosen


def _guess(report: Report, field: str) -> str | None:
    """The reader's guess, under its own name for the field."""
    return next((report.guesses[name] for name in (field, *ALIASES.get(field, ())) if name in report.guesses), None)
