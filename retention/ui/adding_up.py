"""Does it add up? Start + new + returned − left = end, from days to years, and what stands in no denominator."""

import streamlit as st

from retention.texts import Texts
from retention.ui.escaping import escaped
from retention.ui.figure import show_calculation
from retention.ui.tables import show_table

GRAINS = ("day", "week", "month", "quarter", "year")


def show_adding_up(page) -> None:
    """One sentence, green or red; the sums per length of period; each period for the length chosen."""
    texts = page.texts
    st.header(texts("adding_up.title"), anchor="adding-up")
    checked = page.ask("reconciliation")
    if checked.empty:
        st.info(texts("adding_up.nothing"))
        return
    _verdict(texts, checked)
    _whole(page)
    show_table(page, "reconciliation", checked, "reconciliation")
    _periods(page)
    show_calculation(page, "reconciliation", "reconciliation", page.filters)


def _verdict(texts: Texts, checked) -> None:
    """Adds up, or by how many members it does not, where first, and at which length of period."""
    off = checked[checked.unexplained > 0]
    years = checked.iloc[-1]
    same = bool((checked[["joined", "returned", "left_in_all", "active_at_end"]].nunique() == 1).all())
    if off.empty and same:
        st.success(texts(
            "adding_up.right", start=int(years.active_at_start), joined=int(years.joined),
            returned=int(years.returned), left=int(years.left_in_all), end=int(years.active_at_end),
        ), icon=":material/check_circle:")
    for row in off.itertuples():
        grain = texts(f"adding_up.grain.{row.grain}")
        first = texts.day(row.first_off.date()) if row.grain == "day" else texts.period(row.first_off, row.grain)
        st.error(texts("adding_up.wrong", grain=grain, count=int(row.unexplained), first=first),
                 icon=":material/block:")
    if not same:
        st.error(texts("adding_up.sums_differ"), icon=":material/block:")


def _whole(page) -> None:
    """Every subscription is counted or named among those that are not."""
    left_out = page.ask("not_counted")
    texts = page.texts
    if left_out.empty:
        st.caption(texts("adding_up.all_counted"))
        return
    of_all = int(left_out.of_all.iloc[0])
    parts = ", ".join(f"{texts.number(row.subscriptions)} {texts.word('not_counted', row.why)}"
                      for row in left_out.itertuples())
    count = int(left_out.subscriptions.sum())
    st.caption(escaped(texts("adding_up.left_out", of_all=of_all, counted=of_all - count, count=count, parts=parts)))


def _periods(page) -> None:
    texts = page.texts
    box = st.expander(texts("adding_up.periods"), key="adding_up_periods", on_change="rerun", icon=":material/list:")
    if not box.open:
        return
    with box:
        grain = st.segmented_control(
            texts("filter.grain.label"), GRAINS, key="adding_up_grain", required=True, default="month",
            format_func=lambda grain: texts(f"adding_up.grain.{grain}"),
        )
        rows = page.ask("movements", grain=grain, first_day=None, last_day=None)
        if rows.empty:
            st.caption(texts("adding_up.no_period"))
        else:
            show_table(page, f"movements-{grain}", rows, "movements")

