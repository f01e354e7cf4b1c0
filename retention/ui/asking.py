"""What is asked once and holds for all files: the last full day, currency, time zone, grace time."""

import zoneinfo
from dataclasses import replace
from datetime import date

import streamlit as st

from retention.dataset import DataSet
from retention.filters import Filters
from retention.texts import Texts
from retention.ui import background, session
from retention.ui.escaping import escaped
from retention.ui.numbers import positive

_ZONES = ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/London", "America/New_York", "America/Los_Angeles")


def show_settings(texts: Texts, data: DataSet) -> None:
    """Prefilled with what was read, with the reason in words; a change reads the files again."""
    with st.expander(texts("data.settings.title"), key="read_settings", icon=":material/settings:"):
        st.caption(escaped(_why_this_day(texts, data)))
        with st.form("settings_form", border=False):
            changed = _fields(texts, data)
            if st.form_submit_button(texts("data.settings.apply"), key="apply_settings"):
                _apply(texts, data, *changed)


def _why_this_day(texts: Texts, data: DataSet) -> str:
    """From the file name, or as the newest thing that happened in which file."""
    day = _known_day(data)
    if data.settings.as_of:
        return texts("data.settings.day_asked", day=day)
    source = next((report for report in data.reports if report.as_of == day), None)
    if not source:
        return texts("data.settings.day_unknown")
    basis = texts.word("as_of_basis", source.as_of_basis)
    return texts("data.settings.day_why", day=day, basis=basis, file=source.file)


def _known_day(data: DataSet) -> date | None:
    """The day up to which the data is complete, as it was read."""
    return session.answer(data, "extent", Filters()).as_of.iloc[0].date() if data.warehouse else None


def _fields(texts: Texts, data: DataSet) -> tuple:
    left, right = st.columns(2)
    known = _known_day(data)
    as_of = left.date_input(
        texts("data.settings.as_of"), value=data.settings.as_of or known, key=f"as_of_{data.fingerprint}",
        format="DD.MM.YYYY" if texts.language == "de" else "DD/MM/YYYY", help=texts("data.settings.as_of_help"),
    )
    grace = right.number_input(
        texts("data.settings.grace"), 0, 365, data.settings.grace_days, key=f"grace_{data.fingerprint}",
        help=texts("data.settings.grace_help"),
    )
    zone = left.selectbox(
        texts("data.settings.zone"), list(dict.fromkeys((*filter(None, [data.read.time_zone]), *_ZONES))),
        index=0 if data.read.time_zone else None, key=f"zone_{data.fingerprint}", accept_new_options=True,
        placeholder=texts("data.settings.zone_none"), help=texts("data.settings.zone_help"),
    )
    currency = right.text_input(
        texts("data.settings.currency"), data.read.currency or "", key=f"currency_{data.fingerprint}", max_chars=3,
        placeholder="EUR", help=texts("data.settings.currency_help"),
    )
    told = None if as_of == known and not data.settings.as_of else as_of
    return told, int(grace), zone, currency.strip().upper(), *_amounts(texts, data)


def _amounts(texts: Texts, data: DataSet) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """Which currency amounts are in, and what the others are worth as typed; asked only where there are several."""
    paid = session.answer(data, "currencies", Filters()) if data.warehouse else None
    if paid is None or len(paid) < 2:
        return data.settings.currency, tuple((currency, str(rate)) for currency, rate in data.settings.rates)
    left, right = st.columns(2)
    known = paid.currency.tolist()
    chosen = left.selectbox(
        texts("data.settings.amounts_in"), known, index=0, key=f"amounts_{data.fingerprint}",
        help=texts("data.settings.amounts_in_help"),
    )
    rates = []
    for row in paid.itertuples():
        told = None if row.chosen or row.rate != row.rate else row.rate
        typed = right.text_input(
            texts("data.settings.rate", currency=escaped(row.currency)), max_chars=20,
            value=texts.number(told, 4) if told else "", key=f"rate_{row.currency}_{data.fingerprint}",
            help=texts("data.settings.rate_help", currency=escaped(row.currency)), placeholder="–",
        )
        if typed.strip() and row.currency != chosen:
            rates.append((row.currency, typed))
    return (chosen if chosen != known[0] else data.settings.currency), tuple(rates)


def _apply(
    texts: Texts, data: DataSet, as_of, grace: int, zone: str | None, currency: str, amounts_in: str | None,
    rates: tuple[tuple[str, str], ...],
) -> None:
    """Read again where something differs; what does not exist or cannot be read is said and changes nothing."""
    if zone and zone not in zoneinfo.available_timezones():
        st.error(texts("data.settings.no_zone", zone=escaped(zone)))
        return
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        st.error(texts("data.settings.no_currency", currency=escaped(currency)))
        return
    worth = tuple((code, positive(typed)) for code, typed in rates)
    if unread := [code for code, rate in worth if rate is None]:
        st.error(texts("data.settings.no_rate", currency=escaped(unread[0])))
        return
    wanted = background.order()
    wanted = replace(
        wanted, read=replace(wanted.read, as_of=as_of, time_zone=zone, currency=currency or None),
        settings=replace(wanted.settings, as_of=as_of, grace_days=grace, currency=amounts_in, rates=worth),
    )
    if (wanted.read, wanted.settings) != (data.read, data.settings):
        background.begin(wanted)
        st.rerun()
