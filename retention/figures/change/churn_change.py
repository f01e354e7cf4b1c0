"""Why churn changed: what members did differently, and what other members there were."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.date_range import span
from retention.figures.parts.labelled_rows import Rows, bars
from retention.figures.parts.theme import ENOUGH, INK, QUIET, even_steps, lost, nothing, plain, wrapped
from retention.figures.parts.waterfall import levels, scale_note
from retention.texts import Texts

ALL, MOST = "(all)", 6
PARTS = {"behaviour": INK, "mix": "#B07A00"}
KINDS = ("plan", "interval", "source", "tenure")


def churn_change(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to churn_change: from the earlier rate, part by part, to the later one."""
    if lost(answer, "change") or answer["segment"].iloc[0] != ALL:
        return nothing(texts)
    whole, steps = answer.iloc[0], _steps(answer, texts)
    ends = np.cumsum([whole.rate_before, *steps["part"]])
    names = [span(whole.before_first, whole.before_last, texts), *steps["name"]]
    names.append(span(whole.after_first, whole.after_last, texts))
    said = [texts.points(part, 2) for part in steps["part"]]
    facts = [_rate(whole, "before", texts), *said, _rate(whole, "after", texts)]
    rows = Rows(names, facts)
    traces = [*_bars(rows, steps, ends, texts), _totals(rows, whole, names, facts)]
    return rows.stage(texts, traces, _axis(ends, texts), legend=True)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """The change, how sure it is, its two parts, and Simpson's case in words."""
    if lost(answer, "change") or answer["segment"].iloc[0] != ALL:
        return ""
    whole = answer.iloc[0]
    still = whole.change == whole.behaviour == 0
    said = texts(
        f"chart.churn_change.{'stayed' if still else 'finding'}",
        before=texts.percent(whole.rate_before),
        after=texts.percent(whole.rate_after),
        change=texts.points(whole.change, 2),
        low=texts.points(whole.low),
        high=texts.points(whole.high),
        behaviour=texts.points(whole.behaviour, 2),
        mix=texts.points(whole.mix, 2),
    )
    told = {
        f"simpson_{whole.simpson}": whole.simpson != "none",
        "chance": whole.change != 0 and whole.low <= 0 <= whole.high,
        "settling": whole.state != "settled",
    }
    return " ".join([said, *(texts(f"chart.churn_change.{key}") for key, holds in told.items() if holds)])


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "change"):
        return texts("chart.shared.nothing")
    return texts("chart.churn_change.alt", count=len(answer) - 1, finding=finding(answer, texts)).strip()


def segment_name(code: str, texts: Texts) -> str:
    """Our codes in the reader's words, the owner's words as they are."""
    kind = next((kind for kind in ("interval", "tenure") if texts.has(f"{kind}.{code}")), "plan")
    return plain(texts.word(kind, code), 24)


def _steps(answer: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    """First all of behaviour, then all of mix; the smaller segments together."""
    segments, steps = answer[answer["segment"] != ALL], []
    shown, rest = segments.iloc[:MOST], segments.iloc[MOST:]
    for kind in PARTS:
        for row in shown.itertuples():
            few = min(row.members_before, row.members_after) < ENOUGH
            steps.append((kind, row.segment, segment_name(row.segment, texts), getattr(row, kind), few, row))
        if len(rest):
            others = texts("chart.churn_change.others", count=len(rest))
            steps.append((kind, "(others)", others, rest[kind].sum(), True, None))
    made = pd.DataFrame(steps, columns=["kind", "segment", "of", "part", "few", "row"])
    made["name"] = [
        f"{texts(f'chart.churn_change.{kind}')}: {of}" for kind, of in zip(made["kind"], made["of"], strict=True)
    ]
    return made


def _bars(rows: Rows, steps: pd.DataFrame, ends: np.ndarray, texts: Texts) -> list[dict]:
    made = []
    for kind, colour in PARTS.items():
        mine = (steps["kind"] == kind).to_numpy()
        part = np.concatenate([[np.nan], np.where(mine, steps["part"], np.nan), [np.nan]])
        colours = ["", *np.where(steps["few"], QUIET, colour), ""]
        keys = np.array(["(before)", *steps["segment"], "(after)"])
        hover = ["", *(_sentence(step, texts) for step in steps.itertuples()), ""]
        base = np.concatenate([[0], ends[:-1], [0]])
        named = {"name": texts(f"chart.churn_change.{kind}"), "showlegend": True, "base": base}
        made.append(bars(rows, part, keys, hover, [tone or colour for tone in colours], **named))
    return made


def _sentence(step: tuple, texts: Texts) -> str:
    if step.row is None:
        return wrapped(f"{step.name}: {texts.points(step.part, 2)}.")
    row = step.row
    blanks = {
        "part": texts.points(step.part, 2),
        "name": step.name,
        "before": texts.percent(row.rate_before),
        "after": texts.percent(row.rate_after),
        "weight_before": texts.percent(row.weight_before),
        "weight_after": texts.percent(row.weight_after),
        "active_before": int(row.active_before),
        "active_after": int(row.active_after),
    }
    return wrapped(texts("chart.churn_change.hover", **blanks), 60)


def _totals(rows: Rows, whole: pd.Series, names: list[str], facts: list[str]) -> dict:
    """The two rates as dots: a bar from zero would hide how small a change is."""
    places, hover = rows.places(), [f"{names[at]}: {facts[at]}." for at in (0, -1)]
    colours = [QUIET if whole[f"active_{side}"] < ENOUGH else INK for side in ("before", "after")]
    keys = np.array(["(before)", "(after)"])
    return levels([whole.rate_before, whole.rate_after], places[[0, -1]], keys, hover, colours)


def _rate(whole: pd.Series, side: str, texts: Texts) -> str:
    blanks = {"churned": int(whole[f"churned_{side}"]), "active": int(whole[f"active_{side}"])}
    return texts("chart.churn_change.total", rate=texts.percent(whole[f"rate_{side}"]), **blanks)


def _axis(ends: np.ndarray, texts: Texts) -> dict:
    """Only the stretch in which something happens: the rates are dots, so nothing has to begin at zero."""
    low, high = float(ends.min()), float(ends.max())
    air = max(0.08 * (high - low), 0.0005)
    steps = even_steps(high - low + 2 * air, 4)
    step = steps[1] if len(steps) > 1 else 0.001
    ticks = step * np.arange(np.ceil((low - air) / step), np.floor((high + air) / step) + 1)
    digits = 0 if step >= 0.00999 else 1 if step >= 0.000999 else 2
    ticks = ticks[ticks > -step / 2] if low >= 0 else ticks  # what loses nobody stands at zero, not below
    labels = [texts.percent(tick, digits) for tick in ticks]
    scale = {"range": [low - air, high + air], "tickmode": "array", "tickvals": ticks, "ticktext": labels}
    return scale | {"title": scale_note("churn_change", low - air, texts)}
