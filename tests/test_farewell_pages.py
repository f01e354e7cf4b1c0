"""Farewell, to-do and member pages as a reader meets them: every section, every list, every empty state."""

import re

import pytest

from retention.dataset import build
from retention.filters import TODOS
from retention.model import FileRequest
from retention.texts import LANGUAGES, Texts
from tests.test_pages import SCRIPTS, open_app, said

SECTIONS = ("speed", "ease", "mood", "offers", "lessons")
HEADINGS = "email,started_on,ended_on,plan,interval_unit,price\n"
SUBSCRIPTIONS = HEADINGS + "anna@x.org,2025-01-10,2025-03-10,Monthly,month,10\n"


@pytest.fixture
def brought(tmp_path):
    """brought(file name=text) -> a data set of this session."""
    built = []

    def make(**files: str):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        paths = [tmp_path / f"{name}.csv" for name in files]
        built.append(build([FileRequest(name=path.name, path=str(path)) for path in paths]))
        return built[-1]

    yield make
    for data in built:
        data.forget()


def opened(app, section, language):
    """The farewell page with another section open."""
    app.query_params["tab"] = section
    app.run()
    assert not app.exception, [problem.value for problem in app.exception]
    return said(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_of_the_farewell_page_opens(language):
    app, texts = open_app("farewell", language), Texts(language)
    expected = {
        "speed": "chart.waiting.title", "ease": "chart.request_trend.title", "mood": "chart.heat_by_wait.title",
        "offers": "chart.save_rates.title", "lessons": "lesson.in_touch.title",
    }
    for section in SECTIONS:
        words = opened(app, section, language)
        assert texts(expected[section]) in words
        assert not {"{", "}"} & set(words)
        plain = re.sub(r"\bNone (of the|differs)\b", "", words)  # what the English texts say of nobody
        assert not {"nan", "None", "NaN", "NaT", "<NA>"} & set(plain.replace(",", " ").split())


def test_only_the_open_section_computes():
    words = opened(open_app("farewell"), "mood", "en")
    assert Texts("en")("chart.waiting.definition") not in words


def test_without_any_request_the_farewell_page_says_which_file_would_light_it_up(brought):
    app = open_app("farewell", "en", brought(subscriptions=SUBSCRIPTIONS))
    assert Texts("en")("page.farewell.empty") in said(app)


def test_days_of_asking_alone_light_up_who_stayed_and_say_that_times_are_not_known(brought):
    asked = SUBSCRIPTIONS.replace("price\n", "price,cancel_requested_at\n").replace("10\n", "10,2025-02-20 10:00\n")
    words = said(open_app("farewell", "en", brought(subscriptions=asked)))
    assert Texts("en")("page.farewell.days_only") in words
    assert Texts("en")("chart.save_rates.title") in words
    assert Texts("en")("chart.waiting.definition") not in words
    assert "0 h" not in words


@pytest.mark.parametrize("todo", TODOS)
def test_every_list_opens_with_its_letter_and_its_download(todo):
    app = open_app("todo")
    app.segmented_control(key="filter_todo").set_value(todo).run()
    assert not app.exception
    assert Texts("en")(f"todo.{todo}.what") in said(app)
    assert any("Hello" in code.value for code in app.code)


def test_an_empty_list_says_that_nobody_is_on_it(brought):
    app = open_app("todo", "en", brought(subscriptions=SUBSCRIPTIONS))
    app.segmented_control(key="filter_todo").set_value("paid_up").run()
    assert [box.value for box in app.success] == [Texts("en")("page.todo.nobody")]


def test_a_letter_is_previewed_with_a_real_person_and_the_offer_typed():
    app = open_app("todo")
    app.text_input(key="letters_incentive").set_value("a free lesson").run()
    first = app.dataframe[0].value.iloc[0]
    preview, template = (code.value for code in app.code[-2:])
    assert f"Hello {first.first_name}," in preview
    assert "a free lesson" in preview
    assert "Hello {first_name}," in template


def test_masking_leaves_no_name_and_no_address_on_the_page():
    app = open_app("todo")
    shown = app.dataframe[0].value
    app.toggle(key="hide_names").set_value(True).run()
    words = said(app) + " ".join(code.value for code in app.code) + app.dataframe[0].value.to_string()
    assert "@" not in words
    assert shown["name"].iloc[0] not in words


def test_a_member_is_found_by_name_and_reached_by_a_link(brought):
    files = {
        "subscriptions": SUBSCRIPTIONS + "ben@x.org,2025-02-10,,Monthly,month,10\n",
        "members": "email,name,joined_on\nanna@x.org,Anna *Groß*,2025-01-10\nben@x.org,Ben Ång,2025-02-10\n",
    }
    app = open_app("members", "en", brought(**files))
    assert Texts("en")("page.members.hint") in said(app)
    app.text_input(key="filter_member").set_value("anna").run()
    assert "The story of Anna *Groß*" in said(app)
    app.text_input(key="filter_member").set_value("x.org").run()
    assert "2 found" in said(app)
    app.text_input(key="filter_member").set_value("#2").run()
    assert "The story of Ben Ång" in said(app)
    app.text_input(key="filter_member").set_value("nobody").run()
    assert Texts("en")("page.members.nothing") in [box.value for box in app.info]


def test_the_pages_stand_in_reading_order():
    order = list(SCRIPTS)
    places = [order.index(name) for name in ("reasons", "farewell", "winback", "todo", "members", "data")]
    assert places == sorted(places)
