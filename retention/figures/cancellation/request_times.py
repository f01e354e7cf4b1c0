"""Where requests to cancel wait long: middle and slowest tenth of each channel, weekday or month."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.durations import duration, hours_axis, on_axis
from retention.figures.parts.labelled_rows import Rows
from retention.figures.parts.marks import spoken
from retention.figures.parts.request_words import newest_first, segment_name
from retention.figures.parts.theme import CLEAR, ENOUGH, PLANS, QUIET, lost, note, nothing, plain, scatter, wrapped
from retention.texts import Texts

KINDS = ("reply", "done")


def request_times(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to request_times: per segment the median and the 90th percentile, reply above, end below."""
    if lost(answer, "median_hours"):
        return nothing(texts)
    segments = newest_first(answer)["segment"].drop_duplicates().tolist()
    rows = Rows([plain(segment_name(segment, texts)) for segment in segments], [""] * len(segments), lanes=2)
    traces = []
    for lane, kind in enumerate(KINDS):
        one = answer[answer["waited_for"] == kind].set_index("segment").reindex(segments)
        if one["median_hours"].notna().any():
            traces += _lane(rows, one, lane, kind, texts)
    longest = float(np.nanmax(answer[["median_hours", "slow_hours"]].to_numpy(float)))
    axis = hours_axis(longest, texts) | {"title": note(texts("chart.request_times.note"))}
    return rows.stage(texts, traces, axis, legend=True)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Within what time half had a first reply (else were done), in the quickest and in the slowest segment."""
    enough = answer[(answer["requests"] >= ENOUGH) & answer["median_hours"].notna()] if len(answer) else answer
    for kind in KINDS:
        one = enough[enough["waited_for"] == kind] if len(enough) else enough
        if len(one):
            quick, slow = one.loc[one["median_hours"].idxmin()], one.loc[one["median_hours"].idxmax()]
            key = "all" if quick["segment"] == slow["segment"] else "two"
            return texts(
                f"chart.request_times.{key}_{kind}", quick=segment_name(quick["segment"], texts),
                slow=segment_name(slow["segment"], texts), least=duration(quick["median_hours"], texts),
                most=duration(slow["median_hours"], texts),
            )
    return ""


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "median_hours"):
        return texts("chart.shared.nothing")
    parts = [
        f"{segment_name(row.segment, texts)}, {texts.word('chart.waiting.kind', row.waited_for)}: "
        + duration(row.median_hours, texts)
        for row in newest_first(answer, 8).itertuples()
    ]
    return texts("chart.request_times.alt", parts="; ".join(parts))


def _lane(rows: Rows, one: pd.DataFrame, lane: int, kind: str, texts: Texts) -> list[dict]:
    """A filled dot for the median, a hollow one for the 90th percentile, a line between them."""
    middle, slow = (on_axis(one[name].to_numpy(float)) for name in ("median_hours", "slow_hours"))
    place, few = rows.places(lane), (one["requests"].fillna(0) < ENOUGH).to_numpy()
    colours = np.where(few, QUIET, PLANS[lane])
    keys = np.column_stack([np.full(len(one), kind, dtype=object), one.index.to_numpy(object)])
    hover = [_sentence(kind, row, texts) for row in one.reset_index().itertuples()]
    joined = scatter(
        x=np.column_stack([middle, slow, np.full(len(one), np.nan)]).ravel(),
        y=np.column_stack([place, place, np.full(len(one), np.nan)]).ravel(),
        mode="lines",
        line={"color": PLANS[lane], "width": 2},
        hoverinfo="skip",
        showlegend=False,
    )
    dots = {"y": place, "mode": "markers"} | spoken(hover, keys)
    name = texts.word("chart.waiting.kind", kind)
    ends = {"color": CLEAR, "size": 10, "line": {"color": colours, "width": 2}}
    return [
        joined,
        scatter(x=middle, name=name, marker={"color": colours, "size": 11}, **dots),
        scatter(x=slow, name=texts("chart.request_times.slowest"), marker=ends, showlegend=lane == 0, **dots),
    ]


def _sentence(kind: str, row: tuple, texts: Texts) -> str:
    if row.requests != row.requests:
        return ""
    key = "open" if row.still_open else "plain"
    return wrapped(
        texts(
            f"chart.request_times.hover_{key}",
            segment=plain(segment_name(row.segment, texts)),
            kind=texts.word("chart.waiting.kind", kind),
            half=duration(row.median_hours, texts),
            most=duration(row.slow_hours, texts),
            count=int(row.requests),
            open=int(row.still_open),
        )
    )
