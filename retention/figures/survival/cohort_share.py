"""Which share of each cohort is still there, month by month."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.triangle import Triangle
from retention.texts import Texts

TRIANGLE = Triangle("cohort_share", "share_of_start")


def cohort_share(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to cohorts: share_of_start of each cohort and month, hollow where not settled."""
    return TRIANGLE.figure(answer, texts)


drawn = TRIANGLE.drawn
finding = TRIANGLE.finding
alt = TRIANGLE.alt
