"""Do members of different plans leave for different reasons?"""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.charts.rows import Rows, dots
from retention.charts.theme import (
    ENOUGH,
    PLANS,
    QUIET,
    SYMBOLS,
    interval,
    lost,
    note,
    nothing,
    percent_axis,
    plain,
    wrapped,
)
from retention.texts import Texts

MOST_REASONS = 8


def reasons_by_plan(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to reasons_by_plan: per reason a lane for each plan, to compare plans reason by reason."""
    if lost(answer, "share_of_answers"):
        return nothing(texts)
    plans, reasons = shown_of(answer)
    rows = Rows([plain(texts.word("reason", code)) for code in reasons], [""] * len(reasons), lanes=len(plans))
    kept = answer[answer["plan"].isin(plans) & answer["reason"].isin(reasons)]
    by_plan = {plan: kept[kept["plan"] == plan].set_index("reason").reindex(reasons) for plan in plans}
    traces = [mark for lane, plan in enumerate(plans) for mark in _lane(rows, by_plan[plan], plan, lane, texts)]
    axis = percent_axis(min(1.0, max(float(kept["high"].max()) * 1.04, 0.05)), texts)
    axis["title"] = note(_left_out(answer, plans, reasons, texts))
    return rows.stage(texts, traces, axis, legend=True, showlegend=True)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words: the first reason of each plan."""
    if lost(answer, "share_of_answers"):
        return texts("chart.shared.nothing")
    first = (
        answer[answer["plan"].isin(shown_of(answer)[0])]
        .sort_values("share_of_answers", ascending=False)
        .groupby("plan", sort=False)
        .head(1)
    )
    parts = [
        f"{texts.word('plan', row.plan)}: {texts.word('reason', row.reason)} {texts.percent(row.share_of_answers, 0)}"
        for row in first.itertuples()
    ]
    return texts("chart.reasons_by_plan.alt", count=answer["plan"].nunique(), parts="; ".join(parts))


def shown_of(answer: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The plans with most answers and the reasons named most, as many as can be told apart."""
    plans = answer.groupby("plan", sort=False)["answered"].max().nlargest(len(PLANS))
    reasons = answer.groupby("reason", sort=False)["named"].sum().nlargest(MOST_REASONS)
    return plans.index.tolist(), reasons.index.tolist()


def _lane(rows: Rows, one: pd.DataFrame, plan: str, lane: int, texts: Texts) -> list[dict]:
    count = int(one["answered"].max())
    colour = PLANS[lane] if count >= ENOUGH else QUIET
    hover = [_sentence(row, plan, texts) for row in one.itertuples()]
    keys = np.column_stack([np.full(len(one), plan, dtype=object), one.index.to_numpy(object)])
    return dots(
        rows,
        one[["share_of_answers", "low", "high"]].to_numpy(float),
        keys,
        hover,
        [colour] * len(one),
        lane,
        showlegend=True,
        name=f"{plain(texts.word('plan', plan), 24)} (n = {texts.number(count)})",
        marker={"color": colour, "size": 10, "symbol": SYMBOLS[lane]},
    )


def _sentence(row: tuple, plan: str, texts: Texts) -> str:
    if row.answered != row.answered:
        return ""
    return wrapped(
        texts(
            "chart.reasons_by_plan.hover",
            plan=plain(texts.word("plan", plan)),
            reason=plain(texts.word("reason", row.Index)),
            named=int(row.named),
            count=int(row.answered),
            share=texts.percent(row.share_of_answers),
            interval=interval(row.low, row.high, texts),
        )
    )


def _left_out(answer: pd.DataFrame, plans: list[str], reasons: list[str], texts: Texts) -> str:
    said = [texts("chart.reasons_by_plan.note")]
    for kind, shown in (("plan", plans), ("reason", reasons)):
        rest = answer[kind].nunique() - len(shown)
        if rest:
            said.append(texts(f"chart.shared.{kind}s_left_out", count=rest))
    return " ".join(said)
