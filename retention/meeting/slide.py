"""One slide: a chart's frozen answer, the view that it came from, and what the team says of it."""

import base64
import json
from dataclasses import MISSING, asdict, dataclass, fields, replace
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pyarrow as pa

from retention import charts
from retention.charts.notes import said, with_notes
from retention.filters import BadFilter, Filters
from retention.questions import names
from retention.texts import Texts
from retention.wording import filters_said, observations

PERSONAL = {"member", "name", "email", "comment"}  # columns of people: no meeting freezes them
LONGEST = 4000  # characters of a remark


class BadSlide(ValueError):
    """What should be a slide is none; the message names the field."""


@dataclass(frozen=True)
class Slide:
    """`view` are filters as words, `rows` the answer as base64 of an Arrow stream, `n` the column that counts.

    An empty `headline` stands for the chart's own finding.
    """

    chart: str
    asks: str
    page: str
    view: dict
    as_of: str
    fingerprint: str
    rows: str
    n: str = ""
    currency: str = ""
    headline: str = ""
    remark: str = ""
    notes: tuple[dict, ...] = ()

    @property
    def answer(self) -> pd.DataFrame:
        """The frozen rows, as the question answered them."""
        with pa.ipc.open_stream(base64.b64decode(self.rows)) as stream:
            return stream.read_all().to_pandas()

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
        figure = with_notes(getattr(charts, self.chart)(self.answer, self.words(texts)), list(self.notes), texts)
        return figure if larger == 1 else go.Figure(_larger(figure.to_plotly_json(), larger), _validate=False)

    def title(self, texts: Texts) -> str:
        """What the team put above it, else what the data say, else the chart's name."""
        said = self.headline or charts.finding_of(getattr(charts, self.chart), self.answer, self.words(texts))
        return said or texts(f"chart.{self.chart}.title")

    def alternative(self, texts: Texts) -> str:
        """The figure in words, with what the team noted."""
        alt = charts.alt_of(getattr(charts, self.chart), self.answer, self.words(texts))
        return " ".join([alt, *(said(note, texts) for note in self.notes)])

    def source(self, texts: Texts) -> str:
        """Filters, observations, day of the data and its fingerprint: from these the slide can be rebuilt."""
        drawn = charts.drawn_of(getattr(charts, self.chart), self.answer)
        return texts(
            "meeting.source", filters=filters_said(self.filters, self.asks, texts),
            as_of=pd.Timestamp(self.as_of).date(), n=observations(texts, drawn, self.n or None).rstrip("."),
            fingerprint=self.fingerprint,
        )

    def words(self, texts: Texts) -> Texts:
        """The language with this slide's currency."""
        return Texts(texts.language, self.currency or None)

    def as_dict(self) -> dict:
        """JSON-able."""
        return asdict(self)

    @staticmethod
    def from_dict(value: object) -> "Slide":
        """The slide that `as_dict` wrote; raises BadSlide."""
        known = {field.name: field.default for field in fields(Slide)}
        if not isinstance(value, dict) or any(name not in value for name, given in known.items() if given is MISSING):
            raise BadSlide("chart")
        slide = Slide(**{name: part for name, part in value.items() if name in known})
        texts = [part for name, part in asdict(slide).items() if name not in ("view", "notes")]
        if not all(isinstance(part, str) for part in texts) or not isinstance(slide.view, dict):
            raise BadSlide("view")
        slide = replace(slide, notes=_notes(slide.notes))
        if slide.chart not in charts.__all__ or slide.asks not in names() or not can_be_taken(_rows(slide)):
            raise BadSlide("rows")
        try:
            date.fromisoformat(slide.as_of)
        except ValueError:
            raise BadSlide("as_of") from None
        return replace(slide, headline=slide.headline[:LONGEST], remark=slide.remark[:LONGEST])


def read_meeting(text: str) -> list[Slide]:
    """The slides that `written_meeting` wrote; raises BadSlide."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise BadSlide("JSON") from None
    if not isinstance(found, list):
        raise BadSlide("JSON")
    return [Slide.from_dict(one) for one in found]


def written_meeting(slides: list[Slide]) -> str:
    """The slides as JSON, to be kept in a file."""
    return json.dumps([slide.as_dict() for slide in slides], ensure_ascii=False, indent=1)


def can_be_taken(answer: pd.DataFrame) -> bool:
    """Only what counts people goes to a meeting, never what names them."""
    return not PERSONAL & set(answer.columns)


def taken(  # noqa: PLR0913
    chart: str, asks: str, page: str, filters: Filters, answer: pd.DataFrame, as_of, fingerprint: str,
    n: str | None, currency: str | None, notes: list[dict] | None = None,
) -> Slide:
    """A slide of what is on the screen now."""
    table = pa.Table.from_pandas(answer, preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    rows = base64.b64encode(sink.getvalue().to_pybytes()).decode()
    return Slide(
        chart, asks, page, filters.as_words(), as_of.isoformat(), fingerprint, rows, n or "", currency or "",
        notes=_notes(notes or ()),
    )


def _notes(found: object) -> tuple[dict, ...]:
    """Notes as {day, text, author}; raises BadSlide for what is none."""
    try:
        return tuple(
            {"day": str(date.fromisoformat(note["day"])), "text": str(note["text"]), "author": str(note["author"])}
            for note in found
        )
    except (KeyError, TypeError, ValueError):
        raise BadSlide("notes") from None


def _rows(slide: Slide) -> pd.DataFrame:
    try:
        return slide.answer
    except (ValueError, pa.ArrowException):
        raise BadSlide("rows") from None


def _larger(part: object, factor: float, of_letters: bool = False) -> object:
    """The same figure with every size of letters multiplied; sizes of marks stay."""
    if isinstance(part, dict):
        return {
            name: round(value * factor) if of_letters and name == "size" and isinstance(value, int | float)
            else _larger(value, factor, name.endswith("font"))
            for name, value in part.items()
        }
    return [_larger(one, factor) for one in part] if isinstance(part, list | tuple) else part
