"""Holds the content security policy to its purpose: everything a page shows works, and nothing is asked elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.steps import download

pytestmark = pytest.mark.browser

PAGE = """
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure([go.Bar(x=["January", "February"], y=[3, 4])]), key="bars")
st.plotly_chart(go.Figure([go.Heatmap(z=[[1, 2], [3, 4]])]), key="triangle")
st.dataframe(pd.DataFrame({"member": ["Ada", "Bo"]}), key="table")
st.download_button("Save", lambda: b"member\\nAda\\n", "members.csv", key="save")
st.code("select 1", language="sql")
st.image("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0L9 9'/></svg>")
for file in st.file_uploader("Bring", accept_multiple_files=True, key="bring"):
    st.text(f"{file.name} holds {file.size} bytes")
st.text("complete")
"""


@pytest.fixture(scope="module")
def address(start: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    script = tmp_path_factory.mktemp("pages") / "dashboard.py"
    script.write_text(PAGE)
    code = f"from pathlib import Path; from retention.serving import serve; serve(0, script=Path({str(script)!r}))"
    return start("-c", code)


def test_charts_tables_uploads_and_downloads_work_under_the_policy(address, page, seen):
    page.goto(address)
    page.get_by_text("complete").wait_for()
    page.locator(".js-plotly-plot .barlayer path").nth(1).wait_for()
    page.locator(".js-plotly-plot .heatmaplayer image").wait_for()
    page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    page.locator("input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"x\n1\n"})
    page.get_by_text("a.csv holds 4 bytes").wait_for()
    saved = download(page, page.get_by_role("button", name="Save"))
    assert saved.path().read_bytes() == b"member\nAda\n"
    assert seen.errors == []
    assert seen.outside() == set()


def test_a_chart_can_be_saved_as_a_picture(address, page, seen):
    page.goto(address)
    page.locator(".js-plotly-plot").first.hover()
    saved = download(page, page.locator("[data-title^='Download plot']").first)
    assert saved.path().read_bytes().startswith(b"\x89PNG")
    assert seen.errors == []


def test_the_policy_stops_scripts_and_requests_that_are_not_ours(address, page, seen):
    page.goto(address)
    page.get_by_text("complete").wait_for()
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.ranInline = true';
        document.body.append(script);
    }""")
    assert page.evaluate("window.ranInline") is None
    assert page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'stopped')") == "stopped"
    assert any("Executing inline script violates" in error for error in seen.errors)
    assert any("http://127.0.0.1:9/" in error and "Content Security Policy" in error for error in seen.errors)
