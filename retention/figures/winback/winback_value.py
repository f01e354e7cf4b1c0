"""What the messages brought back, and what each return that they caused cost."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import Rows, bars
from retention.figures.parts.theme import ENOUGH, INK, QUIET, even_steps, lost, note, nothing, plain, wrapped
from retention.texts import Texts


def winback_value(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to winback_value: recovered monthly amount per incentive, its cost in words."""
    if lost(answer, "recovered_mrr"):
        return nothing(texts)
    names = [plain(texts.word("incentive", code)) for code in answer["incentive"]]
    facts = [_fact(row, texts) for row in answer.itertuples()]
    hover = [wrapped(f"{name}: {fact}") for name, fact in zip(names, facts, strict=True)]
    colours = [INK if returned >= ENOUGH else QUIET for returned in answer["returned"]]
    rows, amounts = Rows(names, facts), answer["recovered_mrr"].to_numpy(float)
    top = max(float(amounts.max()) * 1.04, 1.0)
    steps = even_steps(top)
    axis = {
        "range": [0, top],
        "tickmode": "array",
        "tickvals": steps,
        "ticktext": [texts.money(step) for step in steps],
        "title": note(texts("chart.winback_value.note")),
    }
    return rows.stage(texts, [bars(rows, amounts, answer["incentive"].to_numpy(str), hover, colours)], axis)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """All together, and what a caused return cost where an effect is shown."""
    if lost(answer, "recovered_mrr"):
        return ""
    said = [
        texts(
            "chart.winback_value.finding",
            amount=texts.money(answer["recovered_mrr"].sum()),
            count=int(answer["returned"].sum()),
            cost=texts.money(answer["cost"].sum()),
        )
    ]
    said += [_caused(row, texts) for row in answer[answer["cost_per_caused"].notna()].itertuples()]
    return " ".join(said)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "recovered_mrr"):
        return texts("chart.shared.nothing")
    parts = "; ".join(f"{texts.word('incentive', row.incentive)} {_fact(row, texts)}" for row in answer.itertuples())
    return texts("chart.winback_value.alt", parts=parts)


def _caused(row: tuple, texts: Texts) -> str:
    return texts(
        "chart.winback_value.caused",
        incentive=texts.word("incentive", row.incentive),
        cost=texts.number(row.cost_per_caused, 2),
        low=texts.number(row.cost_low, 2),
        high=texts.number(row.cost_high, 2),
    )


def _fact(row: tuple, texts: Texts) -> str:
    fact = texts(
        "chart.winback_value.fact",
        amount=texts.money(row.recovered_mrr),
        count=int(row.returned),
        cost=texts.money(row.cost),
    )
    return fact if row.verdict == "works" else f"{fact}; {texts.word('verdict', row.verdict)}"
