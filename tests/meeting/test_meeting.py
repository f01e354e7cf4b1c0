"""A figure taken to a meeting keeps its answer, and comes out as a page and as a chart with the same numbers."""

import io
import json
import re
import zipfile
from datetime import date

import pandas as pd
import pytest
from pptx import Presentation

from retention import figures
from retention.filters import Filters
from retention.meeting.native import PLANS, native
from retention.meeting.offline import offline
from retention.meeting.saved import read_meeting, written_meeting
from retention.meeting.slide import BadSlide, Slide, can_be_taken, taken
from retention.meeting.slideshow import notes_of, slideshow
from retention.meeting.workbook import Categories, Points, chart_data
from retention.texts import Texts
from tests.charts.test_every_chart import ANSWERS

DAY = date(2026, 10, 31)
ASKS = {"churn_by_cause": "member_churn", "reason_shares": "reasons", "reason_lost_mrr": "reasons",
        "reason_bounds": "reasons", "definition_lens": "churn_definitions", "cohort_share": "cohorts",
        "definitions_over_time": "churn_definitions", "cohort_previous": "cohorts", "cohort_revenue": "cohorts",
        "cohort_months": "cohorts"}
TAKEN = sorted(set(ANSWERS) - {"member_story"})


def slide_of(chart: str, answer: pd.DataFrame, **words) -> Slide:
    asks = ASKS.get(chart, chart)
    slide = taken(chart, asks, "churn", Filters(plan=("Annual",)), answer, DAY, "abc123", None, "EUR")
    return Slide.from_dict({**slide.as_dict(), **words})


def known(values) -> list[float]:
    return [value for value in values if value is not None]


@pytest.fixture
def churned(request):
    return request.getfixturevalue(ANSWERS["member_churn"])


@pytest.mark.parametrize("chart", TAKEN)
def test_a_slide_keeps_the_answer_as_it_was(chart, request):
    answer = request.getfixturevalue(ANSWERS[chart])
    slide = Slide.from_dict(json.loads(json.dumps(slide_of(chart, answer).as_dict())))
    pd.testing.assert_frame_equal(slide.answer, answer.reset_index(drop=True), check_dtype=False)
    assert slide.filters == Filters(plan=("Annual",))
    before, after = (figures.finding_of(getattr(figures, chart), rows, Texts("en")) for rows in (answer, slide.answer))
    assert before == after


def test_every_chart_that_is_no_list_of_people_has_a_plan_for_other_programs():
    assert set(PLANS) == set(TAKEN)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("chart", TAKEN)
def test_powerpoint_holds_a_chart_with_the_numbers_of_the_answer(chart, language, request):
    answer, texts = request.getfixturevalue(ANSWERS[chart]), Texts(language)
    slide = slide_of(chart, answer, remark="Wir <b>prüfen</b> das.")
    [page] = Presentation(io.BytesIO(slideshow([slide], texts))).slides
    drawn = [shape.chart for shape in page.shapes if shape.has_chart]
    expected = native(chart, slide.asks, answer, Texts(language, "EUR")).series
    if not any(value is not None for values in expected.values() for value in values):
        assert drawn == []
        return
    found = {series.name: known(series.values) for series in drawn[0].plots[0].series}
    assert found == {name: known(values) for name, values in expected.items()}
    notes = page.notes_slide.notes_text_frame.text
    for part in ("Wir <b>prüfen</b> das.", texts(f"chart.{chart}.definition"), "abc123"):
        assert part in notes


LINKED = (
    "http://evil.example/x", "https://evil.example", "ftp://evil.example", "mailto:a@evil.example",
    "internal:Sheet1!A1", "external:c:/x.xlsx", "file:///etc/passwd", "=1+1", "{=1+1}", "12",
)


def inner_files(content: bytes, before: str = ""):
    """Every file of a zip and of the zips within it."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            inner = packed.read(name)
            yield f"{before}{name}", inner
            if inner[:4] == b"PK\x03\x04":
                yield from inner_files(inner, f"{before}{name}/")


LEADS_ELSEWHERE = re.compile(rb'TargetMode="External"|hlinkClick|hyperlink|<f>')


def test_owners_words_become_no_link_formula_or_number_in_powerpoint_and_its_workbooks():
    over = pd.DataFrame({
        "wording": LINKED, "reason": "price", "share_of_answers": 0.1, "low": 0.05, "high": 0.2, "named": 12,
        "answered": 120, "first_named_on": pd.Timestamp(DAY), "last_named_on": pd.Timestamp(DAY),
    })
    curves = pd.DataFrame({
        "day": [0, 30] * 2, "survival": 0.5, "at_risk": 20, "low": 0.4, "high": 0.6,
        "segment": ["http://evil.example/x"] * 2 + ["=1+1"] * 2,
    })
    for chart, rows, kind in (("survival", curves, Points), ("reasons_by_wording", over, Categories)):
        data = chart_data(native(chart, chart, rows, Texts("en")))
        assert type(data) is kind
        assert {name: LEADS_ELSEWHERE.findall(inner) for name, inner in inner_files(data.xlsx_blob)
                if LEADS_ELSEWHERE.search(inner)} == {}
    slide = slide_of("reasons_by_wording", over, headline="http://evil.example/x", remark="www.evil.example")
    files = dict(inner_files(slideshow([slide], Texts("en"))))
    [words] = [inner for name, inner in files.items() if name.endswith(".xlsx/xl/sharedStrings.xml")]
    assert b"http://evil.example/x" in words
    assert {name: LEADS_ELSEWHERE.findall(inner) for name, inner in files.items()
            if LEADS_ELSEWHERE.search(inner)} == {}


def test_the_series_are_the_columns_of_the_answer(churned):
    shown = native("member_churn", "member_churn", churned, Texts("en"))
    counted = churned[churned["churn_rate"].notna()]
    assert list(shown.series.values())[0] == counted["churn_rate"].tolist()
    assert list(shown.series.values())[1] == counted["low"].tolist()
    assert shown.categories == [Texts("en").period(start) for start in counted["period_start"]]
    assert shown.percent


@pytest.mark.parametrize("chart", TAKEN)
def test_the_page_holds_every_figure_its_table_and_where_it_came_from(chart, request):
    slide = slide_of(chart, request.getfixturevalue(ANSWERS[chart]), headline="<script>alert(1)</script>")
    page = offline([slide], Texts("de")).decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert Texts("de")(f"chart.{chart}.definition").split("&")[0][:20] in page
    assert "abc123" in page
    assert page.count("<tr>") == min(len(slide.answer), 200) + 1


def test_the_page_asks_for_nothing_outside_itself(churned):
    page = offline([slide_of("member_churn", churned)], Texts("en")).decode()
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=", page)
    assert "default-src 'none'" in page
    assert page.count("plotly.js v") == 1


@pytest.mark.parametrize("made", [offline, slideshow])
def test_the_same_meeting_gives_the_same_bytes(made, churned):
    slides = [slide_of("member_churn", churned), slide_of("churn_by_cause", churned)]
    first = made(slides, Texts("en"))
    assert made(slides, Texts("en")) == first
    assert made(slides, Texts("de")) != first


def test_no_document_within_tells_when_it_was_made(churned):
    deck = zipfile.ZipFile(io.BytesIO(slideshow([slide_of("member_churn", churned)], Texts("en"))))
    assert b"2026-10-31T00:00:00Z" in deck.read("docProps/core.xml")
    assert {entry.date_time for entry in deck.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_meeting_is_read_back_as_it_was_saved(churned):
    slides = [slide_of("member_churn", churned, headline="A", remark="B"), slide_of("churn_by_cause", churned)]
    assert read_meeting(written_meeting(slides)) == slides


@pytest.mark.parametrize("text", [
    "", "{}", "[1]", '[{"chart": "member_churn"}]', "[" * 5000,
])
def test_what_is_no_meeting_is_refused(text):
    with pytest.raises(BadSlide):
        read_meeting(text)


@pytest.mark.parametrize("wrong", [
    {"chart": "os"}, {"asks": "nothing"}, {"as_of": "yesterday"}, {"rows": "eA=="}, {"rows": 3}, {"view": []},
    {"remark": None},
])
def test_a_slide_with_one_wrong_part_is_refused(wrong, churned):
    with pytest.raises(BadSlide):
        Slide.from_dict({**slide_of("member_churn", churned).as_dict(), **wrong})


def test_a_list_of_people_is_never_taken(churned):
    assert can_be_taken(churned)
    assert not can_be_taken(churned.assign(name="Anna"))
    with pytest.raises(BadSlide):
        slide_of("member_churn", churned.assign(member=1))


def test_the_headline_is_what_the_team_wrote_else_what_the_data_say(churned):
    assert slide_of("member_churn", churned, headline="Ours").title(Texts("en")) == "Ours"
    said = figures.finding_of(figures.member_churn, churned, Texts("en"))
    assert slide_of("member_churn", churned).title(Texts("en")) == said


def test_the_notes_say_filters_observations_day_and_data(churned):
    slide = Slide.from_dict({**slide_of("member_churn", churned).as_dict(), "n": "active"})
    notes = notes_of(slide, Texts("en"))
    assert "Annual" in notes
    assert "31 October 2026" in notes
    assert "n\u00a0=\u00a0" in notes
