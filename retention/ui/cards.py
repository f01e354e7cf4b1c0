"""A number of the month as a card: its value, its state in words, its course, and the page that tells more."""

import pandas as pd
import streamlit as st

from retention.figures import sparkline
from retention.ui.comparing import also
from retention.ui.figure import CONFIG
from retention.ui.navigation import PAGES
from retention.ui.page import extent

FEW = 10


def number_card(page, label: str, asks: str, value: str, target: str, fixed: dict) -> None:
    """The last settled period of a question, or the words that none is settled yet."""
    answer, texts = page.ask(asks, **fixed), page.texts
    counted = answer[answer[value].notna()]
    settled = counted[counted.state == "settled"]
    with st.container(border=True, key=f"card_{label}", height="stretch"):
        st.markdown(f"**{texts(f'card.{label}.label')}**")
        missing = _missing(page, label)
        if missing or counted.empty:
            st.markdown(texts(f"card.{label}.{missing or 'empty'}"))
        else:
            shown = settled.iloc[-1] if len(settled) else counted.iloc[-1]
            _number(page, label, shown, value)
            if compared := also(page, answer, shown, value, asks, fixed):
                st.caption(compared)
            st.plotly_chart(
                sparkline(counted, value), key=f"spark_{label}", config={**CONFIG, "staticPlot": True},
                alt=texts("card.alt", count=len(counted), label=texts(f"card.{label}.label")),
            )
        target, name = ("data", "frame.to_data") if missing else (target, f"page.{target}.name")
        st.page_link(
            PAGES[target][0], label=texts(name), icon=PAGES[target][1], query_params=page.view, width="stretch",
        )


def _missing(page, label: str) -> str:
    """What no file tells is no nought: the text that says so, where that is the case."""
    if label == "feedback" and not extent(page.data)["answers"]:
        return "no_survey"
    if label == "failed_payments":
        left = page.ask("member_churn", cause=())
        if left["churned"].sum() and not (left["voluntary"].sum() + left["involuntary"].sum()):
            return "not_told"
    return ""


def _number(page, label: str, row: pd.Series, value: str) -> None:
    """A share of few is grey: it says little."""
    texts = page.texts
    n = int(row.get("active", row.get("leavers", row.get("sent", 0))))
    shown = texts.percent(row[value])
    st.markdown(f"### :gray[{shown}]" if n < FEW else f"### {shown}")
    special = f"card.{label}.{row.signal}"
    st.markdown(texts(special if texts.has(special) else f"card.signal.{row.signal}"))
    st.caption(texts(
        "card.interval", period=texts.period(row.period_start, page.filters.grain), low=texts.percent(row.low),
        high=texts.percent(row.high), n=texts.number(n),
    ))
