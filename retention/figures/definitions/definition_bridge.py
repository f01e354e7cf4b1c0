"""What lies between two definitions: the events that one counts and the other does not, and what each divides by."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import Rows
from retention.figures.parts.theme import even_steps, lost, nothing, percent_axis, wrapped
from retention.figures.parts.waterfall import frame, scale_note, waterfall
from retention.texts import Texts

ENDS = ("one", "other")


def definition_bridge(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to definition_bridge as a waterfall from the one definition to the other."""
    if lost(answer, "value"):
        return nothing(texts)
    change, level = (answer[name].to_numpy(float) for name in ("value", "level"))
    whole = answer["step"].isin(ENDS).to_numpy()
    rows = Rows([_name(row, texts) for row in answer.itertuples()], [_fact(row, texts) for row in answer.itertuples()])
    hover = [wrapped(_sentence(row, texts)) for row in answer.itertuples()]
    low, high = frame(level, change, whole)
    axis = percent_axis(high, texts) if low <= 0 else _narrow(low, high, texts)
    axis = axis | {"range": [low, high], "title": scale_note("definition_bridge", low, texts)}
    keys = np.column_stack([answer["step"].astype(object), answer["kind"].astype(object).fillna("")])
    return waterfall(rows, change, level, whole, keys, hover, texts, axis)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """How many events make the difference, and what it is."""
    if lost(answer, "value") or set(ENDS) - set(answer["step"]):
        return ""
    one, other, events = answer.iloc[0], answer.iloc[-1], answer[answer["step"] == "events"]
    said = {
        "one": texts(f"metric.{one.definition}.label"),
        "other": texts(f"metric.{other.definition}.label"),
        "value_one": texts.percent(one.value),
        "value_other": texts.percent(other.value),
    }
    if events.empty:
        return texts(f"chart.definition_bridge.{'alike' if len(answer) == len(ENDS) else 'divided'}", **said)
    return texts(
        "chart.definition_bridge.finding",
        **said,
        more=int(events.loc[events["counted"] > 0, "counted"].sum()),
        fewer=int(-events.loc[events["counted"] < 0, "counted"].sum()),
        count=int(events["counted"].abs().sum()),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "value"):
        return texts("chart.shared.nothing")
    said = "; ".join(f"{_name(row, texts)} {_fact(row, texts)}" for row in answer.itertuples())
    return texts("chart.definition_bridge.alt", steps=said)


def _narrow(low: float, high: float, texts: Texts) -> dict:
    """A part of the scale, in steps that are even."""
    step = float(even_steps(high - low, 4)[1])
    ticks = step * np.arange(np.ceil(low / step), np.floor(high / step) + 1)
    digits = 0 if step >= 0.00999 else 1 if step >= 0.000999 else 2 if step >= 0.0000999 else 3
    return {"tickmode": "array", "tickvals": ticks, "ticktext": [texts.percent(tick, digits) for tick in ticks]}


def _name(row: tuple, texts: Texts) -> str:
    if row.step in ENDS:
        return texts(f"metric.{row.definition}.label")
    return texts.word("difference", row.kind) if row.step == "events" else texts("chart.definition_bridge.denominator")


def _fact(row: tuple, texts: Texts) -> str:
    if row.step in ENDS:
        blanks = {"numerator": texts.number(row.counted), "denominator": texts.number(row.denominator)}
        return texts("chart.definition_lens.fact", value=texts.percent(row.value), **blanks)
    points = texts.points(row.value, 2)
    if row.step == "denominator":
        return points
    signed = ("+" if row.counted > 0 else "−") + texts.number(abs(row.counted))
    return texts("chart.definition_bridge.fact", signed=signed, points=points)


def _sentence(row: tuple, texts: Texts) -> str:
    meaning = (
        texts(f"difference_meaning.{row.kind}")
        if row.step == "events"
        else (
            texts(f"metric.{row.definition}.formula")
            if row.step in ENDS
            else texts("chart.definition_bridge.denominator_meaning")
        )
    )
    return f"{_name(row, texts)}: {_fact(row, texts)}. {meaning}"
