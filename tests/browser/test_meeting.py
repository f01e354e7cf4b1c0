"""A meeting from picking to PowerPoint, as a team would have it."""

import io
import json
import re
from pathlib import Path

import pytest
from pptx import Presentation

from retention.filters import Filters
from tests.browser.steps import arrive, download, settle, visit, words

pytestmark = pytest.mark.browser


def press(page, key: str) -> None:
    page.locator(f".st-key-{key} button").first.click()
    settle(page)


def test_figures_are_taken_ordered_shown_and_taken_home(page, server, the_sample):
    arrive(page, f"{server}/churn?lang=en&grain=quarter")
    press(page, "take_churn_by_cause")
    press(page, "take_member_churn")
    visit(page, "Meeting", "What shall the meeting see?")
    press(page, "up_1")
    page.get_by_label("Remark").first.fill("Cards, not people.")
    page.keyboard.press("Control+Enter")
    settle(page)
    press(page, "away_1")
    assert page.locator(".st-key-slide_1").count() == 0
    press(page, "undo_meeting")
    page.locator(".st-key-slide_1").wait_for()
    page.get_by_label("Headline").first.fill("Typed last")  # and left only by the click on the download
    [saved, _] = json.loads(Path(download(page, page.locator(".st-key-meeting_json button")).path()).read_text())
    assert (saved["headline"], saved["remark"]) == ("Typed last", "Cards, not people.")
    first, second = Presentation(download(page, page.locator(".st-key-meeting_pptx button")).path()).slides
    [drawn] = [shape.chart for shape in first.shapes if shape.has_chart]
    answer = the_sample.ask("member_churn", Filters(grain="quarter")).dropna(subset="churn_rate")
    assert list(drawn.plots[0].series[0].values) == answer["churn_rate"].tolist()
    assert "Cards, not people." in first.notes_slide.notes_text_frame.text
    assert "Churn by cause" not in first.notes_slide.notes_text_frame.text
    assert any(shape.has_chart for shape in second.shapes)
    press(page, "present")
    assert "Cards, not people." in words(page)
    assert "1 of 2;" in words(page)
    page.keyboard.press("ArrowRight")
    page.get_by_text("2 of 2;").wait_for()
    page.keyboard.press("ArrowLeft")
    page.get_by_text("1 of 2;").wait_for()  # not “261 of 2,104”
    page.keyboard.press("Escape")
    page.get_by_text("What shall the meeting see?").wait_for()


def test_the_page_taken_home_works_without_a_network_and_steps_with_the_arrow_keys(visitor, server, tmp_path):
    page = visitor()
    arrive(page, f"{server}/reasons?lang=de")
    press(page, "take_reason_shares")
    visit(page, "Besprechung", "Was soll die Besprechung sehen?")
    home = tmp_path / "meeting.html"
    download(page, page.locator(".st-key-meeting_html button")).save_as(home)
    alone = page.context.browser.new_context(offline=True)
    shown = alone.new_page()
    complaints = []
    shown.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    shown.goto(home.as_uri())
    shown.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert shown.locator("header").is_visible()
    shown.keyboard.press("ArrowRight")
    assert not shown.locator("header").is_visible()
    shown.keyboard.press("Escape")
    assert shown.locator("header").is_visible()
    assert complaints == []
    alone.close()


def test_the_meeting_helps_where_nothing_was_taken_and_refuses_what_is_no_meeting(page, server):
    arrive(page, f"{server}/meeting?lang=en")
    assert "Nothing here yet" in words(page)
    page.locator(".st-key-load_meeting summary").click()
    file = {"name": "x.json", "mimeType": "application/json", "buffer": io.BytesIO(b"[1]").getvalue()}
    page.locator('.st-key-load_meeting input[type="file"]').set_input_files(file)
    page.get_by_text(re.compile("no meeting saved here")).wait_for()
