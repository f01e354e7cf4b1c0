"""What is wrong with what is kept, said on every page: not kept, damaged, left out, or about to be replaced."""

import streamlit as st

from retention.keeping import Store
from retention.keeping.rescue import DAMAGED, INDEX, SWEPT, notices
from retention.kept_data import Loss, NotReadable
from retention.kept_values import CHECKS
from retention.texts import Texts
from retention.ui import kept_set, session
from retention.ui.escaping import escaped
from retention.ui.kept import DATA, attempt, failures, kept, rejected, store

_READ, _REPLACED, _CHECKED = "keeping_notices_read", "replaced_kept_data", "kept_values_checked"
MOST_NAMED = 5


def look_after_kept() -> None:
    """Before anything is read: take over an older layout, finish what was interrupted, check every value once."""
    found = store()
    if found is None or not found.folder.is_dir():
        return
    found.writable()
    if found.on and not st.session_state.get(_CHECKED):
        st.session_state[_CHECKED] = True
        for name in CHECKS:
            kept(name)


def show_keeping_state(texts: Texts, data) -> None:
    """Say what the reader must know of what is kept; nothing where all is well or nothing is kept."""
    found = store()
    if found is None:
        return
    if reason := found.unreadable:
        folder = str(found.folder)
        words = texts("keeping.missing", folder=folder) if reason == "gone" else texts(
            "keeping.no_reading", folder=folder, why=texts(f"keeping.why.{reason}"))
        st.error(escaped(words), icon=":material/folder_off:")
        return
    if found.folder.is_dir() and (reason := found.writable()) and found.on:
        st.caption(f":material/lock: {escaped(texts(f'keeping.no_writing.{reason}', folder=str(found.folder)))}")
    for name, reason in failures().items():
        words = texts("keeping.not_kept", what=texts(f"keeping.name.{name}"), why=texts(f"keeping.why.{reason}"))
        st.error(escaped(words), icon=":material/save:")
    if found.on:
        _damage(texts, found, data)
        _left_out(texts, found)
        _replacing(texts, found, data)
    _notices(texts, found)


def say_replaced() -> None:
    """Let the next page say that something kept was replaced, with the way back."""
    st.session_state[_REPLACED] = True


def undo(found: Store) -> None:
    """Return to what was kept before, as `attempt` does."""
    if attempt(DATA, found.undo):
        session.forget()
    st.session_state.pop(_REPLACED, None)


def _damage(texts: Texts, found: Store, data) -> None:
    """Damaged data never gives way to the sample without a word."""
    kept = kept_set.current()
    if isinstance(kept, NotReadable):
        words = texts("keeping.unreadable", folder=str(found.folder))
        if data.origin == "sample":
            words = f"{texts('keeping.sample_instead')} {words}"
        st.error(escaped(words), icon=":material/broken_image:")
        if found.can_undo():
            st.button(texts("keeping.undo"), key="undo_damaged", icon=":material/undo:", on_click=undo, args=(found,))
    elif data.missing:
        tables = ", ".join(texts.word("kind", table) for table in data.missing)
        st.warning(escaped(texts("keeping.table_damaged", tables=tables)), icon=":material/broken_image:")


def _left_out(texts: Texts, found: Store) -> None:
    """Values that did not pass their check."""
    for name, count in rejected().items():
        words = texts(f"keeping.left_out.{'parts' if name in ('notes', 'meeting', 'published', 'shown') else 'value'}",
                      what=texts(f"keeping.name.{name}"), count=count, folder=str(found.folder))
        st.warning(escaped(words), icon=":material/rule:")


def _replacing(texts: Texts, found: Store, data) -> None:
    """What was brought is not kept where it would cost something kept, before the reader has said so."""
    lost = kept_set.would_lose(data)
    if lost is not None:
        with st.container(border=True, key="replacing"):
            st.markdown(f":material/help: **{escaped(texts('keeping.replace.title'))}**")
            st.markdown(escaped(_what_goes(texts, lost)))
            row = st.container(horizontal=True)
            row.button(texts("keeping.replace.yes"), key="replace_kept", type="primary", on_click=_replace,
                       args=(data,))
            row.button(texts("keeping.replace.no"), key="leave_kept", on_click=kept_set.leave)
    elif st.session_state.get(_REPLACED) and found.can_undo():
        row = st.container(horizontal=True, vertical_alignment="center")
        row.markdown(f":material/check: {escaped(texts('keeping.replaced'))}")
        row.button(texts("keeping.undo"), key="undo_replacing", icon=":material/undo:", on_click=undo, args=(found,))


def _what_goes(texts: Texts, lost: Loss) -> str:
    """The kept files that are not among the new ones, and the rows that go with them."""
    if lost.unreadable:
        return texts("keeping.replace.unreadable")
    names = ", ".join(f"“{name}”" if texts.language == "en" else f"„{name}“" for name in lost.files[:MOST_NAMED])
    rest = len(lost.files) - MOST_NAMED
    files = names + (texts("keeping.replace.more", count=rest) if rest > 0 else "")
    rows = "; ".join(
        texts("keeping.replace.rows", table=texts.word("kind", table), before=before, after=after)
        for table, (before, after) in lost.rows.items() if texts.has(f"kind.{table}")
    )
    fewer = texts("keeping.replace.fewer", rows=rows) if rows else ""
    gone = texts("keeping.replace.files", files=files) if lost.files else ""
    return f"{gone} {fewer}".strip()


def _replace(data) -> None:
    if kept_set.keep_instead(data):
        say_replaced()


def _notices(texts: Texts, found: Store) -> None:
    """What was cleaned up or set aside since the start, until the reader has read it."""
    read, happened = st.session_state.setdefault(_READ, set()), notices(found.folder)
    news = sorted(happened - read)
    if not news:
        return
    folder = str(found.folder / DAMAGED)
    words = [texts(f"keeping.notice.{word}") if word in (SWEPT, INDEX) else
             texts("keeping.notice.aside", what=texts(f"keeping.name.{word}"), folder=folder) for word in news]
    row = st.container(horizontal=True, vertical_alignment="center")
    row.markdown(f":material/info: {escaped(' '.join(words))}")
    row.button(texts("keeping.notice.read"), key="notices_read", on_click=read.update, args=(happened,))
