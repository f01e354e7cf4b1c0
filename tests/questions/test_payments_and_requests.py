"""Payment recovery and cancel requests against cases typed by hand."""

import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription


def charge(member, at, status, subscription_id=None):
    return {"member_id": member, "subscription_id": subscription_id, "paid_at": at, "amount": 10.0, "status": status}


def recovered(warehouse, **filters):
    """month → (failed, recovered)."""
    answer = warehouse.ask("payment_recovery", Filters(**filters))
    return {f"{row.period_start:%Y-%m}": (row.failed, row.recovered) for row in answer.itertuples()}


@pytest.fixture
def members():
    return [subscription("a", "2025-01-01"), subscription("b", "2025-01-01", plan="Coach")]


def test_a_failed_charge_is_recovered_by_a_paid_one_within_thirty_days(typed, members):
    data = typed(
        subscriptions=members,
        payments=[
            charge("a", "2025-02-01 04:00", "failed"),
            charge("a", "2025-03-03 04:00", "paid"),
            charge("b", "2025-02-01 04:00", "failed"),
            charge("b", "2025-03-03 04:01", "paid"),
        ],
        as_of="2025-06-30",
    )
    assert recovered(data) == {"2025-02": (2, 1)}


def test_a_payment_of_another_member_or_another_subscription_or_one_before_recovers_nothing(typed, members):
    data = typed(
        subscriptions=members,
        payments=[
            charge("a", "2025-02-01", "paid", "s1"),
            charge("a", "2025-02-02", "failed", "s1"),
            charge("a", "2025-02-03", "paid", "s2"),
            charge("b", "2025-02-03", "paid", "s1"),
            charge("a", "2025-02-04", "pending", "s1"),
            charge("a", "2025-02-05", "refunded", "s1"),
        ],
        as_of="2025-06-30",
    )
    assert recovered(data) == {"2025-02": (1, 0)}


def test_where_one_of_the_two_names_no_subscription_the_member_decides(typed, members):
    data = typed(
        subscriptions=members,
        payments=[
            charge("a", "2025-02-02", "failed", "s1"),
            charge("a", "2025-02-03", "paid"),
            charge("b", "2025-02-02", "failed"),
            charge("b", "2025-02-03", "paid", "s9"),
        ],
        as_of="2025-06-30",
    )
    assert recovered(data) == {"2025-02": (2, 2)}


def test_files_without_a_time_of_day_may_fail_and_pay_on_one_day(typed, members):
    data = typed(
        subscriptions=members,
        payments=[
            charge("a", "2025-02-02", "failed"),
            charge("a", "2025-02-02", "failed"),
            charge("a", "2025-02-02", "paid"),
        ],
        as_of="2025-06-30",
    )
    assert recovered(data) == {"2025-02": (2, 2)}


@pytest.mark.parametrize(
    ("as_of", "state"), [("2025-03-29", "settling"), ("2025-03-30", "settled"), ("2025-02-20", "running")]
)
def test_it_settles_thirty_days_after_the_period(typed, members, as_of, state):
    data = typed(subscriptions=members, payments=[charge("a", "2025-02-02", "failed")], as_of=as_of)
    row = data.ask("payment_recovery").iloc[0]
    assert (row.state, f"{row.settles_on:%Y-%m-%d}") == (state, "2025-03-30")


def test_a_failed_charge_counts_for_the_plan_held_that_day(typed, members):
    data = typed(
        subscriptions=members,
        payments=[
            charge("a", "2025-02-02", "failed"),
            charge("b", "2025-02-02", "failed"),
            charge("b", "2025-02-05", "paid"),
        ],
        as_of="2025-06-30",
    )
    assert recovered(data, plan=("Coach",)) == {"2025-02": (1, 1)}


def test_without_payments_there_is_nothing_and_a_month_between_without_failures_has_no_rate(typed, members):
    assert typed(subscriptions=members, as_of="2025-06-30").ask("payment_recovery").empty
    data = typed(
        subscriptions=members,
        payments=[charge("a", "2025-02-02", "failed"), charge("a", "2025-04-02", "failed")],
        as_of="2025-06-30",
    )
    march = data.ask("payment_recovery").set_index("period_start").loc["2025-03-01"]
    assert (march.failed, march.signal) == (0, "empty")


def test_a_member_who_asks_twice_in_a_month_counts_once_and_a_stranger_never(typed, members):
    data = typed(
        subscriptions=members,
        cancellations=[
            {"member_id": "a", "requested_at": "2025-02-01 09:00"},
            {"member_id": "a", "requested_at": "2025-02-20 09:00"},
            {"member_id": "a", "requested_at": "2025-03-20 09:00"},
            {"member_id": "nobody", "requested_at": "2025-02-20 09:00"},
            {"member_id": "b", "requested_at": "2024-02-20 09:00"},
        ],
        as_of="2025-04-10",
    )
    answer = data.ask("cancel_requests")
    assert [(f"{row.period_start:%Y-%m}", row.asked, row.active, row.state) for row in answer.itertuples()] == [
        ("2025-02", 1, 2, "settled"),
        ("2025-03", 1, 2, "settled"),
        ("2025-04", 0, 2, "running"),
    ]
    assert answer.request_rate.tolist() == [0.5, 0.5, 0.0]


def test_who_has_left_since_is_counted_beside_the_requests(typed):
    data = typed(
        subscriptions=[subscription("a", "2025-01-01", "2025-03-20"), subscription("b", "2025-01-01")],
        cancellations=[{"member_id": who, "requested_at": "2025-02-01"} for who in ("a", "b")],
        as_of="2025-04-30",
    )
    first = data.ask("cancel_requests").iloc[0]
    assert (first.asked, first.left_by_now) == (2, 1)


def test_without_requests_there_is_nothing(typed, members):
    assert typed(subscriptions=members).ask("cancel_requests").empty


def test_marked_steps_reach_every_course(typed, members):
    data = typed(
        subscriptions=members,
        as_of="2025-04-30",
        payments=[charge("a", "2025-02-02", "failed")],
        cancellations=[{"member_id": "a", "requested_at": "2025-02-01"}],
    )
    for name in ("member_churn", "cancel_requests", "renewal_churn", "payment_recovery"):
        answer = data.ask(name, Filters(step=("2025-02-14", "2025-02-20"))).set_index("period_start")
        assert f"{answer.step_on['2025-02-01']:%Y-%m-%d}" == "2025-02-20", name
        assert answer.step_on.notna().sum() == 1
