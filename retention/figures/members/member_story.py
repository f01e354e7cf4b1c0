"""One member's whole story on one line of time: membership, payments, leaving, feedback, letters."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts import periods
from retention.figures.parts.labelled_rows import BAR, Rows
from retention.figures.parts.marks import spoken
from retention.figures.parts.theme import EMPHASIS, INK, PLANS, QUIET, nothing, plain, scatter, tint, wrapped
from retention.texts import Texts

LANES = ("membership", "payments", "leaving", "feedback", "letters")
SPANS = ("joined", "returned", "switched")
SYMBOLS = {"left": "x", "failed": "x", "asked": "circle", "replied": "circle-open", "done": "square"}


def member_story(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to member_story: a lane per kind of event, time spent as a member as bars."""
    if answer.empty:
        return nothing(texts)
    lanes = [lane for lane in LANES if (answer["lane"] == lane).any()]
    counted = [int((answer["lane"] == lane).sum()) for lane in lanes]
    facts = [texts("chart.member_story.events", count=count) for count in counted]
    rows = Rows([texts.word("lane", lane) for lane in lanes], facts)
    traces = [trace for place, lane in enumerate(lanes) for trace in _lane(answer, lane, rows.places()[place], texts)]
    return rows.stage(texts, traces, _axis(answer, texts))


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if answer.empty:
        return texts("chart.shared.nothing")
    parts = [f"{texts.day(row.day)}: {texts.word('happened', row.happened)}" for row in answer.head(12).itertuples()]
    return texts("chart.member_story.alt", count=len(answer), parts="; ".join(parts))


def event_words(row: tuple, texts: Texts) -> str:
    """What happened, with cause, outcome, offer or reasons in the reader's words; the owner's own as they are."""
    codes = [] if row.code is None or row.code != row.code else str(row.code).split(";")
    kinds = {"left": "cause", "answered": "reason", "sent": "incentive", "asked": "outcome", "done": "outcome"}
    said = [texts.word(kinds.get(row.happened, "outcome"), code) for code in codes]
    said += [] if row.detail is None or row.detail != row.detail else [texts.word("channel", row.detail)]
    said += [] if row.comment is None or row.comment != row.comment else [f"“{row.comment}”"]
    return ", ".join(said)


def _lane(answer: pd.DataFrame, lane: str, place: float, texts: Texts) -> list[dict]:
    one = answer[answer["lane"] == lane]
    spans = one[one["happened"].isin(SPANS)]
    return [*_spans(spans, place), _marks(one, lane, place, texts)]


def _spans(spans: pd.DataFrame, place: float) -> list[dict]:
    """Each time on a plan as a bar; one that still runs goes on to as_of."""
    drawn = []
    for number, row in enumerate(spans.itertuples()):
        drawn.append(
            scatter(
                x=[row.day, row.seen_until],
                y=[place, place],
                mode="lines",
                line={"color": tint(PLANS[number % 2 * 2], 0.45), "width": BAR},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    return drawn


def _marks(one: pd.DataFrame, lane: str, place: float, texts: Texts) -> dict:
    bad = one["happened"].isin(["left", "failed", "unsubscribed"]).to_numpy()
    quiet = one["happened"].isin(["opened", "clicked", "paused", "resumed"]).to_numpy()
    marker = {
        "size": np.where(quiet, 7, 11),
        "color": np.where(bad, EMPHASIS, np.where(quiet, QUIET, INK)),
        "symbol": [SYMBOLS.get(happened, "circle") for happened in one["happened"]],
        "line": {"width": np.where(one["happened"] == "replied", 2, 0)},
    }
    days = pd.to_datetime(one["day"])
    keys = np.column_stack([days.dt.strftime("%Y-%m-%d").to_numpy(object), one["happened"].to_numpy(object)])
    hover = [_sentence(row, texts) for row in one.itertuples()]
    drawn = {"x": days.to_numpy(), "y": np.full(len(one), place), "mode": "markers", "marker": marker}
    return scatter(**drawn, showlegend=False, name=texts.word("lane", lane), **spoken(hover, keys))


def _sentence(row: tuple, texts: Texts) -> str:
    more = plain(event_words(row, texts), 160)
    said = f"{texts.day(row.day)}: {texts.word('happened', row.happened)}"
    return wrapped(f"{said} ({more})" if more else said)


def _axis(answer: pd.DataFrame, texts: Texts) -> dict:
    """Time from the first event to the last, a tick where a period begins."""
    days = pd.concat([pd.to_datetime(answer["day"]), pd.to_datetime(answer["seen_until"])]).dropna()
    first, last = days.min(), days.max()
    grain = "month" if (last - first).days < 400 else "quarter" if (last - first).days < 1500 else "year"
    starts = pd.DataFrame({"period_start": pd.date_range(
        first.to_period(grain[0].upper()).start_time, last, freq={"month": "MS", "quarter": "QS", "year": "YS"}[grain]
    )})
    air = max((last - first) * 0.04, pd.Timedelta(days=3))
    ticks = periods.axis(starts, texts) if len(starts) else {"type": "date"}
    return ticks | {"range": [(first - air).isoformat(), (last + air).isoformat()], "showgrid": True}
