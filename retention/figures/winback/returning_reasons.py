"""Which reasons come back, and with which incentive?"""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.contrast import contrast
from retention.figures.parts.grouped_dots import Lanes
from retention.figures.parts.theme import lost, nothing
from retention.texts import Texts


def returning_reasons(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to returning_reasons: per reason a lane for each incentive."""
    if lost(answer, "conversion"):
        return nothing(texts)
    return _lanes(texts).figure(_shown(answer), texts)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Which reasons with which incentive come back unlike one another, if any do."""
    if lost(answer, "conversion"):
        return ""
    return contrast(_shown(answer), lambda row: _called(row, texts), texts)


def _called(row: pd.Series, texts: Texts) -> str:
    return f"{texts.word('reason', row['reason'])} – {texts.word('incentive', row['incentive'])}"


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "conversion"):
        return texts("chart.shared.nothing")
    parts = _lanes(texts).told(_shown(answer), texts)
    return texts("chart.returning_reasons.alt", count=answer["incentive"].nunique(), parts=parts)


def _shown(answer: pd.DataFrame) -> pd.DataFrame:
    return answer.rename(columns={"conversion": "share", "returned": "hits", "sent": "counted"})


def _lanes(texts: Texts) -> Lanes:
    return Lanes(
        "incentive",
        "reason",
        lambda code: texts.word("incentive", code),
        lambda code: texts.word("reason", code),
        texts("chart.returning_reasons.note"),
        ("incentive", "reason"),
    )
