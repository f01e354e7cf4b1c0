"""Notes of the team in a figure over time: a number above the day that it speaks of, the words where one points."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.theme import QUIET, TEXT_SIZE, WORDS, safe, short
from retention.texts import Texts

MOST = 50  # notes in one figure, and in the list under it
# Charts that show the metric of another question too.
ALSO = {"churn_by_term": "member_churn", "definitions_over_time": "member_churn"}


def metric_of(chart: str, asks: str) -> str:
    """Notes belong to a metric: every chart of it shows them."""
    return ALSO.get(chart, asks)


def takes_notes(figure: go.Figure) -> bool:
    """Only a figure over time has a day to put a note at."""
    return figure.layout.xaxis.type == "date"


def with_notes(figure: go.Figure, notes: list[dict], texts: Texts) -> go.Figure:
    """A copy with each note whose day the figure shows, the newest MOST; `notes` are {day (ISO), text, author}, by day.

    Shapes and annotations are set once: adding them one by one takes the square of their number.
    """
    if not notes or not takes_notes(figure):
        return figure
    drawn = go.Figure(figure, _validate=False)
    shown = _shown(figure, notes)[-MOST:]
    lines = [_line(note) for _, note in shown]
    marks = [_mark(number, note, texts) for number, note in shown]
    drawn.update_layout(
        shapes=[*drawn.layout.shapes, *lines], annotations=[*drawn.layout.annotations, *marks], overwrite=True,
    )
    return drawn


def undrawn(figure: go.Figure, notes: list[dict], texts: Texts) -> str:
    """The sentence that says how many older notes of its days a figure leaves out; "" where it shows all."""
    rest = len(_shown(figure, notes)) - MOST if len(notes) > MOST and takes_notes(figure) else 0
    return texts("notes.undrawn", count=rest, shown=MOST) if rest > 0 else ""


def _shown(figure: go.Figure, notes: list[dict]) -> list[tuple[int, dict]]:
    """The notes of the days that the figure shows, each with its number."""
    first, last = (pd.Timestamp(edge) for edge in figure.layout.xaxis.range)
    return [(number, note) for number, note in enumerate(notes, 1) if first <= pd.Timestamp(note["day"]) <= last]


def _line(note: dict) -> dict:
    line = {"color": QUIET, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": note["day"], "x1": note["day"], "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _mark(number: int, note: dict, texts: Texts) -> dict:
    return {
        "x": note["day"], "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False, "text": f"<b>{number}</b>",
        "bordercolor": QUIET, "borderpad": 2, "font": {"size": TEXT_SIZE - 1, "color": WORDS},
        "hovertext": safe(said(note, texts)),
    }


def said(note: dict, texts: Texts) -> str:
    """3 November 2025: prices raised (Käthe); not escaped."""
    author = f" ({short(note['author'])})" if note.get("author") else ""
    return f"{texts.day(pd.Timestamp(note['day']))}: {short(note['text'], 300)}{author}"
