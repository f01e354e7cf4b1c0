"""Cohorts typed as a triangle: shares on each member's own anniversary, what is not observed blank."""

import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription

# as_of 10 April: January's members have come to month 2 (from the 20th) or 3 (from the 5th), February's to 1 or 2
MEMBERS = [
    subscription("a", "2025-01-05"),
    subscription("b", "2025-01-05", "2025-02-05"),
    subscription("c", "2025-01-20", "2025-02-21"),
    subscription("d", "2025-01-20", "2025-01-20"),
    subscription("e", "2025-02-15", price=30.0),
    subscription("f", "2025-02-05", "2025-02-20"),
    subscription("f", "2025-03-20"),
]


@pytest.fixture
def triangle(typed):
    data = typed(subscriptions=MEMBERS, as_of="2025-04-10")
    return data.ask("cohorts").set_index(["cohort", "age"])


def test_the_triangle(triangle):
    # members there / come so far; b left on the anniversary itself; f was away on 5 March, back on 5 April
    assert [
        [(row.active, row.observed) for row in triangle.loc[cohort].itertuples()]
        for cohort in ("2025-01-01", "2025-02-01")
    ] == [
        [(3, 4), (2, 4), (1, 4), (1, 2)],
        [(2, 2), (1, 2), (1, 1)],
    ]


def test_who_came_back_is_there_but_not_unbroken(triangle):
    assert triangle.loc["2025-02-01"].unbroken.tolist() == [2, 1, 0]


def test_a_cell_that_not_all_have_reached_is_settling_and_says_until_when(triangle):
    cell = triangle.loc[("2025-01-01", 3)]
    assert (cell.state, f"{cell.settles_on:%Y-%m-%d}") == ("settling", "2025-04-30")
    assert cell.share_of_previous != cell.share_of_previous
    assert triangle.loc[("2025-01-01", 2), "state"] == "settled"


def test_shares_of_start_and_of_the_month_before(triangle):
    january = triangle.loc["2025-01-01"]
    assert january.share_of_start.tolist() == [0.75, 0.5, 0.25, 0.5]
    assert january.share_of_previous.tolist()[1:3] == pytest.approx([2 / 3, 1 / 2])


def test_the_mean_is_weighted_by_size_and_of_whole_cohorts(triangle):
    mean = triangle[triangle.index.get_level_values("cohort").isna()]
    assert mean[["active", "observed"]].values.tolist() == [[5, 6], [3, 6], [1, 4]]


def test_revenue_follows_the_members(triangle):
    assert triangle.loc["2025-02-01"].mrr.tolist() == [40, 30, 10]
    assert triangle.loc[("2025-02-01", 1), "mrr_of_start"] == 0.75


def test_the_31st_has_its_anniversary_on_the_last_day_of_a_shorter_month(typed):
    data = typed(
        subscriptions=[subscription("a", "2024-01-31", "2024-02-29"), subscription("b", "2024-01-31", "2024-03-01")],
        as_of="2024-12-31",
    )
    assert data.ask("cohorts").set_index(["cohort", "age"]).loc[("2024-01-01", 1), "active"] == 1


def test_a_day_before_the_anniversary_nobody_has_come_so_far(typed):
    data = typed(subscriptions=[subscription("a", "2024-01-31")], as_of="2024-02-28")
    assert data.ask("cohorts").age.tolist() == [0, 0]


def test_a_cell_opens_its_members(typed):
    data = typed(subscriptions=MEMBERS, as_of="2025-04-10")
    found = data.ask("cohort_members", Filters(key=("2025-01-01", "1")))
    assert found[["name", "hit"]].values.tolist() == [["a", True], ["c", True], ["b", False], ["d", False]]
    assert data.ask("cohort_members").empty


def test_cohorts_begin_where_leavers_are_in_the_data(typed):
    data = typed(subscriptions=MEMBERS, as_of="2025-04-10", observed_from="2025-02-01")
    assert data.ask("cohorts").cohort.dropna().dt.strftime("%Y-%m").unique().tolist() == ["2025-02"]
