"""One slide: a chart's frozen answer, the view that it came from, and what the team says of it."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, TypedDict

import msgspec
import pandas as pd
import plotly.graph_objects as go

from retention import figures
from retention.figures.parts.chart_notes import MOST, said, undrawn, with_notes
from retention.filters import BadFilter, Filters
from retention.meeting.frozen import LONGEST_TEXT, BadRows, freeze, thaw
from retention.meeting.native import PLANS
from retention.questions import names, question
from retention.texts import Texts
from retention.wording import filters_said, observations

PERSONAL = {"member", "name", "email", "comment", "member_id"}  # columns of people: no meeting freezes them
LONGEST = 4000  # characters of a remark
FIRST, LAST = date(1970, 1, 1), date(2200, 1, 1)
# Columns of codes, which no figure escapes: SQL answers with plain words there, and so must a file.
CODES = "state signal stage verdict wait rule step movement kind term definition cause measure waited_for".split()
Code = Annotated[str, msgspec.Meta(max_length=60, pattern=r"^[a-z0-9_]*\Z")]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d\Z")]
Said = Annotated[str, msgspec.Meta(max_length=LONGEST)]
Chosen = Annotated[str, msgspec.Meta(max_length=2000)]


class BadSlide(ValueError):
    """What should be a slide is none; `why` is the code of the reason, `number` its place in the file, from 1."""

    def __init__(self, why: str, number: int = 0):
        super().__init__(why)
        self.why, self.number = why, number


class Note(TypedDict):
    """What the team wrote at a day of the chart."""

    day: Day
    text: Said
    author: Said


@dataclass(frozen=True)
class Slide:
    """`view` are filters as words, `rows` the answer as base64 of an Arrow stream, `n` the column that counts.

    An empty `headline` stands for the chart's own finding. The types are what a file is held to.
    """

    chart: Code
    asks: Code
    page: Code
    view: Annotated[dict[Code, Chosen | list[Chosen]], msgspec.Meta(max_length=60)]
    as_of: Day
    fingerprint: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z]{0,64}\Z")]
    rows: Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
    n: Code = ""
    currency: Annotated[str, msgspec.Meta(pattern=r"^([A-Za-z]{3})?\Z")] = ""
    headline: Said = ""
    remark: Said = ""
    notes: Annotated[tuple[Note, ...], msgspec.Meta(max_length=1000)] = ()

    @cached_property
    def answer(self) -> pd.DataFrame:
        """The frozen rows, as the question answered them; raises BadSlide."""
        try:
            return thaw(self.rows)
        except BadRows as problem:
            raise BadSlide(str(problem)) from None

    @property
    def filters(self) -> Filters:
        """The view as filters; a word that this version does not know is left out."""
        found = Filters()
        for name, value in self.view.items():
            try:
                found = found.changed(name, [value] if isinstance(value, str) else list(value))
            except (BadFilter, TypeError):
                continue
        return found

    def figure(self, texts: Texts, larger: float = 1) -> go.Figure:
        """The chart, drawn from the frozen rows; its letters so much `larger`."""
        figure = with_notes(getattr(figures, self.chart)(self.answer, self.words(texts)), list(self.notes), texts)
        return figure if larger == 1 else go.Figure(_larger(figure.to_plotly_json(), larger), _validate=False)

    def title(self, texts: Texts) -> str:
        """What the team put above it, else what the data say, else the chart's name."""
        said = self.headline or figures.finding_of(getattr(figures, self.chart), self.answer, self.words(texts))
        return said or texts(f"chart.{self.chart}.title")

    def alternative(self, texts: Texts) -> str:
        """The figure in words, with what the team noted last."""
        alt = figures.alt_of(getattr(figures, self.chart), self.answer, self.words(texts))
        return " ".join([alt, *(said(note, texts) for note in self.notes[-MOST:])])

    def source(self, texts: Texts) -> str:
        """Filters, observations, day of the data and its fingerprint: from these it can be rebuilt; notes left out."""
        drawn = figures.drawn_of(getattr(figures, self.chart), self.answer)
        rest = f" {undrawn(self.figure(texts), list(self.notes), texts)}".rstrip() if len(self.notes) > MOST else ""
        return texts(
            "meeting.source", filters=filters_said(self.filters, self.asks, texts), fingerprint=self.fingerprint,
            as_of=pd.Timestamp(self.as_of).date(), n=observations(texts, drawn, self.n or None).rstrip("."),
        ) + rest

    def words(self, texts: Texts) -> Texts:
        """The language with this slide's currency."""
        return Texts(texts.language, self.currency or None)

    def as_dict(self) -> dict:
        """JSON-able."""
        return asdict(self)

    @staticmethod
    def from_dict(value: object) -> "Slide":
        """The slide that `as_dict` wrote, every part of it checked; raises BadSlide."""
        try:
            slide = msgspec.convert(value, Slide)
        except (msgspec.ValidationError, RecursionError):
            raise BadSlide("parts") from None
        if not all(_is_day(day) for day in (slide.as_of, *(note["day"] for note in slide.notes))):
            raise BadSlide("parts")
        if slide.chart not in PLANS or slide.asks not in names() or PERSONAL & set(question(slide.asks).columns):
            raise BadSlide("unknown")
        if (found := set(slide.answer.columns)) - set(question(slide.asks).columns) or {slide.n} - found - {""}:
            raise BadSlide("columns")
        if not all(_codes_alone(slide.answer[name]) for name in CODES if name in slide.answer):
            raise BadSlide("rows")
        return slide


def can_be_taken(answer: pd.DataFrame) -> bool:
    """Only what counts people goes to a meeting, never what names them."""
    return not PERSONAL & set(answer.columns)


def taken(  # noqa: PLR0913
    chart: str, asks: str, page: str, filters: Filters, answer: pd.DataFrame, as_of, fingerprint: str,
    n: str | None, currency: str | None, notes: list[dict] | None = None,
) -> Slide:
    """A slide of what is on the screen now; raises BadSlide where it names people or is too long to be kept."""
    if not can_be_taken(answer):
        raise BadSlide("columns")
    try:
        frozen = freeze(answer)
    except BadRows as problem:
        raise BadSlide(str(problem)) from None
    return Slide(
        chart, asks, page, filters.as_words(), as_of.isoformat(), fingerprint, frozen, n or "", currency or "",
        notes=tuple({name: str(note[name]) for name in ("day", "text", "author")} for note in notes or ()),
    )


def _is_day(text: str) -> bool:
    try:
        return FIRST <= date.fromisoformat(text) <= LAST
    except ValueError:
        return False


def _codes_alone(values: pd.Series) -> bool:
    """Are they codes as SQL answers with, or not known?"""
    return all(isinstance(value, str) and re.fullmatch("[a-z0-9_]{0,60}", value) for value in values.dropna().unique())


def _larger(part: object, factor: float, of_letters: bool = False) -> object:
    """The same figure with every size of letters multiplied; sizes of marks stay."""
    if isinstance(part, dict):
        return {
            name: round(value * factor) if of_letters and name == "size" and isinstance(value, int | float)
            else _larger(value, factor, name.endswith("font"))
            for name, value in part.items()
        }
    return [_larger(one, factor) for one in part] if isinstance(part, list | tuple) else part
