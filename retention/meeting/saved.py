"""A meeting as a file, and back: nothing of a file is drawn before it was measured, checked and tried."""

import json

import msgspec

from retention.meeting.native import native
from retention.meeting.slide import BadSlide, Slide
from retention.texts import Texts
from retention.wording import as_texts

MOST_SLIDES, MOST_BYTES = 100, 20_000_000  # of a meeting, and of its file


def written_meeting(slides: list[Slide]) -> str:
    """The slides as JSON, to be kept in a file."""
    return json.dumps([slide.as_dict() for slide in slides], ensure_ascii=False, indent=1)


def read_meeting(text: str) -> list[Slide]:
    """The slides that `written_meeting` wrote; raises BadSlide with the number of the first that is none."""
    slides, refused = sorted_out(text)
    if refused:
        raise refused[0]
    return slides


def sorted_out(text: str) -> tuple[list[Slide], list[BadSlide]]:
    """The slides of a file, and why others in it are none; raises BadSlide where it is no list, or an endless one."""
    if len(text) > MOST_BYTES:
        raise BadSlide("size")
    try:
        found = msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise BadSlide("file") from None
    if not isinstance(found, list):
        raise BadSlide("file")
    if len(found) > MOST_SLIDES:
        raise BadSlide("many")
    slides, refused = [], []
    for number, one in enumerate(found, 1):
        try:
            slides.append(Slide.from_dict(one))
        except BadSlide as problem:
            refused.append(BadSlide(problem.why, number))
    return slides, refused


def tried(slide: Slide) -> Slide:
    """The slide, once all that is made of it could be made; raises BadSlide."""
    texts = Texts("en")
    try:
        for words in (slide.title, slide.alternative, slide.source):
            words(texts)
        slide.figure(texts).to_json()
        native(slide.chart, slide.asks, slide.answer, slide.words(texts))
        as_texts(slide.answer, slide.words(texts), slide.asks)
    except Exception:  # anything may stop a figure whose rows are those of another question
        raise BadSlide("drawing") from None
    return slide
