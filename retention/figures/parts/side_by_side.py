"""Two figures of one chart beside each other: what they measure stands on one scale."""

import plotly.graph_objects as go


def on_one_scale(figure: go.Figure, other: go.Figure) -> go.Figure:
    """A copy of `figure` whose number axes reach as far as those of both; axes of days and of names stay its own."""
    drawn = go.Figure(figure, _validate=False)
    for name in ("xaxis", "yaxis"):
        mine, theirs = drawn.layout[name], other.layout[name]
        if not (_numbers(mine) and _numbers(theirs)):
            continue
        wider = mine if mine.range[1] - mine.range[0] >= theirs.range[1] - theirs.range[0] else theirs
        reach = [min(mine.range[0], theirs.range[0]), max(mine.range[1], theirs.range[1])]
        drawn.layout[name].update(range=reach, tickvals=wider.tickvals, ticktext=wider.ticktext)
    return drawn


def _numbers(axis) -> bool:
    """Is it an axis of numbers whose reach the chart set, with ticks of round numbers?"""
    if axis.type in ("date", "category", "log") or not axis.range or axis.tickvals is None:
        return False
    return all(isinstance(value, int | float) for value in (*axis.range, *axis.tickvals)) and bool(axis.ticktext)
