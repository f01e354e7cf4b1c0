"""The churn trend: which months differ from the usual, and which only look so."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.control_chart import Course
from retention.texts import Texts

COURSE = Course("member_churn", rate="churn_rate", counted="churned", of="active", height=380)


def member_churn(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to member_churn: the rate, its interval, its usual range; hollow where not settled."""
    return COURSE.figure(answer, texts)


def newest(answer: pd.DataFrame, texts: Texts) -> str:
    """The newest settled period alone, for the letter of the month."""
    return COURSE.newest(answer, texts)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """What the newest settled period says, and no more than its usual range allows."""
    return COURSE.finding(answer, texts)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in one or two sentences, for whoever cannot see it."""
    return COURSE.alt(answer, texts)
