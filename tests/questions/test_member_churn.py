"""Member churn against cases typed by hand."""

import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription


def months(warehouse, **filters):
    """period → (active, churned) of the months with anybody in them."""
    answer = warehouse.ask("member_churn", Filters(**filters))
    return {
        f"{row.period_start:%Y-%m}": (int(row.active), int(row.churned))
        for row in answer.itertuples() if row.active or row.churned
    }


def test_a_member_who_leaves_within_the_month_is_churned_in_it(typed):
    data = typed(subscriptions=[subscription("a", "2025-01-10", "2025-03-05"), subscription("b", "2025-01-10")],
                 as_of="2025-04-30")
    assert months(data) == {"2025-02": (2, 0), "2025-03": (2, 1), "2025-04": (1, 0)}


def test_the_first_day_without_access_decides_the_month(typed):
    data = typed(subscriptions=[
        subscription("last day of february was paid", "2025-01-10", "2025-03-01"),
        subscription("last day of february was not", "2025-01-10", "2025-02-28"),
    ], as_of="2025-03-31")
    assert months(data) == {"2025-02": (2, 1), "2025-03": (1, 1)}


def test_who_joined_and_left_in_one_month_was_never_at_risk(typed):
    data = typed(subscriptions=[subscription("a", "2025-03-02", "2025-03-20"), subscription("b", "2025-01-01")],
                 as_of="2025-03-31")
    assert months(data)["2025-03"] == (1, 0)


def test_a_gap_of_grace_days_is_no_leaving_and_one_day_more_is(typed):
    bridged = [subscription("a", "2025-01-01", "2025-02-10"), subscription("a", "2025-02-24")]
    left = [subscription("b", "2025-01-01", "2025-02-10"), subscription("b", "2025-02-25", "2025-02-26")]
    data = typed(subscriptions=bridged + left, as_of="2025-03-31")
    assert months(data)["2025-02"] == (2, 1)
    assert data.ask("extent").returns.iloc[0] == 1


def test_a_member_who_is_back_by_the_end_of_the_month_is_not_churned_but_named(typed):
    data = typed(subscriptions=[subscription("a", "2025-01-01", "2025-02-03"), subscription("a", "2025-02-20")],
                 as_of="2025-03-31", grace_days=0)
    assert months(data)["2025-02"] == (1, 0)
    gone = data.ask("churned_members")
    assert gone[["name", "back"]].values.tolist() == [["a", True]]


def test_back_and_gone_again_within_the_month_is_churned(typed):
    data = typed(subscriptions=[
        subscription("a", "2025-01-01", "2025-02-03"), subscription("a", "2025-02-10", "2025-02-20"),
    ], as_of="2025-03-31", grace_days=0)
    assert months(data)["2025-02"] == (1, 1)


def test_overlapping_subscriptions_are_one_member_and_one_spell(typed):
    data = typed(subscriptions=[
        subscription("a", "2025-01-01", "2025-03-10"), subscription("a", "2025-02-01", "2025-04-05", plan="Coach"),
    ], as_of="2025-04-30")
    assert months(data) == {"2025-02": (1, 0), "2025-03": (1, 0), "2025-04": (1, 1)}


def test_a_change_of_plan_is_no_churn_and_counts_for_the_plan_held_when_the_period_began(typed):
    data = typed(subscriptions=[
        subscription("a", "2025-01-01", "2025-02-10"),
        subscription("a", "2025-02-10", "2025-02-25", plan="Annual", interval_unit="year", price=100.0),
    ], as_of="2025-03-31")
    assert months(data) == {"2025-02": (1, 1)}
    assert months(data, plan=("Monthly",)) == {"2025-02": (1, 1)}
    assert months(data, plan=("Annual",)) == {}


def test_splitting_by_plan_and_adding_gives_the_whole(typed):
    data = typed(subscriptions=[
        subscription("a", "2025-01-01", "2025-03-10"),
        subscription("a", "2025-03-10", "2025-05-20", plan="Annual"),
        subscription("b", "2025-01-05", "2025-02-20", plan="Annual"),
        subscription("c", "2025-01-05", plan="Annual"),
    ], as_of="2025-06-30")
    parts = [data.ask("member_churn", Filters(plan=(plan,))) for plan in ("Monthly", "Annual")]
    whole = data.ask("member_churn")
    assert (parts[0].active + parts[1].active).tolist() == whole.active.tolist()
    assert (parts[0].churned + parts[1].churned).tolist() == whole.churned.tolist()


def test_the_causes_add_up_to_the_headline_and_a_cause_filter_keeps_the_base(typed):
    data = typed(subscriptions=[
        subscription("a", "2025-01-01", "2025-02-10", cause="voluntary"),
        subscription("b", "2025-01-01", "2025-02-11", cause="involuntary"),
        subscription("c", "2025-01-01", "2025-02-12", cause=None),
        subscription("d", "2025-01-01"),
    ], as_of="2025-03-31")
    february = data.ask("member_churn").set_index("period_start").loc["2025-02-01"]
    assert [february.voluntary, february.involuntary, february.unknown, february.churned] == [1, 1, 1, 3]
    assert months(data, cause=("involuntary",))["2025-02"] == (4, 1)


def test_nobody_leaves_everybody_leaves_and_an_empty_month_has_no_rate(typed):
    data = typed(subscriptions=[subscription("a", "2025-01-01", "2025-02-10")], as_of="2025-04-30")
    answer = data.ask("member_churn").set_index("period_start")
    assert answer.loc["2025-02-01", "churn_rate"] == 1.0
    assert answer.loc["2025-03-01", "active"] == 0
    assert answer.loc["2025-03-01"].isna()["churn_rate"]
    assert answer.loc["2025-03-01", "signal"] == "empty"


def test_leap_day_and_month_end_fall_into_their_month(typed):
    data = typed(subscriptions=[
        subscription("a", "2024-01-31", "2024-02-29"), subscription("b", "2024-01-31", "2024-03-31"),
    ], as_of="2024-04-30")
    assert months(data) == {"2024-02": (2, 1), "2024-03": (1, 1)}


def test_trials_free_lifetime_never_paid_and_undated_ends_are_in_no_denominator(typed):
    data = typed(subscriptions=[
        subscription("trial", "2025-01-01", status="trialing"),
        subscription("left in trial", "2025-01-01", "2025-01-10", trial_ends_on="2025-01-15"),
        subscription("free", "2025-01-01", price=0.0),
        subscription("lifetime", "2025-01-01", interval_unit="lifetime"),
        subscription("refused", "2025-01-01", status="never_paid"),
        subscription("over, day unknown", "2025-01-01", status="cancelled"),
        subscription("paid", "2025-01-01"),
    ], as_of="2025-03-31")
    assert months(data) == {"2025-02": (1, 0), "2025-03": (1, 0)}
    assert data.ask("extent").not_counted.iloc[0] == 6


def test_a_spell_starts_on_the_first_paid_day_after_the_trial(typed):
    data = typed(subscriptions=[subscription("a", "2025-01-25", trial_ends_on="2025-02-08")], as_of="2025-03-31")
    assert months(data) == {"2025-03": (1, 0)}


@pytest.mark.parametrize(("as_of", "state"), [
    ("2025-02-20", "running"), ("2025-03-13", "settling"), ("2025-03-14", "settled"),
])
def test_a_month_runs_then_settles_when_the_grace_time_is_over(typed, as_of, state):
    data = typed(subscriptions=[subscription("a", "2025-01-01")], as_of=as_of)
    february = data.ask("member_churn").set_index("period_start").loc["2025-02-01"]
    assert february.state == state
    assert f"{february.settles_on:%Y-%m-%d}" == "2025-03-14"


def test_wilson_intervals_are_the_published_ones(typed):
    data = typed(subscriptions=[
        subscription(f"m{n}", "2025-01-01", "2025-02-10" if n < 5 else None) for n in range(100)
    ], as_of="2025-02-28")
    february = data.ask("member_churn").set_index("period_start").loc["2025-02-01"]
    assert february.churn_rate == 0.05
    assert (round(february.low, 3), round(february.high, 3)) == (0.022, 0.112)


def test_the_days_of_an_end_after_as_of_have_not_happened(typed):
    data = typed(subscriptions=[subscription("a", "2025-01-01", "2025-06-01")], as_of="2025-03-31")
    assert data.ask("extent").active.iloc[0] == 1
    assert data.ask("extent").leavers.iloc[0] == 0
