"""How many of those who left told us why, period by period?"""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.control_chart import Course
from retention.texts import Texts

COURSE = Course("survey_response", rate="response_rate", counted="answered", of="leavers")


def survey_response(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to survey_response: the rate, its interval, its usual range; hollow where not settled."""
    return COURSE.figure(answer, texts)


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """What the newest settled period says, and no more than its usual range allows."""
    return COURSE.finding(answer, texts)


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    return COURSE.alt(answer, texts)
