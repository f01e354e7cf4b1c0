"""A meeting: figures are taken along, and shown to the room one by one."""

import streamlit as st

from retention.meeting.slide import BadSlide, Slide, can_be_taken, taken
from retention.ui.escaping import escaped
from retention.ui.notes import notes_on
from retention.ui.slides import add, go, slides

CONFIG = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False, "staticPlot": False}
BIG, HIGH = 1.5, 370  # letters of a slide that is shown to a room, and its pixels
STAGE = """<style>
[data-testid=stSidebar], [data-testid=stExpandSidebarButton], [data-testid=stHeader] { display: none }
[data-testid=stMainBlockContainer] { padding: 1.5rem 3rem }
[data-testid=stCaptionContainer] p { font-size: 1.15rem }
</style>"""


def take_button(page, name: str, chart: str, asks: str, filters, answer, n: str | None) -> None:
    """Under every figure: keep what it shows now for the meeting."""
    if page.name == "meeting" or not can_be_taken(answer):
        return
    if st.button(page.texts("meeting.take"), key=f"take_{name}", icon=":material/co_present:", type="tertiary"):
        try:
            fits = add([taken(
                chart, asks, page.name, filters, answer, page.as_of, page.data.fingerprint, n, page.currency,
                notes_on(chart, asks),
            )])
        except BadSlide as problem:
            st.toast(page.texts(f"meeting.why.{problem.why}"), icon=":material/error:")
            return
        said = page.texts("meeting.taken", count=len(slides())) if fits else page.texts("meeting.why.many")
        st.toast(said, icon=":material/co_present:" if fits else ":material/error:")


def present(page, step: int) -> None:
    """One slide in large type; the arrow keys go on and back, Escape ends."""
    texts, found = page.texts, slides()
    slide = found[step]
    st.html(STAGE)
    st.title(escaped(slide.title(texts)))
    st.caption(texts(f"chart.{slide.chart}.definition"))
    st.plotly_chart(_big(slide, texts), key=f"presented_{step}", config=CONFIG, alt=slide.alternative(texts))
    if slide.remark:
        st.markdown(f"## {escaped(slide.remark)}")
    st.caption(escaped(slide.source(texts)))
    back, end, forward, place = st.columns([1, 1, 1, 3], vertical_alignment="center")
    back.button(texts("meeting.back"), key="step_back", shortcut="Left", disabled=step == 0, width="stretch",
                on_click=go, args=(step - 1,))
    end.button(texts("meeting.end"), key="step_end", shortcut="Escape", width="stretch", on_click=go, args=(None,))
    forward.button(texts("meeting.on"), key="step_on", shortcut="Right", disabled=step + 1 == len(found),
                   width="stretch", on_click=go, args=(step + 1,))
    place.caption(texts("meeting.place", number=step + 1, count=len(found)))


def _big(slide: Slide, texts):
    figure = slide.figure(texts, BIG)
    return figure.update_layout(height=max(figure.layout.height or 0, HIGH), legend_font_size=round(13 * BIG))
