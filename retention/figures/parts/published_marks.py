"""Published rates in a figure: a dotted line across a course, a tick in the row of their definition."""

import plotly.graph_objects as go

from retention.figures.parts.theme import QUIET, TEXT_SIZE, WORDS, plain
from retention.texts import Texts

# Charts of one definition's course, and those whose marks name their definition.
COURSES = {"member_churn": "member_churn", "cancel_requests": "cancel_requests", "renewal_churn": "renewal_churn"}
LENSES = ("definition_lens",)


def fitting(chart: str, rows: tuple, grain: str) -> list:
    """Those that measure what the chart measures, over periods of the same length."""
    if chart in LENSES:
        return [row for row in rows if row.grain == grain]
    return [row for row in rows if row.grain == grain and row.definition == COURSES.get(chart)]


def with_published(figure: go.Figure, chart: str, rows: list, texts: Texts) -> go.Figure:
    """A copy of the figure with these published rates; the number axis reaches as far as they do."""
    drawn = go.Figure(figure, _validate=False)
    if not rows:
        return drawn
    name = "xaxis" if chart in LENSES else "yaxis"
    axis, highest = drawn.layout[name], max(row.percent for row in rows) / 100
    if axis.range and axis.range[1] < highest * 1.08:
        axis.range = [axis.range[0], highest * 1.08]
    for row in rows:
        places = _places(figure, row.definition) if chart in LENSES else [None]
        for place in places:
            _tick(drawn, row, place, texts) if place is not None else _line(drawn, row, texts)
    return drawn


def _said(row, texts: Texts) -> str:
    return f"{plain(row.label)}: {texts.percent(row.percent / 100)}"


def _line(figure: go.Figure, row, texts: Texts) -> None:
    height = row.percent / 100
    figure.add_shape(
        type="line", xref="paper", x0=0, x1=1, y0=height, y1=height, line={"color": QUIET, "dash": "dot", "width": 1.5}
    )
    figure.add_annotation(
        xref="paper", x=0, xanchor="left", y=height, yanchor="bottom", showarrow=False, text=_said(row, texts),
        font={"size": TEXT_SIZE - 2, "color": WORDS},
    )


def _tick(figure: go.Figure, row, place: float, texts: Texts) -> None:
    figure.add_scatter(
        x=[row.percent / 100], y=[place], mode="markers", showlegend=False, hovertemplate="%{text}<extra></extra>",
        text=[_said(row, texts)], marker={"symbol": "line-ns-open", "size": 16, "color": QUIET, "line": {"width": 3}},
    )


def _places(figure: go.Figure, definition: str) -> list[float]:
    """The row of each mark that names this definition."""
    found = []
    for trace in figure.data:
        for key, place in zip(trace.customdata if trace.customdata is not None else (), trace.y, strict=False):
            if len(key) > 1 and key[1] == definition and place not in found:
                found.append(place)
    return found
