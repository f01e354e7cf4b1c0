"""Renewals of long plans, monthly and long plans apart, and the loss before the first renewal, typed by hand."""

import pandas as pd
import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription

YEARLY = {"plan": "Annual", "interval_unit": "year", "price": 120.0}
HALF = {"plan": "Half", "interval_unit": "month", "interval_count": 6, "price": 60.0}


def renewals(warehouse, **filters):
    """month → (due, not renewed, mid-term) of the months with anything in them."""
    answer = warehouse.ask("renewal_churn", Filters(**filters))
    return {
        f"{row.period_start:%Y-%m}": (row.due, row.not_renewed, row.mid_term)
        for row in answer.itertuples()
        if row.due or row.mid_term
    }


def early(warehouse, **filters):
    """(month, term) → (joined, zero day, first period)."""
    answer = warehouse.ask("early_loss", Filters(**filters))
    return {
        (f"{row.period_start:%Y-%m}", row.term): (
            row.joined, row.zero_day, None if pd.isna(row.first_period) else row.first_period)
        for row in answer.itertuples()
    }


def test_a_yearly_plan_is_due_every_twelve_months_while_it_runs(typed):
    data = typed(subscriptions=[subscription("a", "2022-05-10", **YEARLY)], as_of="2025-04-30")
    assert renewals(data) == {"2023-05": (1, 0, 0), "2024-05": (1, 0, 0)}


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2024-05-10", {"2024-05": (1, 1, 0)}),
        ("2024-05-24", {"2024-05": (1, 1, 0)}),
        ("2024-05-25", {"2024-05": (1, 0, 1)}),
        ("2024-05-09", {"2024-05": (0, 0, 1)}),
    ],
)
def test_not_renewed_is_an_end_on_the_due_day_or_within_the_grace_time(typed, end, expected):
    data = typed(subscriptions=[subscription("a", "2023-05-10", end, **YEARLY)], as_of="2025-04-30")
    assert renewals(data) == expected


def test_who_is_back_within_grace_and_who_switches_at_the_due_day_has_renewed(typed):
    data = typed(
        subscriptions=[
            subscription("back", "2023-05-10", "2024-05-10", **YEARLY),
            subscription("back", "2024-05-24", **YEARLY),
            subscription("switch", "2023-05-10", "2024-05-10", **YEARLY),
            subscription("switch", "2024-05-10"),
            subscription("returns later", "2023-05-10", "2024-05-10", **YEARLY),
            subscription("returns later", "2024-05-25", **YEARLY),
        ],
        as_of="2024-12-31",
    )
    assert renewals(data) == {"2024-05": (3, 1, 0)}


def test_half_yearly_and_two_yearly_terms_are_long_and_quarters_are_not(typed):
    data = typed(
        subscriptions=[
            subscription("half", "2024-01-31", "2024-07-31", **HALF),
            subscription("two years", "2022-02-28", **YEARLY | {"interval_count": 2}),
            subscription("quarter", "2024-01-01", "2024-04-01", interval_count=3),
            subscription("weeks", "2024-01-01", interval_unit="week", interval_count=26),
        ],
        as_of="2024-12-31",
    )
    assert renewals(data) == {"2024-02": (1, 0, 0), "2024-07": (2, 1, 0), "2024-12": (1, 0, 0)}


def test_the_leap_day_is_due_on_the_last_of_february(typed):
    data = typed(subscriptions=[subscription("a", "2024-02-29", "2025-03-01", **YEARLY)], as_of="2025-06-30")
    assert renewals(data) == {"2025-02": (1, 1, 0)}


def test_a_trial_is_not_part_of_the_first_term(typed):
    data = typed(
        subscriptions=[subscription("a", "2024-01-20", trial_ends_on="2024-02-03", **YEARLY)], as_of="2025-04-30"
    )
    assert renewals(data) == {"2025-02": (1, 0, 0)}


def test_a_renewal_settles_when_its_grace_time_is_over(typed):
    data = typed(subscriptions=[subscription("a", "2024-02-10", **YEARLY)], as_of="2025-03-13")
    february = data.ask("renewal_churn").set_index("period_start").loc["2025-02-01"]
    assert (february.state, f"{february.settles_on:%Y-%m-%d}") == ("settling", "2025-03-14")


def test_a_month_without_a_renewal_has_no_rate(typed):
    answer = typed(subscriptions=[subscription("a", "2025-01-01")], as_of="2025-03-31").ask("renewal_churn")
    assert answer.renewal_rate.isna().all()
    assert set(answer.signal) == {"empty"}


def test_monthly_and_long_plans_stand_apart_and_add_up(typed):
    data = typed(
        subscriptions=[
            subscription("m1", "2025-01-01", "2025-02-10"),
            subscription("m2", "2025-01-01"),
            subscription("q", "2025-01-01", interval_count=3),
            subscription("y", "2024-02-10", "2025-02-10", **YEARLY),
            subscription("h", "2025-01-01", **HALF),
            subscription("?", "2025-01-01", interval_unit=None, interval_count=None),
        ],
        as_of="2025-03-31",
    )
    answer = data.ask("churn_by_term")
    february = answer[answer.period_start == "2025-02-01"].set_index("term")
    assert {term: (row.active, row.churned) for term, row in february.iterrows()} == {
        "short": (3, 1),
        "long": (2, 1),
        "not_told": (1, 0),
    }
    headline = data.ask("member_churn").set_index("period_start")
    summed = answer.groupby("period_start")[["active", "churned"]].sum()
    assert (summed.active == headline.active).all()
    assert (summed.churned == headline.churned).all()


def test_who_leaves_by_the_first_due_day_is_lost_in_the_first_period(typed):
    data = typed(
        subscriptions=[
            subscription("same day", "2025-01-31", "2025-01-31"),
            subscription("on the due day", "2025-01-31", "2025-02-28"),
            subscription("a day later", "2025-01-31", "2025-03-01"),
            subscription("stays", "2025-01-05"),
            subscription("yearly", "2025-01-05", "2025-11-01", **YEARLY),
        ],
        as_of="2025-12-31",
    )
    # the yearly one left, but its first due day has not come: of nobody is known yet whether it is reached
    assert early(data) == {("2025-01", "short"): (4, 1, 2), ("2025-01", "long"): (1, 0, None)}
    answer = data.ask("early_loss").set_index("term")
    assert answer.loc["short", "first_period_rate"] == 0.5
    assert answer.state.to_dict() == {"short": "settled", "long": "settling"}
    assert f"{answer.loc['long', 'settles_on']:%Y-%m-%d}" == "2026-01-19"


def test_a_second_membership_is_no_joining(typed):
    data = typed(
        subscriptions=[subscription("a", "2025-01-05", "2025-02-05"), subscription("a", "2025-06-05")],
        as_of="2025-12-31",
    )
    assert early(data) == {("2025-01", "short"): (1, 0, 1)}


def test_without_a_term_there_is_no_first_due_day_but_a_first_day(typed):
    data = typed(subscriptions=[subscription("a", "2025-01-05", "2025-01-05", interval_unit=None)], as_of="2025-12-31")
    row = data.ask("early_loss").iloc[0]
    assert (row.term, row.zero_day, row.zero_day_rate) == ("not_told", 1, 1)
    assert row[["first_period", "first_period_rate"]].isna().all()


@pytest.mark.parametrize(("unit", "count", "term", "due"), [
    ("week", 4, "short", "2025-01-29"), ("month", 2, "short", "2025-03-01"), ("day", 30, "short", "2025-01-31"),
    ("week", 26, "long", "2025-07-02"), ("year", 2, "long", "2027-01-01"), ("day", 365, "long", "2026-01-01"),
])
def test_every_term_that_the_file_tells_is_long_or_short_and_has_a_due_day(typed, unit, count, term, due):
    rows = [subscription("a", "2025-01-01", due, interval_unit=unit, interval_count=count),
            subscription("b", "2025-01-01", interval_unit=unit, interval_count=count)]
    data = typed(subscriptions=rows, as_of="2028-12-31")
    assert data.ask("churn_by_term").term.unique().tolist() == [term]
    lost = data.ask("early_loss").iloc[0]
    assert (lost.term, lost.joined, lost.first_period) == (term, 2, 1)
