"""Whether leaving got easier, quicker or friendlier: one measure over time against its usual range."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.control_chart import Course
from retention.texts import Texts

COURSE = Course("request_trend", rate="rate", counted="hits", of="counted", height=360)


def request_trend(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to request_trend: the rate, its interval, its usual range; hollow where not settled."""
    return COURSE.figure(answer, texts)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """What the newest settled period says, and no more than its usual range allows."""
    return COURSE.finding(answer, texts)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    return COURSE.alt(answer, texts)
