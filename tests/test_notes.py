"""Notes belong to a metric and a day: every chart of it shows them, in the meeting too, until they are removed."""

from datetime import date

import pandas as pd
import pytest

from retention import figures
from retention.figures.parts.chart_notes import metric_of, undrawn, with_notes
from retention.filters import Filters
from retention.keeping import Store
from retention.meeting.slide import BadSlide, Slide, taken
from retention.texts import Texts
from tests.test_pages import open_app, said

NOTE = {"day": "2025-03-15", "text": "Prices <b>raised</b>", "author": "Käthe"}


def numbers(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations if note.hovertext]


@pytest.mark.parametrize("chart", ["member_churn", "churn_by_cause"])
def test_a_note_stands_at_its_day_and_its_words_are_safe(chart, the_sample):
    figure = getattr(figures, chart)(the_sample.ask("member_churn", Filters()), Texts("de"))
    drawn = with_notes(figure, [NOTE], Texts("de"))
    [mark] = [note for note in drawn.layout.annotations if note.hovertext]
    assert (mark.x, mark.text) == ("2025-03-15", "<b>1</b>")
    assert mark.hovertext == "15. März 2025: Prices &lt;b&gt;raised&lt;/b&gt; (Käthe)"
    assert numbers(figure) == []


def test_a_note_of_another_time_and_a_figure_without_time_stay_as_they_are(the_sample):
    course = figures.member_churn(the_sample.ask("member_churn", Filters()), Texts("en"))
    assert numbers(with_notes(course, [{**NOTE, "day": "1999-01-01"}], Texts("en"))) == []
    rows = figures.reason_shares(the_sample.ask("reasons", Filters()), Texts("en"))
    assert with_notes(rows, [NOTE], Texts("en")) is rows


def many(count: int) -> list[dict]:
    """As many notes, one after the other within the year 2025."""
    days = pd.date_range("2025-01-01", "2025-12-31", periods=count).strftime("%Y-%m-%d")
    return [{**NOTE, "text": f"Note {number}", "day": day} for number, day in enumerate(days, 1)]


def test_of_many_notes_the_newest_are_drawn_and_the_rest_is_said(the_sample):
    figure = figures.member_churn(the_sample.ask("member_churn", Filters()), Texts("en"))
    before = len(figure.layout.shapes)
    for count in (1, 50, 51, 1000):
        drawn = with_notes(figure, many(count), Texts("en"))
        first = max(1, count - 49)
        assert numbers(drawn) == [f"<b>{number}</b>" for number in range(first, count + 1)]
        assert len(drawn.layout.shapes) == before + min(count, 50)
    assert undrawn(figure, many(50), Texts("en")) == ""
    assert undrawn(figure, many(51), Texts("en")) == (
        "The figure marks the 50 newest notes; one older note is left out.")
    assert undrawn(figure, many(1000), Texts("de")) == (
        "Die Abbildung zeigt die 50 neuesten Notizen; 950 ältere sind weggelassen.")


def test_no_note_is_added_to_a_figure_one_by_one(the_sample, monkeypatch):
    figure = figures.member_churn(the_sample.ask("member_churn", Filters()), Texts("en"))
    touched = []
    monkeypatch.setattr(type(figure), "add_shape", lambda *_, **__: touched.append("shape"))
    monkeypatch.setattr(type(figure), "add_annotation", lambda *_, **__: touched.append("annotation"))
    assert len(numbers(with_notes(figure, many(50), Texts("en")))) == 50
    assert touched == []


def test_the_list_under_a_figure_holds_the_newest_notes_and_says_how_many_more(tmp_path, monkeypatch):
    monkeypatch.setenv("RETENTION_HOME", str(tmp_path / "home"))
    home = Store(tmp_path / "home")
    home.begin()
    home.make("notes", [
        {**note, "id": number, "metric": "member_churn", "at": "2026-01-01T10:00"}
        for number, note in enumerate(many(200), 1)
    ])
    app = open_app("churn")
    app.session_state["notes_member_churn"] = True
    app.run()
    assert not app.exception
    shown = said(app)
    assert "The 50 newest notes are listed; 150 older notes are not." in shown
    assert "The figure marks the 50 newest notes; 150 older notes are left out." in shown
    assert "151 · " in shown
    assert "150 · " not in shown


def test_a_slide_with_many_notes_says_what_its_figure_leaves_out(the_sample):
    about = (Filters(), the_sample.ask("member_churn", Filters()), date(2026, 10, 31), "x", None, None)
    slide = taken("member_churn", "member_churn", "churn", *about, many(1000))
    assert slide.source(Texts("en")).endswith("; 950 older notes are left out.")
    words = slide.alternative(Texts("en"))
    assert "Note 951 " in words
    assert "Note 950 " not in words


def test_charts_of_one_metric_share_its_notes():
    assert metric_of("churn_by_cause", "member_churn") == metric_of("churn_by_term", "churn_by_term") == "member_churn"
    assert metric_of("survey_response", "survey_response") == "survey_response"


def test_a_note_is_written_changed_removed_and_brought_back(tmp_path, monkeypatch):
    monkeypatch.setenv("RETENTION_HOME", str(tmp_path / "home"))
    home = Store(tmp_path / "home")
    home.begin()
    home.make("author", "Käthe")
    app = open_app("churn")
    app.session_state["notes_member_churn"] = True
    app.run()
    app.date_input(key="note_day_member_churn").set_value(date(2026, 3, 2))
    app.text_input(key="note_text_member_churn").set_value("Prices raised")
    app.button(key="add_note_member_churn").click().run()
    assert not app.exception
    [note] = home.made()["notes"]
    assert (note["metric"], note["day"], note["text"], note["author"]) == (
        "member_churn", "2026-03-02", "Prices raised", "Käthe")
    app.session_state["notes_member_churn"] = True
    app.run()
    assert "1 · 2 March 2026: Prices raised (Käthe, " in said(app)
    app.text_area(key="text_member_churn_1").set_value("Prices lowered").run()
    app.button(key="save_member_churn_1").click().run()
    assert home.made()["notes"][0]["text"] == "Prices lowered"
    app.button(key="remove_note_member_churn_1").click().run()
    assert home.made()["notes"] == []
    app.button(key="undo_note_member_churn").click().run()
    assert home.made()["notes"][0]["text"] == "Prices lowered"
    other = open_app("churn")
    assert sum("Prices lowered" in chart.proto.spec for chart in other.get("plotly_chart")) == 2, "both charts of it"


def test_the_meeting_freezes_the_notes_too(the_sample):
    answer = the_sample.ask("member_churn", Filters())
    about = (Filters(), answer, date(2026, 10, 31), "x", None, None)
    slide = taken("member_churn", "member_churn", "churn", *about, [NOTE])
    back = Slide.from_dict(slide.as_dict())
    assert numbers(back.figure(Texts("en"))) == ["<b>1</b>"]
    assert "15 March 2025: Prices" in back.alternative(Texts("en"))
    with pytest.raises(BadSlide):
        Slide.from_dict({**slide.as_dict(), "notes": [{"day": "never"}]})
