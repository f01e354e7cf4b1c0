"""The farewell page's numbers in a row, what the files do not tell, and the check list of lessons."""

import pandas as pd
import streamlit as st

from retention.figures.parts.durations import duration
from retention.ui.kept import keep
from retention.ui.navigation import PAGES
from retention.ui.view import widget_key

FEW = 10
SHARES = ("within_promise", "self_service", "heat", "saved")


def need_requests(page) -> pd.Series:
    """What is told of requests; stops where there are none, and says what cannot be known."""
    told = page.ask("requests_told").iloc[0]
    if not told.requests:
        _missing(page, "empty")
        st.stop()
    if not told.handled:
        _missing(page, "days_only")
    for what, known in (("no_replies", told.replies), ("no_ends", told.ends)):
        if told.handled and not known:
            st.info(page.texts(f"page.farewell.{what}"), icon=":material/lightbulb:")
    if told.ignored:
        st.warning(page.texts("page.farewell.ignored", count=int(told.ignored)), icon=":material/warning:")
    return told


def ask_promise(page) -> None:
    """The owner's own promise in hours, kept like the filters."""
    texts = page.texts
    st.number_input(
        texts("filter.promise_hours.label"), 1, 8760, key=widget_key("promise_hours"), width=320,
        help=texts("filter.promise_hours.help"), on_change=_keep_promise,
    )


def _keep_promise() -> None:
    """The promise stands on the page Settings too, and holds next time."""
    keep("promise_hours", st.session_state[widget_key("promise_hours")])


def show_numbers(page) -> None:
    """Eight numbers: each with its interval and n, grey below ten."""
    waits = page.ask("request_times", request_by="all").set_index("waited_for")
    means = page.ask("request_means", request_by="all").set_index("measured")
    shares = page.ask("farewell_numbers").set_index("measure")
    facts = [_wait(page, waits, "reply"), _wait(page, waits, "done")]
    facts += [_share(page, shares, measure) for measure in SHARES[:2]]
    facts += [_mean(page, means, shares, "contacts"), _mean(page, means, shares, "rating")]
    facts += [_share(page, shares, measure) for measure in SHARES[2:]]
    st.header(page.texts("page.farewell.numbers"), anchor="numbers")
    for row in (facts[:4], facts[4:]):
        for place, (label, value, note, n) in zip(page.columns(4), row, strict=True):
            with place.container(border=True, height="stretch"):
                st.markdown(f"**{label}**")
                st.markdown(f"### :gray[{value}]" if n < FEW else f"### {value}")
                st.caption(note)


def _missing(page, what: str) -> None:
    st.info(page.texts(f"page.farewell.{what}"), icon=":material/lightbulb:")
    st.page_link(PAGES["data"][0], label=page.texts("frame.to_data"), icon=PAGES["data"][1], query_params=page.view)


def _wait(page, waits: pd.DataFrame, kind: str) -> tuple[str, str, str, int]:
    texts, label = page.texts, page.texts(f"fact.{kind}_median")
    if kind not in waits.index:
        return label, "–", texts("fact.unknown"), 0
    row = waits.loc[kind]
    key = "fact.waits" if row.slow_hours == row.slow_hours else "fact.waits_on"
    most = duration(row.slow_hours, texts)
    note = texts(key, count=int(row.still_open), most=most, n=texts.number(row.requests))
    return label, duration(row.median_hours, texts), note, int(row.requests)


def _share(page, shares: pd.DataFrame, measure: str) -> tuple[str, str, str, int]:
    texts, label = page.texts, page.texts(f"measure.{measure}.label")
    if measure not in shares.index:
        return label, "–", texts("fact.unknown"), 0
    row = shares.loc[measure]
    note = texts("fact.n", n=texts.number(row.counted))
    if row.counted:
        note = f"{_interval(texts, texts.percent(row.low), texts.percent(row.high))}; {note}"
    if row.settling:
        note += "; " + texts("fact.settling", count=int(row.settling), day=row.settles_on.date())
    return label, texts.percent(row.share), note, int(row.counted)


def _mean(page, means: pd.DataFrame, shares: pd.DataFrame, measured: str) -> tuple[str, str, str, int]:
    texts, label = page.texts, page.texts(f"fact.{measured}")
    if measured not in means.index:
        return label, "–", texts("fact.unknown"), 0
    row, beside = means.loc[measured], {"contacts": "more_contacts", "rating": "good_rating"}[measured]
    also = shares.loc[beside]
    between = _interval(texts, texts.number(row.low, 2), texts.number(row.high, 2))
    share = f"{texts(f'measure.{beside}.label')}: {texts.percent(also.share)}"
    spread = _interval(texts, texts.percent(also.low), texts.percent(also.high))
    note = f"{between if row.low == row.low else ''}; {share}, {spread}; n = {texts.number(row.counted)}".lstrip("; ")
    return label, texts.number(row["mean"], 2), note, int(row.counted)


def _interval(texts, low: str, high: str) -> str:
    return texts("fact.interval", low=low, high=high)
