"""The meeting while it is being prepared: slides in order, each with its words, and the files that come of it."""

import streamlit as st

from retention.meeting.offline import offline
from retention.meeting.saved import MOST_BYTES, sorted_out, written_meeting
from retention.meeting.slide import BadSlide, Slide, taken
from retention.meeting.slideshow import slideshow
from retention.ui.escaping import escaped
from retention.ui.meeting import CONFIG
from retention.ui.navigation import PAGES
from retention.ui.notes import notes_on
from retention.ui.slides import (
    Entry,
    add,
    as_kept,
    can_undo,
    change,
    entries,
    field,
    go,
    of_now,
    remove,
    replace_all,
    swap,
    undo,
)
from retention.ui.uploader_words import uploader

_LEFT_OUT = "meeting_left_out"


def prepare(page) -> None:
    """The slides in order, each with its words; what to do with them above."""
    texts, found = page.texts, entries()
    slides = {entry.place: entry.slide for entry in found if entry.slide}
    if can_undo():
        st.button(texts("meeting.undo"), key="undo_meeting", icon=":material/undo:", on_click=undo)
    for said in st.session_state.pop(_LEFT_OUT, ()):
        st.warning(said, icon=":material/block:")
    if not found:
        st.info(texts("meeting.empty"), icon=":material/lightbulb:")
        st.page_link(PAGES["churn"][0], label=texts("page.churn.name"), icon=PAGES["churn"][1], query_params=page.view)
    if slides:
        _outputs(texts, list(slides.values()))
        _say_what_moved(page, slides)
    for entry in found:
        _card(texts, entry, len(found))
    _load(texts)


def _outputs(texts, found: list[Slide]) -> None:
    show, web, deck, save = st.columns(4)
    show.button(texts("meeting.present"), key="present", type="primary", icon=":material/slideshow:", width="stretch",
                on_click=go, args=(0,))
    files = (
        (web, "html", "text/html", lambda slides: offline(slides, texts)),
        (deck, "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
         lambda slides: slideshow(slides, texts)),
        (save, "json", "application/json", written_meeting),
    )
    for place, ending, mime, make in files:
        place.download_button(
            texts(f"meeting.download_{ending}"), data=of_now(make), file_name=f"meeting-{found[0].as_of}.{ending}",
            mime=mime, key=f"meeting_{ending}", on_click="ignore", icon=":material/download:", width="stretch",
        )


def _say_what_moved(page, found: dict[int, Slide]) -> None:
    """Slides are frozen: where the data is another one now, the words say so."""
    old = sum(slide.fingerprint != page.data.fingerprint for slide in found.values())
    if old:
        st.warning(page.texts("meeting.other_data", count=old), icon=":material/history:")
        if page.data.usable:
            st.button(page.texts("meeting.anew"), key="ask_anew", on_click=_ask_anew, args=(page, found))


def _card(texts, entry: Entry, count: int) -> None:
    number, slide = entry.place, entry.slide
    with st.container(border=True, key=f"slide_{number}"):
        if slide is None:
            _aside(texts, entry, count)
            return
        st.header(f"{number + 1}. {texts(f'chart.{slide.chart}.title')}", anchor=False)
        left, right = st.columns([3, 2])
        with left:
            st.plotly_chart(
                slide.figure(texts), key=f"slide_chart_{number}", config=CONFIG, alt=slide.alternative(texts)
            )
        with right:
            _words(texts, number, slide)
            _moves(texts, number, count)
            st.caption(escaped(slide.source(texts)))


def _aside(texts, entry: Entry, count: int) -> None:
    """What is kept and cannot be shown: why, a way to have it as a file, and a way to be rid of it."""
    st.warning(texts("meeting.aside", number=entry.place + 1, why=texts(f"meeting.why.{entry.why}")),
               icon=":material/block:")
    st.download_button(
        texts("meeting.rescue"), data=as_kept(entry.place), file_name=f"meeting-{entry.place + 1}.json",
        mime="application/json", key=f"rescue_{entry.place}", on_click="ignore", icon=":material/download:",
    )
    _moves(texts, entry.place, count)


def _words(texts, number: int, slide: Slide) -> None:
    own = slide.title(texts) if not slide.headline else ""
    for name, most, hint in (("headline", 300, own), ("remark", 1000, None)):
        words = getattr(slide, name)
        st.text_area(
            texts(f"meeting.{name}"), words, key=field(number, name), placeholder=hint,
            max_chars=max(most, len(words)), on_change=_typed, args=(number, name),
        )


def _typed(number: int, name: str) -> None:
    """Kept before the page runs again, so that all that stands on it is made of the new words."""
    change(number, **{name: st.session_state[field(number, name)]})


def _moves(texts, number: int, count: int) -> None:
    row = st.container(horizontal=True)
    row.button(texts("meeting.up"), key=f"up_{number}", icon=":material/arrow_upward:", disabled=number == 0,
               on_click=swap, args=(number, number - 1))
    row.button(texts("meeting.down"), key=f"down_{number}", icon=":material/arrow_downward:",
               disabled=number + 1 == count, on_click=swap, args=(number, number + 1))
    row.button(texts("meeting.remove"), key=f"away_{number}", icon=":material/delete:", on_click=remove,
               args=(number,))


def _load(texts) -> None:
    with st.expander(texts("meeting.load"), key="load_meeting", icon=":material/upload_file:"):
        file = uploader(texts, texts("meeting.load_file"), key=field(0, "meeting_file"), type="json",
                        max_upload_size=MOST_BYTES // 1_000_000)
        if not file:
            return
        try:
            found, refused = sorted_out(file.getvalue().decode("utf-8"))
        except BadSlide as problem:
            st.error(texts(f"meeting.file.{problem.why}"), icon=":material/error:")
            return
        except UnicodeDecodeError:
            st.error(texts("meeting.file.file"), icon=":material/error:")
            return
        if not found or not add(found):
            st.error(texts(f"meeting.file.{'many' if found else 'file'}"), icon=":material/error:")
            return
        st.session_state[_LEFT_OUT] = [
            texts("meeting.left_out", number=bad.number, why=texts(f"meeting.why.{bad.why}")) for bad in refused
        ]
        st.rerun()


def _ask_anew(page, found: dict[int, Slide]) -> None:
    """The same questions of the data that is open; what is set aside, or cannot be asked, stays as it is."""
    anew = {}
    for place, one in found.items():
        try:
            answer = page.ask_with(one.asks, one.filters)
            slide = taken(one.chart, one.asks, one.page, one.filters, answer, page.as_of, page.data.fingerprint, one.n,
                          page.currency, notes_on(one.chart, one.asks))
        except BadSlide:
            continue
        anew[place] = Slide.from_dict({**slide.as_dict(), "headline": one.headline, "remark": one.remark})
    replace_all(anew)
