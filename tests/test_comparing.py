"""What a view is compared with, and that both sides are what the questions say of their days and members."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from retention.comparing import differ, earlier, sides
from retention.figures.parts.side_by_side import on_one_scale
from retention.filters import Filters
from retention.texts import Texts
from tests.test_pages import open_app, said

AS_OF = date(2026, 10, 31)


@pytest.mark.parametrize(("chosen", "compare", "mine", "theirs"), [
    ((None, None), "previous", ("2025-11-01", "2026-10-31"), ("2024-11-01", "2025-10-31")),
    ((None, None), "year_ago", ("2025-11-01", "2026-10-31"), ("2024-11-01", "2025-10-31")),
    (("2026-03-01", "2026-03-31"), "previous", ("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28")),
    (("2024-02-01", "2024-02-29"), "year_ago", ("2024-02-01", "2024-02-29"), ("2023-02-01", "2023-02-28")),
    (("2026-07-01", "2026-09-30"), "previous", ("2026-07-01", "2026-09-30"), ("2026-04-01", "2026-06-30")),
    (("2026-03-10", "2026-03-19"), "previous", ("2026-03-10", "2026-03-19"), ("2026-02-28", "2026-03-09")),
    (("2026-01-01", None), "year_ago", ("2026-01-01", "2026-10-31"), ("2025-01-01", "2025-10-31")),
    ((None, "2026-06-15"), "previous", ("2025-06-16", "2026-06-15"), ("2024-06-16", "2025-06-15")),
])
def test_days_are_compared_with_as_many_days(chosen, compare, mine, theirs):
    first, last = (date.fromisoformat(day) if day else None for day in chosen)
    both = sides(Filters(first_day=first, last_day=last, compare=compare), AS_OF)
    assert [(str(one.first_day), str(one.last_day)) for one in both] == [mine, theirs]


def test_a_month_that_is_not_over_is_left_out_where_no_days_are_chosen():
    mine, theirs = sides(Filters(compare="previous"), date(2026, 11, 12))
    assert (mine.first_day, mine.last_day) == (date(2025, 11, 1), date(2026, 10, 31))
    assert theirs.last_day == date(2025, 10, 31)


def test_other_members_are_compared_over_the_same_days():
    view = Filters(compare="others", plan=("Annual",), other_plan=("Monthly",), first_day=date(2026, 1, 1))
    mine, theirs = sides(view, AS_OF)
    assert (mine.plan, theirs.plan) == (("Annual",), ("Monthly",))
    assert mine.first_day == theirs.first_day
    assert differ(mine, theirs, ("plan", "first_day"))
    assert not differ(mine, theirs, ("first_day",))


def test_nothing_is_compared_unless_asked_for():
    assert sides(Filters(), AS_OF) is None


@pytest.mark.parametrize(("compare", "grain", "day", "expected"), [
    ("previous", "month", "2026-03-01", "2026-02-01"), ("year_ago", "month", "2026-03-01", "2025-03-01"),
    ("previous", "quarter", "2026-01-01", "2025-10-01"), ("previous", "year", "2026-01-01", "2025-01-01"),
    ("previous", "week", "2026-01-05", "2025-12-29"), ("year_ago", "week", "2026-01-05", "2025-01-06"),
])
def test_the_period_before_and_the_one_a_year_earlier(compare, grain, day, expected):
    assert str(earlier(date.fromisoformat(day), compare, grain)) == expected


def test_both_figures_reach_as_far_as_the_wider_one_and_neither_is_changed():
    def figure(top, steps):
        axis = {"range": [0, top], "tickvals": steps, "ticktext": [str(step) for step in steps]}
        return go.Figure(layout={"yaxis": axis, "xaxis": {"type": "date", "range": ["2026-01-01", "2026-02-01"]}})
    small, large = figure(2, [0, 1, 2]), figure(10, [0, 5, 10])
    for drawn in (on_one_scale(small, large), on_one_scale(large, small)):
        assert drawn.layout.yaxis.range == (0, 10)
        assert drawn.layout.yaxis.ticktext == ("0", "5", "10")
    assert small.layout.yaxis.range == (0, 2)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ["overview", "churn", "lens", "staying", "reasons", "farewell", "winback"])
@pytest.mark.parametrize("view", [{"compare": "previous"}, {"compare": "others", "other_plan": "Annual"}])
def test_every_page_that_compares_draws_two_of_each_figure_that_differs(name, language, view):
    if language == "de" and view["compare"] == "others":
        pytest.skip("one language is enough for the second kind")
    app = open_app(name, language, **view)
    texts = Texts(language)
    if name == "overview":
        assert texts(f"card.compared.{view['compare']}", share="", low="", high="").split(":")[0] in said(app)
    elif name == "staying" and view["compare"] == "previous":
        assert texts("filter.compare.same") in said(app)
    else:
        assert texts("filter.compare.that", what="").strip() in said(app)


def test_both_sides_show_the_numbers_of_their_own_days(the_sample):
    app = open_app("churn", compare="previous", first_day="2026-07-01", last_day="2026-09-30")
    told = said(app)
    assert "1 July 2026 to 30 September 2026" in told
    assert "1 April 2026 to 30 June 2026" in told
    before = the_sample.ask("member_churn", Filters(first_day=date(2026, 4, 1), last_day=date(2026, 6, 30)))
    newest = before.iloc[-1]
    assert f"{int(newest.churned)} of {int(newest.active):,}" in told
    assert pd.Timestamp(newest.period_start) == pd.Timestamp(2026, 6, 1)
