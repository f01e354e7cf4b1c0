"""Notes belong to a metric and a day: every chart of it shows them, in the meeting too, until they are removed."""

from datetime import date

import pytest

from retention import charts
from retention.charts.notes import metric_of, with_notes
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
    figure = getattr(charts, chart)(the_sample.ask("member_churn", Filters()), Texts("de"))
    drawn = with_notes(figure, [NOTE], Texts("de"))
    [mark] = [note for note in drawn.layout.annotations if note.hovertext]
    assert (mark.x, mark.text) == ("2025-03-15", "<b>1</b>")
    assert mark.hovertext == "15. März 2025: Prices &lt;b&gt;raised&lt;/b&gt; (Käthe)"
    assert numbers(figure) == []


def test_a_note_of_another_time_and_a_figure_without_time_stay_as_they_are(the_sample):
    course = charts.member_churn(the_sample.ask("member_churn", Filters()), Texts("en"))
    assert numbers(with_notes(course, [{**NOTE, "day": "1999-01-01"}], Texts("en"))) == []
    rows = charts.reason_shares(the_sample.ask("reasons", Filters()), Texts("en"))
    assert with_notes(rows, [NOTE], Texts("en")) is rows


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
