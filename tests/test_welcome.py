"""The first visit can be stepped through or skipped; the glossary holds every definition and finds a word."""

import pytest

from retention import figures
from retention.filters import DEFINITIONS
from retention.texts import Texts
from tests.test_pages import open_app, said


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_first_visit_goes_in_three_steps(language):
    app, texts = open_app("overview", language), Texts(language)
    for number, name in enumerate(("look", "bring", "meet"), 1):
        assert texts("welcome.title", number=number, count=3) in said(app)
        assert texts(f"welcome.{name}") in said(app)
        if number < 3:
            app.button(key="welcome_on").click().run()
    app.button(key="welcome_skip").click().run()
    assert texts("welcome.meet") not in said(app)


def test_whoever_brought_files_is_not_welcomed(uploaded):
    app = open_app("overview", "en", uploaded("email,joined_at\nanna@example.org,2025-01-10\n"))
    assert "First visit" not in said(app)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_glossary_holds_every_definition_and_finds_a_word(language):
    app, texts = open_app("glossary", language), Texts(language)
    told = said(app)
    for name in DEFINITIONS:
        assert texts(f"metric.{name}.label") in told
    for name in figures.__all__:
        if texts.has(f"chart.{name}.definition"):
            assert texts(f"chart.{name}.title") in told, name
    app.text_input(key="glossary_words").set_value("Newcombe").run()
    assert texts("chart.winback_lift.title") in said(app)
    assert texts("chart.reason_lost_mrr.title") not in said(app)
    app.text_input(key="glossary_words").set_value("xyzzy").run()
    assert texts("glossary.nothing") in said(app)
