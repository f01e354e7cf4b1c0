"""The page Settings: what is kept on this computer, and what holds wherever it matters."""

from dataclasses import replace

import streamlit as st

from retention.data_settings import BOUNDS, WEEK_STARTS, is_currency
from retention.keeping import BadArchive, Store, opened
from retention.keeping.rescue import set_aside_files
from retention.kept_data import about_of
from retention.kept_import import take_over
from retention.ui import background, kept_set, session
from retention.ui.escaping import escaped
from retention.ui.keeping_state import say_replaced, undo
from retention.ui.kept import DATA, attempt, keep, keep_from_now_on, kept, store
from retention.ui.uploader_words import uploader
from retention.ui.view import widget_key

_ON = "keep_on_this_computer"


def show_keeping(page) -> None:
    """The switch, the folder by its name, and everything as one zip."""
    texts, found = page.texts, store()
    st.header(texts("keeping.title"), anchor="keeping")
    if found is None:
        st.info(texts("keeping.not_here"), icon=":material/group:")
        return
    st.session_state[_ON] = found.on
    st.toggle(texts("keeping.switch"), key=_ON, on_change=_switch, args=(found,))
    st.caption(escaped(texts(f"keeping.{'on' if found.on else 'off'}", folder=str(found.folder))))
    if not found.on:
        return
    if found.can_undo():
        st.button(texts("keeping.undo"), key="undo_kept", icon=":material/undo:", help=texts("keeping.undo_help"),
                  on_click=undo, args=(found,))
    left, right = st.columns(2)
    left.download_button(
        texts("keeping.export"), data=found.packed, file_name="retention-kept.zip", mime="application/zip",
        key="export_kept", on_click="ignore", icon=":material/download:", width="stretch",
    )
    with right.popover(texts("keeping.delete"), icon=":material/delete:", width="stretch"):
        st.markdown(texts("keeping.delete_sure"))
        st.button(texts("keeping.delete_all"), key="delete_kept", type="primary", on_click=_end, args=(found,))
    if aside := set_aside_files(found.folder):
        st.caption(escaped(texts("keeping.aside", count=len(aside), folder=str(aside[0].parent))))
    _import(texts, found)


def show_values(page) -> None:
    """Who writes notes, and the days and the currency that hold for all files that are brought."""
    texts = page.texts
    st.header(texts("settings.title"), anchor="values")
    left, right = st.columns(2)
    _field(left.text_input, texts, "author", kept("author", ""), max_chars=60)
    _field(right.number_input, texts, "promise_hours", page.filters.promise_hours, min_value=1, max_value=8760)
    order = background.order()
    for box, name in ((left, "grace_days"), (right, "winback_days")):
        least, most = BOUNDS[name]
        _field(box.number_input, texts, name, getattr(order.settings, name), min_value=least, max_value=most)
    _field(left.text_input, texts, "currency", order.read.currency or "", max_chars=3, placeholder="EUR")
    _field(right.selectbox, texts, "week_start", order.settings.week_start, options=WEEK_STARTS,
           format_func=lambda day: texts(f"settings.week_start.{day}"))
    _field(left.selectbox, texts, "fiscal_month", order.settings.fiscal_month, options=range(1, 13),
           format_func=texts.month)
    st.caption(texts("settings.where"))


def _field(box, texts, name: str, value: object, **bounds) -> None:
    key = f"setting_{name}"
    st.session_state.setdefault(key, value)
    box(
        texts(f"settings.{name}.label"), key=key, help=texts(f"settings.{name}.help"), on_change=_changed, args=(name,),
        **bounds,
    )


def _changed(name: str) -> None:
    """Keep the new value; where files are open they are read again with it."""
    value = st.session_state[f"setting_{name}"]
    if name == "currency":
        value = value.strip().upper() or None
        if value and not is_currency(value):
            st.session_state["setting_currency"] = kept("currency") or ""
            return
    keep(name, value)
    order = background.order()
    if name == "promise_hours":
        st.session_state[widget_key(name)] = value
    elif name == "currency":
        order = replace(order, read=replace(order.read, currency=value))
    elif name != "author":
        order = replace(order, settings=replace(order.settings, **{name: value}))
    if order.files and order != background.order():
        background.begin(order)


def _switch(found: Store) -> None:
    if not st.session_state[_ON]:
        _end(found)
    elif keep_from_now_on(found):
        session.keep_brought()


def _end(found: Store) -> None:
    kept_set.drop()
    attempt(DATA, found.end)


def _import(texts, found: Store) -> None:
    with st.expander(texts("keeping.import"), key="import_box", icon=":material/upload_file:"):
        file = uploader(texts, texts("keeping.import_file"), key="import_kept", type="zip")
        if not file:
            return
        try:
            brings = opened(file.getvalue())
        except BadArchive:
            st.error(texts("keeping.bad_archive"), icon=":material/error:")
            return
        st.markdown(escaped(texts("keeping.import_brings", what=_contents(texts, brings.made, brings.about))))
        held = found.data()
        st.markdown(escaped(texts("keeping.import_replaces", what=_contents(texts, found.made(), held and held.about))))
        if not brings.tables:
            st.caption(texts("keeping.import_without_data"))
        if st.button(texts("keeping.import_now"), key="import_now", type="primary"):
            _take_over(texts, found, file.getvalue())


def _take_over(texts, found: Store, content: bytes) -> None:
    try:
        with st.spinner(texts("keeping.import_running")):
            worked = attempt(DATA, lambda: take_over(found, content))
    except BadArchive:
        st.error(texts("keeping.bad_archive"), icon=":material/error:")
        return
    if worked:
        session.forget()
        say_replaced()
    st.rerun()


def _contents(texts, made: dict, about: dict | None) -> str:
    """What of the reader's stands in what is kept or in a zip: files of the data set, notes, slides, settings."""
    known = about_of(about) if about else None
    parts = [report.file for report in known.reports if report.rows_taken] if known else []
    for name in ("notes", "meeting"):
        if isinstance(made.get(name), list) and made[name]:
            parts.append(texts(f"keeping.contents.{name}", count=len(made[name])))
    if set(made) - {"notes", "meeting", "visit"}:
        parts.append(texts("keeping.contents.settings"))
    return ", ".join(parts) or texts("keeping.contents.nothing")
