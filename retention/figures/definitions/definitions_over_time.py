"""Which churn do you mean, over time: the two definitions that are compared in colour, the others behind them."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts import periods
from retention.figures.parts.lines import Line, draw, reach
from retention.figures.parts.theme import lost, nothing, wrapped
from retention.texts import Texts

COMPARED = ("one", "other")
PER_RENEWAL = "renewal_churn"  # of the few whose term ends: many times the rates of all members
DASHES = ("solid", "dot", "dash", "longdash", "dashdot", "longdashdot")


def definitions_over_time(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to churn_definitions: one line per definition."""
    if lost(answer, "value"):
        return nothing(texts)
    lines = _lines(answer, texts)
    if not lines:
        return nothing(texts)
    strong = [line for line in lines if line.strong] or lines
    lowest = min(0.0, 1.1 * min(float(line.rows["value"].min()) for line in strong))
    return draw(lines, answer, texts, reach(strong), lowest, _off_scale(answer, texts))


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """How far apart the two that are compared lie, on average of the settled periods."""
    settled = answer[(answer["state"] == "settled") & answer["value"].notna()]
    one, other = (settled[settled["chosen"] == place].set_index("period_start")["value"] for place in ("one", "other"))
    apart = (other - one).dropna()
    if apart.empty:
        return ""
    return texts(
        "chart.definitions_over_time.finding",
        count=len(apart),
        one=_label(answer, "one", texts),
        other=_label(answer, "other", texts),
        apart=texts.points(apart.mean(), 2),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "value"):
        return texts("chart.shared.nothing")
    names = ", ".join(texts(f"metric.{name}.label") for name in dict.fromkeys(answer["definition"]))
    return texts("chart.definitions_over_time.alt", names=names, finding=finding(answer, texts)).strip()


def _label(answer: pd.DataFrame, place: str, texts: Texts) -> str:
    return texts(f"metric.{answer.loc[answer['chosen'] == place, 'definition'].iloc[0]}.label")


def _lines(answer: pd.DataFrame, texts: Texts) -> list[Line]:
    grain, lines = periods.grain_of(answer), []
    for name in dict.fromkeys(answer["definition"]):
        rows = answer[(answer["definition"] == name) & answer["value"].notna()]
        if rows.empty:
            continue
        label, chosen = texts(f"metric.{name}.label"), rows["chosen"].iloc[0]
        if name == PER_RENEWAL and chosen not in COMPARED:
            continue
        hover = [_sentence(row, label, grain, texts) for row in rows.itertuples()]
        place, strong = {"one": 0, "other": 1}.get(chosen, 2), chosen in COMPARED
        dash = "solid" if strong else DASHES[sum(not line.strong for line in lines) % len(DASHES)]
        columns = ("value", "low", "high", "denominator")
        lines.append(Line(label, rows, *columns, hover, ("definition",), place, strong, dash=dash))
    return lines


def _off_scale(answer: pd.DataFrame, texts: Texts) -> str:
    """What renewal churn says, where it is not one of the two compared and so not on their scale."""
    renewals = answer[(answer["definition"] == PER_RENEWAL) & answer["value"].notna()]
    if renewals.empty or renewals["chosen"].iloc[0] in COMPARED:
        return ""
    last = renewals.iloc[-1]
    return texts(
        "chart.definitions_over_time.off_scale", label=texts(f"metric.{PER_RENEWAL}.label"),
        period=periods.name(last.period_start, periods.grain_of(answer), texts), value=texts.percent(last.value),
        denominator=texts.number(last.denominator),
    )


def _sentence(row: tuple, label: str, grain: str, texts: Texts) -> str:
    return wrapped(
        texts(
            "chart.definitions_over_time.hover",
            period=periods.name(row.period_start, grain, texts),
            label=label,
            value=texts.percent(row.value),
            numerator=texts.number(row.numerator),
            denominator=texts.number(row.denominator),
            state=texts.word("state", row.state),
        )
    )
