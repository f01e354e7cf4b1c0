"""Which share of those still there one month before are there a month later: where cohorts lose."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.triangle import Triangle
from retention.texts import Texts

TRIANGLE = Triangle("cohort_previous", "share_of_previous")


def cohort_previous(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to cohorts: share_of_previous of each cohort and month, hollow where not settled."""
    return TRIANGLE.figure(answer, texts)


drawn = TRIANGLE.drawn
finding = TRIANGLE.finding
alt = TRIANGLE.alt
