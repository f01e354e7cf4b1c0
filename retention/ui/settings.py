"""The page Settings: what is kept on this computer, and what holds wherever it matters."""

from dataclasses import replace

import streamlit as st

from retention.data_settings import WEEK_STARTS
from retention.keeping import BadArchive, Store
from retention.ui import background, session
from retention.ui.escaping import escaped
from retention.ui.kept import keep, keep_from_now_on, kept, store
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
    left, right = st.columns(2)
    left.download_button(
        texts("keeping.export"), data=found.packed, file_name="retention-kept.zip", mime="application/zip",
        key="export_kept", on_click="ignore", icon=":material/download:", width="stretch",
    )
    with right.popover(texts("keeping.delete"), icon=":material/delete:", width="stretch"):
        st.markdown(texts("keeping.delete_sure"))
        st.button(texts("keeping.delete_all"), key="delete_kept", type="primary", on_click=_end, args=(found,))
    _import(texts, found)


def show_values(page) -> None:
    """Who writes notes, and the days and the currency that hold for all files that are brought."""
    texts = page.texts
    st.header(texts("settings.title"), anchor="values")
    left, right = st.columns(2)
    _field(left.text_input, texts, "author", kept("author", ""), max_chars=60)
    _field(right.number_input, texts, "promise_hours", page.filters.promise_hours, min_value=1, max_value=8760)
    order = background.order()
    _field(left.number_input, texts, "grace_days", order.settings.grace_days, min_value=0, max_value=365)
    _field(right.number_input, texts, "winback_days", order.settings.winback_days, min_value=1, max_value=730)
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
        if value and not (len(value) == 3 and value.isascii() and value.isalpha()):
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
    if st.session_state[_ON]:
        keep_from_now_on(found)
        session.keep_brought()
    else:
        _end(found)


def _end(found: Store) -> None:
    session.drop_kept()
    found.end()


def _import(texts, found: Store) -> None:
    with st.expander(texts("keeping.import"), key="import_box", icon=":material/upload_file:"):
        file = uploader(texts, texts("keeping.import_file"), key="import_kept", type="zip")
        if file and st.button(texts("keeping.import_now"), key="import_now"):
            try:
                found.unpack(file.getvalue())
            except BadArchive:
                st.error(texts("keeping.bad_archive"), icon=":material/error:")
                return
            session.forget()
            st.rerun()
