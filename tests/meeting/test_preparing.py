"""What is taken home from the page Meeting holds what was typed last, in whichever order it was typed."""

import json

import pytest
from streamlit.delta_generator import DeltaGenerator

from tests.meeting.test_meeting import slide_of
from tests.test_pages import open_app


@pytest.fixture
def files(monkeypatch):
    """What each download button would hand over at a click, by its key."""
    seen = {}

    def note(self, label, **options):
        seen[options["key"]] = options["data"]

    monkeypatch.setattr(DeltaGenerator, "download_button", note)
    monkeypatch.setattr("retention.ui.slides.MOMENT", 0)
    return seen


def typed(files) -> list[tuple[str, str]]:
    """Headline and remark of every slide in the file of the meeting."""
    return [(slide["headline"], slide["remark"]) for slide in json.loads(files["meeting_json"]())]


def test_a_download_holds_the_headline_and_the_remark_typed_last(files, churn):
    app = open_app("meeting")
    app.session_state["kept_meeting"] = [slide_of("member_churn", churn).as_dict()]
    app.run()
    app.text_area(key="headline_0_0").set_value("Cards failed").run()
    assert typed(files) == [("Cards failed", "")]
    app.text_area(key="remark_0_0").set_value("Call the bank").run()
    assert typed(files) == [("Cards failed", "Call the bank")]
    assert "Call the bank" in files["meeting_html"]().decode()
    app.text_area(key="remark_0_0").set_value("").run()
    assert typed(files) == [("Cards failed", "")]


def test_a_button_drawn_before_the_last_word_was_typed_hands_it_over_too(files, churn):
    app = open_app("meeting")
    app.session_state["kept_meeting"] = [slide_of("member_churn", churn).as_dict()]
    app.run()
    before = dict(files)
    app.text_area(key="remark_0_0").set_value("Call the bank").run()
    assert typed(before) == [("", "Call the bank")]


def test_words_stay_with_their_slide_when_slides_move(files, churn):
    app = open_app("meeting")
    app.session_state["kept_meeting"] = [
        slide_of(chart, churn).as_dict() for chart in ("member_churn", "churn_by_cause")
    ]
    app.run()
    app.text_area(key="remark_1_0").set_value("Second").run()
    app.button(key="up_1").click().run()
    assert typed(files) == [("", "Second"), ("", "")]
    app.text_area(key="remark_1_1").set_value("First").run()
    assert typed(files) == [("", "Second"), ("", "First")]
