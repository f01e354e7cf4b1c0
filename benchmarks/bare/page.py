"""The bare Streamlit page: one choice and the churn page's own figures as constants, nothing else."""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st


@st.cache_resource
def figures() -> dict[str, list[go.Figure]]:
    """Grain to figures, built once for all runs."""
    kept = json.loads(Path(os.environ["BENCHMARK_FIGURES"]).read_text(encoding="utf-8"))
    return {grain: [go.Figure(json.loads(spec)) for spec in specs] for grain, specs in kept.items()}


drawn = figures()
grain = st.segmented_control("Grain", list(drawn), default="Month", key="filter_grain", required=True)
for number, figure in enumerate(drawn[grain]):
    st.plotly_chart(figure, key=f"figure_{number}", config={"displaylogo": False, "displayModeBar": False})
