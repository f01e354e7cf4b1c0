"""An owner's first visit to the first insight; the walks through a meeting and through an upload stand beside it."""

import pytest

from retention.filters import Filters
from retention.texts import Texts
from tests.browser.steps import arrive, settle, words

pytestmark = pytest.mark.browser


def test_a_first_visit_leads_to_a_first_insight(page, server, the_sample):
    texts = Texts("en")
    months = the_sample.ask("member_churn", Filters())
    last = months[months.state == "settled"].iloc[-1]
    arrive(page, f"{server}/?lang=en")
    assert texts("welcome.title", number=1, count=3) in words(page)
    assert f"{last.churned} of {last.active:,}" in page.locator("h2").first.inner_text(), "the answer, in a sentence"
    page.get_by_role("link", name=texts("overview.evidence")).first.wait_for()
    page.locator(".st-key-welcome a").click()
    page.get_by_text("Is it signal or noise?").wait_for()
    settle(page)
    figure = page.locator(".st-key-figure_member_churn")
    figure.locator(".js-plotly-plot .plot-container").first.wait_for()
    figure.get_by_text("How is this calculated?").click()
    figure.get_by_text("queries/member_churn.sql").first.wait_for()
    page.go_back()
    page.locator(".st-key-welcome_skip button").click()
    page.locator(".st-key-welcome").wait_for(state="detached")
