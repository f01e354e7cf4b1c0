"""How much of each cohort's first monthly amount is still paid."""

import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.triangle import Triangle
from retention.texts import Texts

TRIANGLE = Triangle("cohort_revenue", "mrr_of_start")


def cohort_revenue(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to cohorts: mrr_of_start of each cohort and month, hollow where not settled."""
    return TRIANGLE.figure(answer, texts)


drawn = TRIANGLE.drawn
finding = TRIANGLE.finding
alt = TRIANGLE.alt
