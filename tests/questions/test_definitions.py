"""Every definition of churn against cases typed by hand, and what lies between any two of them."""

import itertools
from datetime import date

import pytest

from retention.filters import DEFINITIONS, Filters
from tests.questions.conftest import subscription

FEBRUARY = date(2025, 2, 1)
YEARLY = {"plan": "Annual", "interval_unit": "year", "price": 120.0}


@pytest.fixture
def club(typed):
    """February 2025 with one of each kind; ten members at its start."""
    return typed(
        subscriptions=[
            *[subscription(f"stays{n}", "2025-01-01") for n in range(5)],
            subscription("leaves", "2025-01-01", "2025-02-10"),
            subscription("asked in january", "2025-01-01", "2025-02-15"),
            subscription("back", "2025-01-01", "2025-02-02"),
            subscription("back", "2025-02-20"),
            subscription("twice", "2025-01-01", "2025-02-03"),
            subscription("twice", "2025-02-10", "2025-02-24"),
            subscription("not renewed", "2024-02-05", "2025-02-05", **YEARLY),
            subscription("within", "2025-02-05", "2025-02-12"),
            subscription("joined", "2025-02-05"),
        ],
        cancellations=[
            {"member_id": "leaves", "requested_at": "2025-02-01 10:00"},
            {"member_id": "leaves", "requested_at": "2025-02-03 10:00"},
            {"member_id": "asked in january", "requested_at": "2025-01-20 10:00"},
            {"member_id": "stays0", "requested_at": "2025-02-20 10:00"},
            {"member_id": "nobody", "requested_at": "2025-02-20 10:00"},
        ],
        as_of="2025-04-30",
        grace_days=3,
    )


def values(warehouse, day="2025-02-01", **filters):
    answer = warehouse.ask("churn_definitions", Filters(**filters))
    return answer[answer.period_start == day].set_index("definition")


def bridge(warehouse, one, other, **filters):
    return warehouse.ask("definition_bridge", Filters(definition=one, against=other, period=FEBRUARY, **filters))


def test_each_definition_counts_and_divides_as_its_formula_says(club):
    found = values(club)
    assert {name: (row.numerator, row.denominator) for name, row in found.iterrows() if name != "daily_sum_churn"} == {
        "member_churn": (4, 10),
        "churn_events": (7, 10),
        "churn_with_newcomers": (7, 12),
        "churn_hazard": (7, pytest.approx(found.denominator["churn_hazard"])),
        "cancel_requests": (2, 10),
        "net_churn": (5, 10),
        "renewal_churn": (1, 1),
    }
    assert found.value["member_churn"] == 0.4
    assert found.value["churn_with_newcomers"] == pytest.approx(7 / 12)


def test_member_days_and_days_at_risk_are_counted_by_hand(typed):
    data = typed(
        subscriptions=[
            subscription("a", "2025-01-31", "2025-02-03"),
            subscription("b", "2025-01-31", "2025-02-05"),
            subscription("c", "2025-02-04"),
        ],
        as_of="2025-03-31",
    )
    found = values(data)
    # a: 1 and 2 February; b: 1 to 4; c: 4 to 28
    assert found.denominator["churn_hazard"] == pytest.approx((2 + 4 + 25) / 30)
    assert found.value["churn_hazard"] == pytest.approx(30 * 2 / 31)
    # on the 3rd one of two goes, on the 5th one of two
    assert found.value["daily_sum_churn"] == pytest.approx(1 / 2 + 1 / 2)


def test_every_bridge_between_two_definitions_adds_up_exactly(club):
    for one, other in itertools.permutations(DEFINITIONS, 2):
        steps = bridge(club, one, other)
        assert (steps.step.iloc[0], steps.step.iloc[-1]) == ("one", "other")
        inner = steps.iloc[1:-1]
        assert steps.value.iloc[0] + inner.value.sum() == pytest.approx(steps.value.iloc[-1], abs=1e-12), (one, other)
        assert steps.counted.iloc[0] + inner.counted.sum() == steps.counted.iloc[-1], (one, other)
        assert steps.level.iloc[-2] == pytest.approx(steps.value.iloc[-1], abs=1e-12)


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ("member_churn", "churn_events", {"back_by_end": 1, "joined_and_left": 1, "left_again": 1}),
        ("churn_events", "net_churn", {"returned": -2}),
        ("churn_events", "churn_with_newcomers", {}),
        ("member_churn", "cancel_requests", {"asked_before": -1, "left_unasked": -2, "asked_still_here": 1}),
        ("member_churn", "renewal_churn", {"short_term": -3}),
    ],
)
def test_the_kinds_tell_why_two_definitions_differ(club, one, other, kinds):
    steps = bridge(club, one, other)
    events = steps[steps.step == "events"]
    assert dict(zip(events.kind, events.counted, strict=True)) == kinds


def test_the_members_who_make_the_difference_are_named(club):
    found = club.ask("definition_members", Filters(definition="member_churn", against="churn_events", period=FEBRUARY))
    assert [(row.kind, row.name, row.in_one, row.in_other) for row in found.itertuples()] == [
        ("back_by_end", "back", 0, 1),
        ("joined_and_left", "within", 0, 1),
        ("left_again", "twice", 0, 1),
    ]


def test_a_definition_does_not_differ_from_itself(club):
    assert bridge(club, "member_churn", "member_churn").step.tolist() == ["one", "other"]


def test_a_request_whose_access_runs_on_is_left_later(typed):
    data = typed(
        subscriptions=[subscription("a", "2025-01-01", "2025-03-20"), subscription("b", "2025-01-01")],
        cancellations=[{"member_id": "a", "requested_at": "2025-02-28 23:00"}],
        as_of="2025-04-30",
    )
    steps = bridge(data, "member_churn", "cancel_requests")
    assert steps[steps.step == "events"].kind.tolist() == ["asked_left_later"]


def test_a_renewal_due_at_the_end_and_left_in_the_next_month_is_told(typed):
    data = typed(
        subscriptions=[
            subscription("a", "2024-02-25", "2025-03-01", **YEARLY),
            subscription("b", "2024-02-01", **YEARLY),
            subscription("c", "2024-05-05", "2025-02-14", **YEARLY),
            subscription("d", "2024-01-25", "2025-02-02", **YEARLY),
        ],
        as_of="2025-06-30",
    )
    steps = bridge(data, "member_churn", "renewal_churn")
    events = steps[steps.step == "events"]
    assert dict(zip(events.kind, events.counted, strict=True)) == {
        "due_before": -1,
        "mid_term": -1,
        "not_renewed_left_later": 1,
    }


def test_with_a_plan_chosen_a_switch_before_leaving_makes_the_difference(typed):
    data = typed(
        subscriptions=[
            subscription("a", "2025-01-01", "2025-02-10"),
            subscription("a", "2025-02-10", "2025-02-20", plan="Coach"),
            subscription("b", "2025-01-01"),
        ],
        as_of="2025-04-30",
    )
    steps = bridge(data, "member_churn", "churn_events", plan=("Monthly",))
    events = steps[steps.step == "events"]
    assert dict(zip(events.kind, events.counted, strict=True)) == {"switched_then_left": -1}


def test_without_requests_and_long_plans_those_definitions_have_no_value(typed):
    found = values(typed(subscriptions=[subscription("a", "2025-01-01")], as_of="2025-03-31"))
    assert found.value.isna().to_dict() == {name: name in ("cancel_requests", "renewal_churn") for name in DEFINITIONS}


def test_more_returns_than_leavers_give_a_net_churn_below_zero(typed):
    data = typed(
        subscriptions=[
            subscription("a", "2024-10-01", "2024-11-01"),
            subscription("a", "2025-02-03"),
            subscription("b", "2025-01-01"),
        ],
        as_of="2025-04-30",
    )
    assert values(data).value["net_churn"] == -1


def test_shares_have_wilson_and_events_poisson_intervals(typed):
    data = typed(
        subscriptions=[subscription(f"m{n}", "2025-01-01", "2025-02-10" if n < 5 else None) for n in range(100)],
        as_of="2025-04-30",
    )
    found = values(data)
    assert (round(found.low["member_churn"], 3), round(found.high["member_churn"], 3)) == (0.022, 0.112)
    # the exact Poisson interval of 5 is 1.623 to 11.668; Byar comes within 1 %
    assert found.low["churn_events"] * 100 == pytest.approx(1.623, rel=0.02)
    assert found.high["churn_events"] * 100 == pytest.approx(11.668, rel=0.01)


def test_definitions_stand_by_their_distance_from_another_tools_number(club):
    found = club.ask("definition_nearest", Filters(told=68.0, first_day=FEBRUARY, last_day=FEBRUARY))
    assert found.definition.tolist()[:3] == ["churn_events", "churn_with_newcomers", "daily_sum_churn"]
    assert found.inside[0]
    assert not found.rounds.any()
    assert found.distance.tolist()[:2] == pytest.approx([0.02, 7 / 12 - 0.68])
    assert found.distance.abs().is_monotonic_increasing
    assert club.ask("definition_nearest").empty


@pytest.mark.parametrize(
    ("told", "says_so"),
    [
        (58.3, ["churn_with_newcomers"]),  # 7 of 12 is 58.333… %
        (58.33, ["churn_with_newcomers"]),
        (58.34, []),
        (40.0, ["member_churn"]),
        (40.04, []),
        (20, ["cancel_requests"]),
    ],
)
def test_a_definition_says_the_same_where_it_rounds_to_the_number_typed(club, told, says_so):
    found = club.ask("definition_nearest", Filters(told=told, first_day=FEBRUARY, last_day=FEBRUARY))
    assert found[found.rounds].definition.tolist() == says_so


def test_one_day_of_data_one_member_and_an_empty_choice_raise_nothing(typed):
    day = typed(subscriptions=[subscription("a", "2025-03-31", "2025-03-31")], as_of="2025-03-31")
    assert values(day, "2025-03-01").numerator["churn_events"] == 1
    assert values(day, "2025-03-01").value.isna()["member_churn"]
    assert values(day, "2025-03-01", plan=("none of these",)).numerator["churn_events"] == 0


def test_the_default_period_is_the_newest_settled_one(club):
    steps = club.ask("definition_bridge")
    assert f"{steps.period_start.iloc[0]:%Y-%m}" == "2025-03"
    assert club.ask("periods").state.tolist()[:2] == ["settling", "settled"]
