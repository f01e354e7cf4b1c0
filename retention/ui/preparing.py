"""The meeting while it is being prepared: slides in order, each with its words, and the files that come of it."""

import streamlit as st

from retention.meeting.offline import offline
from retention.meeting.slide import BadSlide, Slide, read_meeting, taken, written_meeting
from retention.meeting.slideshow import slideshow
from retention.ui.escaping import escaped
from retention.ui.meeting import CONFIG
from retention.ui.navigation import PAGES
from retention.ui.notes import notes_on
from retention.ui.slides import can_undo, change, field, go, remove, slides, swap, undo, write
from retention.ui.uploader_words import uploader


def prepare(page) -> None:
    """The slides in order, each with its words; what to do with them above."""
    texts, found = page.texts, slides()
    if can_undo():
        st.button(texts("meeting.undo"), key="undo_meeting", icon=":material/undo:", on_click=undo)
    if not found:
        st.info(texts("meeting.empty"), icon=":material/lightbulb:")
        st.page_link(PAGES["churn"][0], label=texts("page.churn.name"), icon=PAGES["churn"][1], query_params=page.view)
    else:
        _outputs(texts, found)
        _say_what_moved(page, found)
    for number, slide in enumerate(found):
        _card(texts, number, slide, len(found))
    _load(texts)


def _outputs(texts, found: list[Slide]) -> None:
    show, web, deck, save = st.columns(4)
    show.button(texts("meeting.present"), key="present", type="primary", icon=":material/slideshow:", width="stretch",
                on_click=go, args=(0,))
    files = (
        (web, "html", "text/html", lambda: offline(found, texts)),
        (deck, "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
         lambda: slideshow(found, texts)),
        (save, "json", "application/json", lambda: written_meeting(found)),
    )
    for place, ending, mime, made in files:
        place.download_button(
            texts(f"meeting.download_{ending}"), data=made, file_name=f"meeting-{found[0].as_of}.{ending}", mime=mime,
            key=f"meeting_{ending}", on_click="ignore", icon=":material/download:", width="stretch",
        )


def _say_what_moved(page, found: list[Slide]) -> None:
    """Slides are frozen: where the data is another one now, the words say so."""
    old = sum(slide.fingerprint != page.data.fingerprint for slide in found)
    if old:
        st.warning(page.texts("meeting.other_data", count=old), icon=":material/history:")
        if page.data.usable:
            st.button(page.texts("meeting.anew"), key="ask_anew", on_click=_ask_anew, args=(page,))


def _card(texts, number: int, slide: Slide, count: int) -> None:
    with st.container(border=True, key=f"slide_{number}"):
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


def _words(texts, number: int, slide: Slide) -> None:
    own = slide.title(texts) if not slide.headline else ""
    headline = st.text_area(
        texts("meeting.headline"), slide.headline, key=field(number, "headline"), placeholder=own, max_chars=300
    )
    remark = st.text_area(texts("meeting.remark"), slide.remark, key=field(number, "remark"), max_chars=1000)
    if (headline, remark) != (slide.headline, slide.remark):
        change(number, headline=headline, remark=remark)


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
        file = uploader(texts, texts("meeting.load_file"), key=field(0, "meeting_file"), type="json")
        if not file:
            return
        try:
            write([*slides(), *read_meeting(file.getvalue().decode("utf-8"))])
            st.rerun()
        except (BadSlide, UnicodeDecodeError):
            st.error(texts("meeting.no_meeting"), icon=":material/error:")


def _ask_anew(page) -> None:
    write([
        Slide.from_dict({
            **taken(one.chart, one.asks, one.page, one.filters, page.ask_with(one.asks, one.filters), page.as_of,
                    page.data.fingerprint, one.n, page.currency, notes_on(one.chart, one.asks)).as_dict(),
            "headline": one.headline, "remark": one.remark,
        })
        for one in slides()
    ])
