"""What holds for every figure: words in both languages, no exception on empty answers, keys for a click."""

import numpy as np
import pytest

from retention import figures
from retention.texts import LANGUAGES, Texts

ANSWERS = {
    "member_churn": "churn",
    "churn_by_cause": "churn",
    "reason_shares": "reasons",
    "reason_lost_mrr": "reasons",
    "reasons_by_group": "by_group",
    "reasons_over_time": "over_time",
    "winback_funnel": "funnel",
    "winback_by_offer": "incentives",
    "natural_return": "comebacks",
    "winback_lift": "lifts",
    "survival": "stays",
    "churn_change": "changes",
    "cohort_share": "triangle",
    "cohort_previous": "triangle",
    "cohort_revenue": "triangle",
    "cohort_months": "triangle",
    "median_stay": "medians",
    "leaving_by_cause": "gone_by_cause",
    "lifetime_value": "lifetimes",
    "forecast": "ahead",
    "worth_of_a_point": "lower_churn",
    "reason_bounds": "reasons",
    "reasons_by_wording": "wordings",
    "survey_response": "response",
    "silence": "silent",
    "price_stated": "prices",
    "comment_themes": "themes",
    "reason_incidence": "incidences",
    "winback_reach": "reached",
    "returns": "back",
    "time_to_return": "weeks",
    "winback_value": "values",
    "leave_again": "again",
    "returning_reasons": "reasons_back",
    "winback_planner": "plans",
    "waiting": "waits",
    "request_times": "wait_times",
    "request_shares": "by_channel",
    "request_trend": "heat_trend",
    "heat_by_wait": "heat_waits",
    "offers": "offered",
    "save_rates": "saves",
    "member_story": "story",
    "renewal_churn": "renewed",
    "payment_recovery": "recovered",
    "cancel_requests": "asked",
    "revenue_churn": "revenue",
    "mrr_bridge": "movements",
    "churn_by_term": "by_term",
    "early_loss": "newcomers",
    "definition_lens": "definitions",
    "definition_nearest": "near",
    "definitions_over_time": "definitions",
    "definition_bridge": "between",
}
WORDED = ("title", "reading", "definition", "alt")
# A period, a code, a day: these say which row a mark is, and whether it counts.
KEYS = {
    "period_start",
    "last_day",
    "settles_on",
    "state",
    "signal",
    "reason",
    "plan",
    "stage",
    "incentive",
    "verdict",
    "segment",
    "cohort",
    "cause",
    "before_first",
    "before_last",
    "after_first",
    "after_last",
    "simpson",
    "measure",
    "waited_for",
    "wait",
    "offer",
    "rule",
    "lane",
    "happened",
    "day",
    "term",
    "definition",
    "chosen",
    "movement",
    "step",
    "kind",
    "first_day",
    "step_on",
}


@pytest.fixture(params=ANSWERS)
def chart(request):
    return getattr(figures, request.param)


@pytest.fixture
def answer(chart, request):
    return request.getfixturevalue(ANSWERS[chart.__name__])


@pytest.fixture(params=LANGUAGES)
def texts(request):
    return Texts(request.param)


def test_every_figure_of_the_package_is_tested_here():
    assert set(figures.__all__) - {"alt_of", "finding_of", "sparkline"} == set(ANSWERS)


def test_every_chart_is_titled_and_explained(chart, texts):
    assert [word for word in WORDED if not texts.has(f"chart.{chart.__name__}.{word}")] == []


def test_an_empty_answer_is_said_in_words(chart, answer, texts):
    figure = chart(answer.iloc[:0], texts)
    assert len(figure.data) == 0
    assert figure.layout.annotations[0].text.replace("<br>", " ") == texts("chart.shared.nothing")
    assert figures.finding_of(chart, answer.iloc[:0], texts) == ""
    assert figures.alt_of(chart, answer.iloc[:0], texts) == texts("chart.shared.nothing")


def test_an_answer_without_any_number_raises_nothing(chart, answer, texts):
    blank = answer.copy()
    for column in set(blank.columns) - KEYS:
        blank[column] = np.nan
    if chart not in (figures.winback_lift, figures.member_story):
        assert len(chart(blank, texts).data) == 0
    figures.alt_of(chart, blank.iloc[:0], texts)


def test_one_row_alone_is_drawn_and_told(chart, answer, texts):
    for row in range(len(answer)):
        one = answer.iloc[row : row + 1]
        chart(one, texts)
        figures.finding_of(chart, one, texts)
        assert figures.alt_of(chart, one, texts)


def test_the_answer_is_left_as_it_was(chart, answer, texts):
    before = answer.copy(deep=True)
    chart(answer, texts)
    figures.finding_of(chart, answer, texts)
    assert answer.equals(before)


def test_every_mark_that_speaks_carries_the_key_of_its_row(chart, answer, texts):
    speaking = [trace for trace in chart(answer, texts).data if trace.hoverinfo != "skip"]
    assert speaking
    for trace in speaking:
        assert len(trace.customdata) == len(trace.x)
        assert all(key[0] is not None for key in trace.customdata)


def test_nothing_is_drawn_that_needs_a_graphics_card(chart, answer, texts):
    assert {trace.type for trace in chart(answer, texts).data} <= {"scatter", "bar"}


def test_the_page_gives_the_title(chart, answer, texts):
    assert chart(answer, texts).layout.title.text is None


OWN = ("plan", "segment", "reason", "wording", "theme", "incentive", "offer", "campaign", "price_plan", "detail")
WILD = "Arts & Crafts <b>$x$ %{y}"


@pytest.mark.parametrize("name", ANSWERS)
def test_owners_words_are_escaped_once_in_the_figure_and_not_at_all_in_sentences(name, request, texts):
    chart, answer = getattr(figures, name), request.getfixturevalue(ANSWERS[name])
    for column in set(OWN) & set(answer.select_dtypes(["object", "str"]).columns):
        for value in answer[column].dropna().drop_duplicates():
            wild = answer.assign(**{column: answer[column].where(answer[column] != value, WILD)})
            drawn = [{**trace, "customdata": None} for trace in chart(wild, texts).to_plotly_json()["data"]]
            drawn = f"{drawn}{chart(wild, texts).layout.to_plotly_json()}"
            assert not any(part in drawn for part in ("Crafts <", "&amp;amp;", "%{y")), (column, value)
            said = figures.finding_of(chart, wild, texts) + figures.alt_of(chart, wild, texts)
            assert not any(part in said for part in ("&amp;", "&lt;")), (column, value)


def test_every_finding_is_a_sentence_without_blanks(chart, answer, texts):
    said = figures.finding_of(chart, answer, texts) + figures.alt_of(chart, answer, texts)
    assert "{" not in said
    assert "nan" not in said.lower().split()
    assert said.endswith(".")
