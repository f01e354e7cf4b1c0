"""Whether cards that failed were paid after all: members whom nobody decided to lose."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.control_chart import Course
from retention.texts import Texts

COURSE = Course("payment_recovery", rate="recovery_rate", counted="recovered", of="failed")


def payment_recovery(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to payment_recovery: the rate, its interval, its usual range; hollow where not settled."""
    return COURSE.figure(answer, texts)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """What the newest settled period says, and no more than its usual range allows."""
    return COURSE.finding(answer, texts)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in one or two sentences, for whoever cannot see it."""
    return COURSE.alt(answer, texts)
