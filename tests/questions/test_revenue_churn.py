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


def test_a_pause_takes_the_amount_away_for_as_long_as_it_lasts(typed):
    data = typed(
        subscriptions=[subscription("pauses", "2025-01-01"), subscription("b", "2025-01-01")],
        pauses=[{"member_id": "pauses", "paused_on": "2025-02-10", "resumed_on": "2025-04-20"}],
        as_of="2025-06-30",
    )
    assert [month(data, f"2025-0{n}-01").mrr_at_start for n in (2, 3, 4, 5, 6)] == [20, 10, 10, 20, 20]
    march = data.ask("mrr_bridge", Filters(period=date(2025, 2, 1))).set_index("movement").amount
    assert march[["start", "contraction", "end"]].tolist() == [20, -10, 10]


def test_a_pause_of_which_no_day_is_told_changes_nothing_that_was(typed):
    data = typed(
        subscriptions=[subscription("paused", "2025-01-01", status="paused"), subscription("b", "2025-01-01")],
        as_of="2025-03-31",
    )
    assert month(data, "2025-02-01").mrr_at_start == 20


def test_a_paused_member_who_left_takes_along_what_was_paid(typed):
    gone = subscription("gone", "2025-01-01", "2025-02-20", status="paused")
    data = typed(subscriptions=[gone, subscription("b", "2025-01-01")], as_of="2025-06-30")
    assert month(data, "2025-02-01")[["mrr_at_start", "mrr_lost"]].tolist() == [20, 10]


def test_a_subscription_of_no_length_stands_for_nothing_beside_one_with_length(typed):
    """a switched on the first day; c tried Pro for no time at all, in the middle of Basic."""
    pro = {"plan": "Pro", "price": 30.0}
    data = typed(
        subscriptions=[
            subscription("a", "2025-01-01", "2025-01-01", **pro), subscription("a", "2025-01-01", plan="Basic"),
            subscription("b", "2025-01-01", plan="Basic"),
            subscription("c", "2025-01-01", plan="Basic"), subscription("c", "2025-02-10", "2025-02-10", **pro),
        ],
        as_of="2025-06-30",
    )
    assert [month(data, f"2025-0{n}-01").mrr_at_start for n in (2, 3, 4)] == [30, 30, 30]
    assert set(bridge(data, period=date(2025, 2, 1))) & {"expansion", "contraction"} == set()
    assert data.ask("member_churn", Filters(plan=("Pro",))).active.max() == 0


def test_somebody_who_joined_and_left_on_one_day_is_there_all_the_same(typed):
    data = typed(subscriptions=[subscription("a", "2025-01-05", "2025-01-05", plan="Pro")], as_of="2025-06-30")
    assert data.ask("survival")[["day", "ended"]].values.tolist() == [[0, 1]]
    assert data.ask("early_loss").zero_day.iloc[0] == 1


EURO, DOLLAR = {"currency": "EUR"}, {"currency": "USD"}


def test_amounts_of_two_currencies_are_never_added(typed):
    rows = [subscription(f"e{n}", "2025-01-01", **EURO) for n in range(3)] + [
        subscription("d", "2025-01-01", price=1000.0, **DOLLAR),
        subscription("gone", "2025-01-01", "2025-02-10", **DOLLAR),
    ]
    data = typed(subscriptions=rows, as_of="2025-06-30")
    february = month(data, "2025-02-01")
    assert (february.active, february.mrr_at_start, february.mrr_lost) == (5, 30, 0)
    extent = data.ask("extent").iloc[0]
    assert (extent.currency, extent.left_out) == ("EUR", 2)


def test_a_rate_that_the_owner_typed_brings_the_other_currency_in_and_a_currency_can_be_chosen(typed):
    rows = [subscription("e", "2025-01-01", **EURO), subscription("d", "2025-01-01", **DOLLAR)]
    data = typed(subscriptions=rows, as_of="2025-06-30", rates=(("USD", 0.9),))
    assert month(data, "2025-02-01").mrr_at_start == pytest.approx(19)
    assert data.ask("extent").left_out.iloc[0] == 0
    dollars = typed(subscriptions=rows, as_of="2025-06-30", currency="USD")
    assert month(dollars, "2025-02-01").mrr_at_start == 10
    assert dollars.ask("extent").currency.iloc[0] == "USD"


def test_a_row_without_a_currency_counts_in_the_one_of_the_others(typed):
    rows = [subscription("e", "2025-01-01", **EURO), subscription("x", "2025-01-01")]
    assert month(typed(subscriptions=rows, as_of="2025-06-30"), "2025-02-01").mrr_at_start == 20
