"""The files as one data set: what each lit up, which answers found their leaving, and what each page lacks."""

import streamlit as st

from retention.texts import Texts
from retention.ui.escaping import escaped
from retention.ui.navigation import PAGES
from retention.ui.tables import show_table

# columns of lit_up, in the order of the sentence
LIT = ("subscriptions", "ended", "answers", "requests", "messages", "payments", "pauses", "people")


def lit_by_file(page) -> dict[str, str]:
    """A sentence per file: what it brought, in numbers and pages."""
    if not page.data.warehouse:
        return {}
    return {row["file_name"]: _lit(page.texts, row) for row in page.ask("lit_up").to_dict("records")}


def show_joined(page) -> None:
    """What speaks for the joined picture, then what is missing; lists unfold where something is wrong."""
    texts = page.texts
    st.header(texts("joined.title"), anchor="joined")
    matches = page.ask("answers_found")
    count = int(matches.answers.sum())
    found = int(matches.answers[matches.matched != "nothing"].sum())
    lost = count > 0 and found < count / 2
    if lost:
        share = texts.percent(found / count)
        said = texts("answers.unmatched", matched=found, count=count, share=share)
        st.warning(escaped(said), icon=":material/search:")
        _claims(page)
    elif count:
        ended = int(matches.answers[matches.matched == "end"].sum())
        said = texts("joined.matched", count=count, found=found, ended=ended, asked=found - ended)
        st.success(said, icon=":material/link:")
    _unmatched(page)
    page.list_rows("derivations")
    if len(page.data.reports) > 1:
        page.list_rows("files")
        page.list_rows("claims")
    _missing(page)


def _lit(texts: Texts, row: dict) -> str:
    parts = [texts(f"joined.lit.{name}", count=int(row[name])) for name in LIT if row[name]]
    return " · ".join(parts) if parts else texts("joined.lit.nothing")


def _claims(page) -> None:
    """How many left by what each file says; the files contradict each other, and each is shown."""
    texts = page.texts
    for row in page.ask("claims").itertuples():
        rates = {"rate": texts.percent(row.gone_rate), "low": texts.percent(row.low), "high": texts.percent(row.high)}
        words = texts(f"joined.claim.{row.claim}", gone=int(row.gone), of_all=int(row.of_all), **rates)
        st.markdown(f"- {escaped(words)}")


def _unmatched(page) -> None:
    """Who is unmatched and why: how many per reason in words, then each of them."""
    rows, texts = page.ask("unmatched"), page.texts
    if rows.empty:
        return
    st.markdown(f"**{texts('joined.unmatched.title', count=len(rows))}**")
    for (what, why), group in rows.groupby(["what", "why"], sort=False):
        counted = texts(f"joined.what.{what}", count=len(group))
        st.markdown(f"- {escaped(texts(f'joined.why.{why}', what=counted))}")
    box = st.expander(texts("joined.unmatched.list"), key="unmatched", on_change="rerun", icon=":material/extension:")
    if box.open:
        with box:
            show_table(page, "unmatched", rows, "unmatched")


def _missing(page) -> None:
    """One sentence for each thing that a page lacks, with the template that holds it."""
    lacking = page.ask("whats_missing").query("found == 0")
    if lacking.empty:
        st.caption(f":material/check_circle: {page.texts('missing.nothing')}")
        return
    st.markdown(f"**{page.texts('missing.title')}**")
    for row in lacking.itertuples():
        label = page.texts(f"page.{row.page}.name")
        st.markdown(f"- {PAGES[row.page][1]} **{escaped(label)}:** {escaped(page.texts(f'missing.{row.thing}'))}")
