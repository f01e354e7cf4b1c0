"""Whether those on long plans renew when their renewal comes due."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.control_chart import Course
from retention.texts import Texts

COURSE = Course("renewal_churn", rate="renewal_rate", counted="not_renewed", of="due")


def renewal_churn(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to renewal_churn: the rate, its interval, its usual range; hollow where not settled."""
    return COURSE.figure(answer, texts)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """What the newest settled period says, and no more than its usual range allows."""
    return COURSE.finding(answer, texts)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in one or two sentences, for whoever cannot see it."""
    return COURSE.alt(answer, texts)
