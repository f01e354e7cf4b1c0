"""What must hold for any data set: parts add up, order does not matter, grains agree."""

import random
from datetime import date, timedelta

import pytest

pytest.importorskip("hypothesis", reason="needs tests/requirements.txt (hypothesis)")
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as any_of

from retention.filters import Filters
from tests.questions.conftest import subscription

START = date(2024, 1, 1)
PLANS = {"Monthly": {}, "Annual": {"interval_unit": "year", "price": 100.0}, "Coach": {"price": 55.5}}
FEW = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@any_of.composite
def clubs(draw):
    """Up to 25 subscriptions of up to eight members over 14 months, overlapping and touching as it comes."""
    rows = []
    for number in range(draw(any_of.integers(1, 25))):
        first = START + timedelta(draw(any_of.integers(0, 400)))
        length = draw(any_of.one_of(any_of.none(), any_of.integers(0, 250)))
        plan = draw(any_of.sampled_from(sorted(PLANS)))
        cause = draw(any_of.sampled_from(["voluntary", "involuntary", "unknown", None]))
        end = None if length is None else (first + timedelta(length)).isoformat()
        member = f"m{draw(any_of.integers(0, 7))}"
        rows.append(
            subscription(
                member,
                first.isoformat(),
                end,
                plan=plan,
                subscription_id=f"s{number}",
                **({"cause": cause} if end else {}),
                **PLANS[plan],
            )
        )
    return rows


def opened(typed, rows):
    return typed(subscriptions=rows, as_of="2025-03-15", grace_days=7)


@FEW
@given(clubs())
def test_causes_plans_and_terms_add_up_to_the_headline(typed, rows):
    data = opened(typed, rows)
    whole = data.ask("member_churn")
    assert (whole.voluntary + whole.involuntary + whole.unknown == whole.churned).all()
    parts = [data.ask("member_churn", Filters(plan=(plan,))) for plan in PLANS]
    assert sum(part.active for part in parts).tolist() == whole.active.tolist()
    assert sum(part.churned for part in parts).tolist() == whole.churned.tolist()
    terms = data.ask("churn_by_term").groupby("period_start")[["active", "churned"]].sum()
    assert terms.active.tolist() == whole.active.tolist()
    assert terms.churned.tolist() == whole.churned.tolist()


@FEW
@given(clubs())
def test_weeks_months_quarters_and_years_add_up_to_the_same_movements(typed, rows):
    data = opened(typed, rows)
    sums = set()
    for grain in ("week", "month", "quarter", "year"):
        moved = data.ask("movements", Filters(grain=grain))
        assert (moved.active_at_start + moved.joined + moved.returned - moved.left_in_all == moved.active_at_end).all()
        assert moved.active_at_start.tolist()[1:] == moved.active_at_end.tolist()[:-1]
        sums.add((moved.joined.sum(), moved.returned.sum(), moved.left_in_all.sum(), moved.active_at_end.iloc[-1]))
        lens = data.ask("churn_definitions", Filters(grain=grain)).set_index("definition")
        assert lens.numerator["churn_events"].sum() == moved.left_in_all.sum()
        days = lens.denominator["churn_hazard"].sum() * 30
        sums.add(("member days", round(float(days), 6)))
    assert len(sums) == 2


@FEW
@given(clubs())
def test_the_bridge_of_the_monthly_amount_adds_up_and_agrees_with_the_rates(typed, rows):
    data = opened(typed, rows)
    for row in data.ask("revenue_churn").tail(4).itertuples():
        for plan in ((), ("Monthly",)):
            steps = data.ask("mrr_bridge", Filters(period=row.period_start.date(), plan=plan)).set_index("movement")
            inner = steps.drop(["start", "end"])
            assert steps.amount["start"] + inner.amount.sum() == pytest.approx(steps.amount["end"], abs=1e-4)
            assert steps.level.iloc[-2] == pytest.approx(steps.amount["end"], abs=1e-4)
        whole = data.ask("mrr_bridge", Filters(period=row.period_start.date())).set_index("movement")
        assert whole.members["start"] == row.active
        assert whole.amount["start"] == pytest.approx(row.mrr_at_start, abs=1e-4)
        assert whole.members.get("lost", 0) == row.churned
        assert -whole.amount.get("lost", 0) == pytest.approx(row.mrr_lost, abs=1e-4)


@FEW
@given(
    clubs(),
    any_of.sampled_from(
        [
            ("member_churn", "churn_events"),
            ("net_churn", "member_churn"),
            ("daily_sum_churn", "churn_hazard"),
            ("renewal_churn", "churn_with_newcomers"),
        ]
    ),
)
def test_the_bridge_between_definitions_adds_up_in_every_period(typed, rows, two):
    data = opened(typed, rows)
    lens = data.ask("churn_definitions", Filters(definition=two[0], against=two[1]))
    for period in sorted(set(lens.period_start))[-4:]:
        steps = data.ask("definition_bridge", Filters(definition=two[0], against=two[1], period=period.date()))
        if steps.empty:
            continue
        value = lens[lens.period_start == period].set_index("definition")["value"]
        assert steps.value.iloc[0] == value[two[0]]
        assert steps.value.iloc[-1] == value[two[1]]
        assert steps.value.iloc[:-1].sum() == pytest.approx(value[two[1]], abs=1e-9)
        assert steps.counted.iloc[0] + steps.counted.iloc[1:-1].sum() == steps.counted.iloc[-1]


@FEW
@given(clubs(), any_of.integers(0, 999))
def test_the_order_of_the_rows_and_the_number_of_files_change_nothing(typed, rows, seed):
    shuffled = [dict(row) for row in rows]
    random.Random(seed).shuffle(shuffled)
    for place, row in enumerate(shuffled):
        row["import_id"] = 1 + place % 2
    one, other = opened(typed, rows), opened(typed, shuffled)
    for name in ("member_churn", "churn_definitions", "revenue_churn", "churn_by_term", "renewal_churn", "early_loss"):
        before, after = (
            (answer := data.ask(name)).assign(**answer.select_dtypes("float").round(9)) for data in (one, other)
        )
        assert before.to_csv() == after.to_csv(), name


def test_two_ends_on_one_day_are_told_alike_whichever_row_comes_first(typed):
    rows = [
        subscription("a", "2024-01-01", "2024-06-10", cause="voluntary", plan="Annual"),
        subscription("a", "2024-01-01", "2024-06-10", cause="involuntary", plan="Coach"),
        subscription("b", "2024-01-01"),
    ]
    june = [
        opened(typed, order).ask("member_churn").set_index("period_start").loc["2024-06-01"].voluntary
        for order in (rows, rows[::-1])
    ]
    plans = [
        opened(typed, order)
        .ask("member_churn", Filters(plan=("Annual",)))
        .set_index("period_start")
        .loc["2024-06-01"]
        .active
        for order in (rows, rows[::-1])
    ]
    assert june[0] == june[1]
    assert plans[0] == plans[1]
