"""A meeting as PowerPoint: a title, then one slide per figure with a chart that can be edited there, and notes."""

import io

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Emu, Inches, Pt

from retention.figures.parts.theme import INK, PLANS, QUIET
from retention.meeting.native import Native, native
from retention.meeting.slide import Slide
from retention.meeting.workbook import chart_data
from retention.meeting.zipped import timeless
from retention.texts import Texts

KINDS = {
    "line": XL_CHART_TYPE.LINE_MARKERS, "stack": XL_CHART_TYPE.COLUMN_STACKED, "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "xy": XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS,
}
WIDE, HIGH = Inches(13.333), Inches(7.5)
EDGE = Inches(0.6)
BLANK = 6  # the layout without placeholders


def slideshow(slides: list[Slide], texts: Texts) -> bytes:
    """The same slides give the same bytes."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    for slide in slides:
        _page(deck, slide, texts)
    deck.core_properties.author = deck.core_properties.last_modified_by = ""
    deck.core_properties.title = texts("meeting.title")
    out = io.BytesIO()
    deck.save(out)
    return timeless(out.getvalue(), max((slide.as_of for slide in slides), default="1980-01-01"))


def notes_of(slide: Slide, texts: Texts) -> str:
    """What the speaker needs: remark, definition, reading aid, filters, n, day, fingerprint, the figure in words."""
    parts = [
        slide.remark, texts(f"chart.{slide.chart}.definition"), texts(f"chart.{slide.chart}.reading"),
        slide.source(texts), slide.alternative(texts),
    ]
    return "\n\n".join(part for part in parts if part)


def _page(deck, slide: Slide, texts: Texts) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[BLANK])
    whole = WIDE - 2 * EDGE
    _write(page, Inches(0.35), Inches(1.1), slide.title(texts), 24, bold=True)
    _write(page, Inches(1.4), Inches(0.4), texts(f"chart.{slide.chart}.definition"), 12, grey=True)
    shown = native(slide.chart, slide.asks, slide.answer, slide.words(texts))
    room = Inches(4.1 if slide.remark else 4.9)
    if any(value is not None for values in shown.series.values() for value in values):
        _draw(page, shown, (EDGE, Inches(1.85), whole, room))
    else:
        _write(page, Inches(3), Inches(1), texts("chart.shared.nothing"), 16)
    if slide.remark:
        _write(page, Inches(6.0), Inches(0.8), slide.remark, 16)
    _write(page, Inches(6.85), Inches(0.4), slide.source(texts), 10, grey=True)
    page.notes_slide.notes_text_frame.text = notes_of(slide, texts)


def _write(page, top: Emu, height: Emu, words: str, size: int, bold: bool = False, grey: bool = False) -> None:
    frame = page.shapes.add_textbox(EDGE, top, WIDE - 2 * EDGE, height).text_frame
    frame.word_wrap = True
    run = frame.paragraphs[0].add_run()
    run.text = words
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = _colour(QUIET if grey else "#101C1A")


def _draw(page, shown: Native, place: tuple) -> None:
    chart = page.shapes.add_chart(KINDS[shown.kind], *place, chart_data(shown)).chart
    chart.has_title = False
    chart.has_legend = len(shown.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.font.size = Pt(12)
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xDD, 0xE2, 0xE0)
    chart.value_axis.tick_labels.number_format = "0 %" if shown.percent else "#,##0"
    chart.value_axis.tick_labels.number_format_is_linked = False
    if shown.kind == "bar":
        chart.category_axis.reverse_order = True  # the first row on top, as on the screen
    _paint(chart, shown)


def _paint(chart, shown: Native) -> None:
    """The dashboard's colours; the ends of an interval are thin and grey."""
    for number, series in enumerate(chart.plots[0].series):
        end = shown.kind in ("line", "xy") and number in (1, 2) and len(shown.series) == 3 and _is_interval(shown)
        colour = _colour(QUIET if end else INK if number == 0 else PLANS[number % len(PLANS)])
        if shown.kind in ("line", "xy"):
            series.format.line.color.rgb, series.format.line.width = colour, Pt(1 if end else 2.25)
            series.smooth = False
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour


def _is_interval(shown: Native) -> bool:
    middle, low, high = shown.series.values()
    return all(
        below is None or above is None or value is None or below <= value <= above
        for value, below, above in zip(middle, low, high, strict=True)
    )


def _colour(code: str) -> RGBColor:
    return RGBColor.from_string(code.removeprefix("#"))
