"""Revenue churn and the bridge of the monthly amount against cases typed by hand."""

from datetime import date

import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription


def month(warehouse, day, **filters):
    """The row of the month that begins on `day`."""
    return warehouse.ask("revenue_churn", Filters(**filters)).set_index("period_start").loc[day]


def bridge(warehouse, **filters):
    """movement → (members, amount)."""
    answer = warehouse.ask("mrr_bridge", Filters(**filters))
    return {row.movement: (row.members, row.amount) for row in answer.itertuples()}


@pytest.fixture
def club(typed):
    """In February 2025: one leaves (10), one pays less (30 → 10), one pays more (10 → 25), one stays (50), two come."""
    return typed(
        subscriptions=[
            subscription("leaves", "2025-01-01", "2025-02-10"),
            subscription("less", "2025-01-01", "2025-02-15", price=30.0),
            subscription("less", "2025-02-15"),
            subscription("more", "2025-01-01", "2025-02-20"),
            subscription("more", "2025-02-20", plan="Coach", price=25.0),
            subscription("stays", "2025-01-01", price=50.0),
            subscription("joins", "2025-02-03", price=12.0),
            subscription("returns", "2024-10-01", "2024-11-01", price=99.0),
            subscription("returns", "2025-02-05", price=8.0),
            subscription("within", "2025-02-05", "2025-02-09", price=7.0),
        ],
        as_of="2025-03-31",
        grace_days=14,
    )


def test_gross_counts_losses_and_downgrades_and_net_upgrades_too(club):
    february = month(club, "2025-02-01")
    assert (february.active, february.churned, february.mrr_at_start) == (4, 1, 100)
    assert (february.mrr_lost, february.mrr_downgraded, february.mrr_upgraded, february.mrr_kept) == (10, 20, 15, 85)
    assert (february.churn_rate, february.gross_rate) == (0.25, 0.30)
    assert february.net_rate == pytest.approx(0.15)


def test_a_return_and_a_newcomer_are_in_no_rate_but_in_the_bridge(club):
    found = bridge(club, period=date(2025, 2, 1))
    assert found == {
        "start": (4, 100),
        "new": (1, 12),
        "returned": (1, 8),
        "expansion": (1, 15),
        "contraction": (1, -20),
        "lost": (1, -10),
        "end": (5, 105),
    }


def test_a_plan_sees_its_members_come_and_go_but_rates_follow_them(club):
    found = bridge(club, period=date(2025, 2, 1), plan=("Monthly",))
    assert found["switched_out"] == (1, -10)
    assert found["end"] == (4, 80)
    assert bridge(club, period=date(2025, 2, 1), plan=("Coach",)) == {
        "start": (0, 0),
        "switched_in": (1, 25),
        "end": (1, 25),
    }
    assert month(club, "2025-02-01", plan=("Monthly",)).net_rate == pytest.approx(0.15)


def test_the_range_chosen_is_one_window_in_which_back_and_forth_is_nothing(typed):
    data = typed(
        subscriptions=[
            subscription("a", "2025-01-01", "2025-02-10"),
            subscription("a", "2025-04-10"),
            subscription("b", "2025-01-01", price=20.0),
        ],
        as_of="2025-06-30",
    )
    assert bridge(data, first_day=date(2025, 2, 1), last_day=date(2025, 4, 30)) == {"start": (2, 30), "end": (2, 30)}
    assert bridge(data, first_day=date(2025, 2, 1), last_day=date(2025, 3, 31))["lost"] == (1, -10)


def test_a_yearly_price_is_a_twelfth_a_month_and_back_by_the_end_is_kept(typed):
    data = typed(
        subscriptions=[
            subscription("year", "2025-01-01", plan="Annual", interval_unit="year", price=120.0),
            subscription("back", "2025-01-01", "2025-02-02"),
            subscription("back", "2025-02-20", price=15.0),
        ],
        as_of="2025-03-31",
        grace_days=0,
    )
    february = month(data, "2025-02-01")
    assert (february.mrr_at_start, february.mrr_lost, february.mrr_upgraded) == (20, 0, 5)
    assert february.net_rate == pytest.approx(-0.25)


def test_everybody_leaves_on_one_day_nobody_leaves_and_no_prices(typed):
    data = typed(
        subscriptions=[subscription(f"m{n}", "2025-01-01", "2025-02-10") for n in range(12)], as_of="2025-04-30"
    )
    february = month(data, "2025-02-01")
    assert (february.gross_rate, february.net_rate, february.mrr_kept) == (1, 1, 0)
    assert month(data, "2025-03-01").isna()["gross_rate"]
    still = month(typed(subscriptions=[subscription("a", "2025-01-01")], as_of="2025-03-31"), "2025-02-01")
    assert (still.gross_rate, still.net_rate) == (0, 0)
    assert still.isna()["gross_low"]
    bare = month(typed(subscriptions=[subscription("a", "2025-01-01", price=None)], as_of="2025-03-31"), "2025-02-01")
    assert bare.isna()["gross_rate"]


def test_the_interval_is_that_of_a_ratio_of_sums(typed):
    prices = [10.0, 20.0, 30.0, 40.0, 10.0, 20.0, 30.0, 40.0, 50.0, 50.0]
    data = typed(
        subscriptions=[
            subscription(f"m{n}", "2025-01-01", "2025-02-10" if n < 2 else None, price=price)
            for n, price in enumerate(prices)
        ],
        as_of="2025-03-31",
    )
    lost = [10.0, 20.0] + [0.0] * 8
    ratio = 30 / 300
    error = sum((x - ratio * s) ** 2 for x, s in zip(lost, prices, strict=True)) ** 0.5 / 300
    february = month(data, "2025-02-01")
    assert february.gross_rate == pytest.approx(0.1)
    assert february.gross_high == pytest.approx(0.1 + 1.959963984540054 * error)
    assert february.net_low == pytest.approx(0.1 - 1.959963984540054 * error)


def test_paused_members_pay_nothing_while_their_access_runs(typed):
    data = typed(
        subscriptions=[
            subscription("paused", "2025-01-01", status="paused"),
            subscription("b", "2025-01-01"),
        ],
        as_of="2025-03-31",
    )
    assert month(data, "2025-02-01").mrr_at_start == 10
