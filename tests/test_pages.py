"""Every page opens in both languages, with the sample, with a tiny data set, and with nothing."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from retention.filters import Filters
from retention.questions import names, question
from retention.texts import LANGUAGES, Texts
from retention.ui.navigation import PAGES
from retention.ui.numbers import read_number
from retention.ui.opening import WITHOUT_DATA

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = {name: script for name, (script, _) in PAGES.items()}


def open_app(name: str, language: str = "en", uploaded=None, **view: str) -> AppTest:
    """The page as a reader meets it; `uploaded` is the session's own data set."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for key, word in {"lang": language, **view}.items():
        app.query_params[key] = word
    if uploaded:
        app.session_state["uploaded_data_set"] = uploaded
    if SCRIPTS[name] != "dashboard.py":
        app.switch_page(str(ROOT / SCRIPTS[name]))
    app.run()
    assert not app.exception, [problem.value for problem in app.exception]
    return app


def said(app: AppTest) -> str:
    """All the words of a page, as Markdown."""
    kinds = ("title", "header", "markdown", "caption", "info", "warning")
    return "\n".join(element.value for kind in kinds for element in getattr(app, kind)).replace("\\", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_page_opens_in_its_language_with_the_sample_without_a_missing_or_raw_word(name, language):
    app, texts = open_app(name, language), Texts(language)
    words = said(app)
    assert app.title[0].value == texts(f"page.{name}.title")
    assert texts("frame.origin.sample", as_of="", count=0)[:12] in words, "sample data must be marked as such"
    for raw in ("{", "}", "None", "NaN", "_rate", "KeyError"):
        assert raw not in words, raw
    assert not re.search(r"\bnan\b", words), "“genannt” is a word, nan is none"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_page_opens_with_a_single_member(name, language, uploaded):
    open_app(name, language, uploaded("email,joined_at,cancelled_at\nanna@example.org,2025-01-10,2025-03-02\n"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_page_opens_where_nothing_is_usable(name, uploaded):
    app = open_app(name, "en", uploaded("email,joined_at\n"))
    if name not in WITHOUT_DATA:
        assert Texts("en")("frame.nothing_usable") in said(app)


def test_a_link_with_filters_shows_the_filtered_numbers():
    filtered = said(open_app("churn", grain="year", plan="Annual"))
    assert re.search(r"n.=.\d[\d,]* to \d[\d,]* per mark|n.=.\d", filtered)
    assert said(open_app("churn", grain="year")) != filtered


def test_without_a_survey_the_reasons_page_says_which_file_would_light_it_up(uploaded):
    app = open_app("reasons", "en", uploaded("email,joined_at\nanna@example.org,2025-01-10\n"))
    assert Texts("en")("page.reasons.empty") in said(app)


def test_without_messages_the_winback_page_says_so_and_still_draws_natural_return(uploaded):
    app = open_app("winback", "en", uploaded("email,joined_at\nanna@example.org,2025-01-10\n"))
    assert Texts("en")("page.winback.empty") in said(app)
    assert Texts("en")("chart.natural_return.title") in said(app)


def test_a_figure_shows_definition_table_and_the_sql_that_ran():
    app = open_app("churn")
    assert Texts("en")("chart.member_churn.definition") in said(app)
    labels = [box.label for box in app.expander]
    assert Texts("en")("frame.calculation") in labels
    assert Texts("en")("frame.table", count=36) in labels


def test_hostile_words_of_a_file_are_shown_as_they_are(uploaded):
    hostile = "<b>x</b> $y$ **z** [a](http://127.0.0.1:8999)"
    rows = "\n".join(f"m{n}@example.org,{hostile},2025-01-10,2025-03-0{n + 1}" for n in range(3))
    app = open_app("churn", "en", uploaded(f"email,plan,joined_at,cancelled_at\n{rows}\n"))
    assert all(hostile not in element.value for element in app.markdown)


def test_hidden_names_stay_hidden_when_the_filters_are_cleared_and_on_every_page():
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.query_params["masked"] = "yes"
    app.query_params["plan"] = "Annual"
    app.run()
    assert app.toggle(key="hide_names").value
    app.button(key="reset_filters").click().run()
    assert "yes" in dict(app.query_params)["masked"]
    assert "plan" not in app.query_params
    app.toggle(key="hide_names").set_value(False).run()
    assert "masked" not in app.query_params


@pytest.mark.parametrize("name", [name for name in names() if "masked" in question(name).parameters])
def test_a_list_with_hidden_names_holds_no_name_and_no_address(name, the_sample):
    member = the_sample.ask("members_found", Filters(member="a")).member.iloc[0]
    given = {"member": f"#{member}", "themes": ("a=e", "b=i"), "key": ()}
    shown = the_sample.ask(name, Filters(masked="yes", **given))
    said = " ".join(str(value) for column in shown.select_dtypes(exclude="number") for value in shown[column].dropna())
    assert "@" not in said
    for real in the_sample.ask("members_found", Filters(member="a")).name.head(40):
        assert real not in said


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("told", "4,1", 4.1), ("told", "4.1", 4.1), ("told", " 4,1 % ", 4.1), ("told", "−2", -2.0), ("told", "", None),
        ("base_rate", "0", 0.0), ("hoped_lift", "", 5.0),
    ],
)
def test_a_number_is_read_with_the_decimal_sign_that_the_reader_types(name, typed, meant):
    assert read_number(name, typed) == (meant,)


@pytest.mark.parametrize("typed", ["four", "1.000,5", "nan", "inf", "2000", "4 1"])
def test_what_is_no_number_within_its_bounds_is_none(typed):
    assert read_number("told", typed) is None


def test_a_number_that_cannot_be_read_is_said_and_changes_nothing():
    app = open_app("lens", "de", told="4.1", tab="tool")
    assert app.text_input(key="typed_told").value == "4,1"
    app.text_input(key="typed_told").set_value("vier").run()
    assert app.error[0].value.startswith("Das ist keine Zahl zwischen −100,0 und 1.000,0")
    assert "4.1" in app.query_params["told"]
    app.text_input(key="typed_told").set_value("5,25").run()
    assert not app.error
    assert "5.25" in app.query_params["told"]


def test_what_no_file_tells_is_no_nought_on_a_card(uploaded):
    rows = "".join(f"m{n}@x.org,2024-0{n}-01,{'2025-03-10' if n < 3 else ''}\n" for n in range(1, 9))
    app, texts = open_app("overview", "en", uploaded("email,joined_at,cancelled_at\n" + rows)), Texts("en")
    words = said(app)
    assert texts("card.failed_payments.not_told") in words
    assert texts("card.feedback.no_survey") in words
    assert texts("card.winback.empty") in words
