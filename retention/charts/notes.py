"""Notes of the team in a figure over time: a number above the day that it speaks of, the words where one points."""

import pandas as pd
import plotly.graph_objects as go

from retention.charts.theme import QUIET, TEXT_SIZE, WORDS, safe, short
from retention.texts import Texts

# Charts that show the metric of another question too.
ALSO = {"churn_by_term": "member_churn", "definitions_over_time": "member_churn"}


def metric_of(chart: str, asks: str) -> str:
    """Notes belong to a metric: every chart of it shows them."""
    return ALSO.get(chart, asks)


def takes_notes(figure: go.Figure) -> bool:
    """Only a figure over time has a day to put a note at."""
    return figure.layout.xaxis.type == "date"


def with_notes(figure: go.Figure, notes: list[dict], texts: Texts) -> go.Figure:
    """A copy with each note whose day the figure shows; `notes` are {day (ISO), text, author}, by day."""
    if not notes or not takes_notes(figure):
        return figure
    drawn = go.Figure(figure, _validate=False)
    first, last = (pd.Timestamp(edge) for edge in drawn.layout.xaxis.range)
    for number, note in enumerate(notes, 1):
        day = pd.Timestamp(note["day"])
        if not first <= day <= last:
            continue
        drawn.add_shape(
            type="line", x0=note["day"], x1=note["day"], yref="paper", y0=0, y1=1,
            line={"color": QUIET, "width": 1, "dash": "dot"},
        )
        drawn.add_annotation(
            x=note["day"], yref="paper", y=1, yanchor="bottom", showarrow=False, text=f"<b>{number}</b>",
            bordercolor=QUIET, borderpad=2, font={"size": TEXT_SIZE - 1, "color": WORDS},
            hovertext=safe(said(note, texts)),
        )
    return drawn


def said(note: dict, texts: Texts) -> str:
    """3 November 2025: prices raised (Käthe); not escaped."""
    author = f" ({short(note['author'])})" if note.get("author") else ""
    return f"{texts.day(pd.Timestamp(note['day']))}: {short(note['text'], 300)}{author}"
