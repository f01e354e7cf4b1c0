"""Lifetime value, the forecast of today's members and the worth of a point: hand-typed, and held against simulation."""

from datetime import date, timedelta

import numpy as np
import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription

AS_OF = date(2025, 12, 31)


def since(days, number, lasted=None, **more):
    begun = AS_OF - timedelta(days)
    return subscription(f"m{number:03}", str(begun), str(begun + timedelta(lasted)) if lasted else None, **more)


def test_value_is_price_times_the_months_that_a_new_member_stays(typed):
    # of 20, five leave on day 45 and five on day 100: in months 0 and 1 all pay, in 2 and 3 three quarters, then half
    rows = [since(400, n, 45) for n in range(5)] + [since(400, n, 100) for n in range(5, 10)]
    rows += [since(400, n) for n in range(10, 20)]
    found = typed(subscriptions=rows, as_of=str(AS_OF)).ask("lifetime_value").set_index("horizon")
    assert found.loc[12, "months"] == pytest.approx(2 * 1 + 2 * 0.75 + 8 * 0.5)
    assert found.loc[12, "value"] == pytest.approx(75)
    # without censoring the months of each member vary as they do: 2, 4 or 12 months
    months = np.array([2] * 5 + [4] * 5 + [12] * 10)
    assert found.loc[12, "high"] - found.loc[12, "value"] == pytest.approx(
        1.959963984540054 * 10 * months.std() / 20**0.5
    )
    assert found.loc[24, "value"] != found.loc[24, "value"], "nobody was observed for 24 months"
    assert found.loc[12, "followed"] == 13


def test_mrr_over_churn_stands_beside_it(typed):
    rows = [since(365, n, 73) for n in range(5)] + [since(365, n) for n in range(5, 15)]
    found = typed(subscriptions=rows, as_of=str(AS_OF)).ask("lifetime_value")
    assert found.by_formula.iloc[0] == pytest.approx(10 / (5 / ((5 * 73 + 10 * 365) / (365 / 12))))


def test_todays_members_remain_as_those_before_them_did(typed):
    # all 40 who came long ago: half left on day 200, so each of today's ten, 190 days old, stays with one half
    rows = [since(900, n, 200) for n in range(20)] + [since(900, n, 900 - 1) for n in range(20, 40)]
    rows += [since(190, n) for n in range(40, 50)]
    found = typed(subscriptions=rows, as_of=str(AS_OF)).ask("forecast").set_index("months_ahead")
    assert found.members.tolist()[:4] == pytest.approx([10, 5, 5, 5])
    assert (found.base == 10).all()
    assert found.loc[0, ["low", "high"]].tolist() == [10, 10]
    assert found.loc[1, "mrr"] == pytest.approx(50)
    assert found.loc[12, "assumed"] == 0
    # binomial 10 × ½ × ½, and the curve: d ÷ (n (n − d)) at day 200 where 40 of then 40 were at risk
    assert found.loc[1, "high"] - 5 == pytest.approx(1.959963984540054 * (2.5 + 25 * 20 / 40 / 20) ** 0.5)


def test_beyond_what_was_observed_the_hazard_of_the_last_90_days_goes_on(typed):
    # 20 began 100 days ago, two left on day 50: days 11 to 100 hold 2 leavers in 40 × 20 + 50 × 18 member-days
    rows = [since(100, n, 50) for n in range(2)] + [since(100, n) for n in range(2, 20)]
    found = typed(subscriptions=rows, as_of=str(AS_OF)).ask("forecast").set_index("months_ahead")
    hazard = 2 / (40 * 20 + 50 * 18)
    assert found.loc[1, "members"] == pytest.approx(18 * np.exp(-31 * hazard))
    assert found.loc[12, "members"] == pytest.approx(18 * np.exp(-365 * hazard))
    assert found.loc[1, "assumed"] == 1


def test_a_switch_keeps_its_curve_and_pays_what_it_pays_today(typed):
    rows = [since(300, n) for n in range(12)] + [
        subscription("m000", "2025-12-01", price=50.0, plan="Yearly"),
    ]
    rows[0]["ended_on"] = "2025-12-01"
    found = typed(subscriptions=rows, as_of=str(AS_OF)).ask("forecast")
    assert found.loc[0, ["members", "mrr"]].tolist() == [12, 11 * 10 + 50]


def some_site(seed, typed, members=250):
    """A site of two years whose members leave at a rate of one in 400 days, and how many of today's are there later."""
    dice = np.random.default_rng(seed)
    start, lasts = dice.integers(0, 730, members), np.ceil(dice.exponential(400, members)).astype(int)
    rows = [
        since(730 - int(s), n, int(lasted) if s + lasted <= 730 else None)
        for n, (s, lasted) in enumerate(zip(start, lasts, strict=True))
    ]
    return typed(subscriptions=rows, as_of=str(AS_OF)), start + lasts - 730


def test_the_band_holds_what_really_happens_about_as_often_as_it_says(typed):
    held = 0
    for seed in range(15):
        data, left_after = some_site(seed, typed)
        row = data.ask("forecast").iloc[6]
        held += row.low <= (left_after > 181).sum() <= row.high
    assert held >= 12, "95 % of 15 is 14.25; fewer than 12 would happen once in two hundred times"


def test_no_points_less_is_the_forecast_and_all_of_them_lose_nobody(typed):
    data, _ = some_site(1, typed)
    forecast, small = data.ask("forecast"), data.ask("worth_of_a_point", Filters(points=0.1))
    assert small.members.tolist() == pytest.approx(forecast.members.tolist())
    assert (small.more_members[1:] > 0).all()
    everything = data.ask("worth_of_a_point", Filters(points=100 * small.churn[0]))
    assert everything.members_lower.tolist() == pytest.approx([forecast.base[0]] * 13)


def test_a_point_less_of_an_even_rate_is_the_compounded_rate(typed):
    # one age and one rate: members are base × (1 − churn)^12, and so with the lower churn in the hazard
    rows = [since(100, n, 50) for n in range(4)] + [since(100, n) for n in range(4, 44)]
    [*_, last] = typed(subscriptions=rows, as_of=str(AS_OF)).ask("worth_of_a_point", Filters(points=0.5)).itertuples()
    assert last.members == pytest.approx(40 * (1 - last.churn) ** 12)
    assert last.churn_lower == pytest.approx(last.churn - 0.005)
    assert last.members_lower == pytest.approx(40 * (1 - last.churn) ** (12 * last.churn_lower / last.churn))
    assert last.more_mrr == pytest.approx(10 * last.more_members)


def test_plans_too_small_to_judge_follow_the_curve_of_all(typed):
    """Twelve plans of eight, of each five gone on day 60: no plan has ten, all together have 96."""
    rows = [
        since(300, 8 * plan + n, 60 if n < 5 else None, plan=f"plan {plan}") for plan in range(12) for n in range(8)
    ]
    rows += [since(10, 200 + n, plan=f"plan {n}") for n in range(3)]
    found = typed(subscriptions=rows, as_of=str(AS_OF)).ask("forecast").set_index("months_ahead")
    # the three newcomers, ten days old, will pass day 60 like those before them, when 60 of 96 left
    assert found.loc[12, "base"] == 39
    assert found.loc[3, "members"] == pytest.approx(36 + 3 * 36 / 96)
    assert found.loc[3, "low"] < found.loc[3, "members"] < found.loc[3, "high"]


def test_where_nobody_left_yet_the_band_is_not_a_line(typed):
    """30 members, 40 days old: no leaver in 30 x 41 member-days, which allows for 3.7 at most."""
    found = typed(subscriptions=[since(40, n) for n in range(30)], as_of=str(AS_OF)).ask("forecast").iloc[-1]
    assert (found.members, found.high) == (30, 30)
    most = 3.6888794541139363 / (30 * 41)  # 97.5 % upper end of no event
    assert found.low == pytest.approx(30 - 30 * 365 * most, rel=0.05) or found.low == 0


def test_of_fewer_than_ten_nothing_is_foretold(typed):
    assert typed(subscriptions=[since(40, n) for n in range(9)], as_of=str(AS_OF)).ask("forecast").empty


def test_where_all_have_left_the_value_is_known(typed):
    found = typed(subscriptions=[since(300, n, 91) for n in range(20)], as_of=str(AS_OF)).ask("lifetime_value")
    assert found.months.tolist() == pytest.approx([3, 3])
    assert found.value.tolist() == pytest.approx([30, 30])
