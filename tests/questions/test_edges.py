"""The edges at which counting goes wrong, each put to every question about churn and staying: laws that hold at all."""

import numpy as np
import pytest

from retention.filters import Filters
from retention.warehouse import Warehouse
from tests.questions.conftest import subscription

AS_OF = "2025-06-30"
QUESTIONS = {
    "member_churn": {}, "churn_by_term": {}, "revenue_churn": {}, "mrr_bridge": {}, "renewal_churn": {},
    "early_loss": {}, "cancel_requests": {}, "payment_recovery": {}, "churn_definitions": {}, "definition_bridge": {},
    "definition_nearest": {"told": 3.0}, "churn_change": {}, "survival": {"by": "plan"}, "median_stay": {"by": "plan"},
    "leaving_by_cause": {}, "cohorts": {}, "lifetime_value": {}, "forecast": {}, "worth_of_a_point": {"points": 0.5},
}
YEARLY = {"plan": "Annual", "interval_unit": "year", "price": 100.0}


def many(start: str, end: str | None = None, of: int = 12) -> list[dict]:
    return [subscription(f"m{number}", start, end) for number in range(of)]


EDGES = {
    "nobody": [],
    "one member": [subscription("a", "2025-01-10")],
    "one day of data": [subscription("a", AS_OF)],
    "joined and left on the last day": [subscription("a", AS_OF, AS_OF)],
    "all leave on one day": many("2024-01-01", "2025-03-10"),
    "nobody leaves": many("2024-01-01"),
    "all left long ago": many("2022-01-01", "2022-02-01"),
    "no day long": [subscription(f"m{number}", f"2025-0{number}-10", f"2025-0{number}-10") for number in range(1, 5)],
    "back on the same day": [subscription("a", "2025-01-01", "2025-03-05"), subscription("a", "2025-03-05")],
    "leap day": [subscription("a", "2024-02-29", "2025-02-28", **YEARLY), subscription("b", "2024-02-29", **YEARLY)],
    "month ends": [subscription(f"m{day}", f"2025-01-{day}", "2025-04-30") for day in (28, 29, 30, 31)],
    "overlapping": [subscription("a", "2025-01-01", "2025-04-01"), subscription("a", "2025-02-01", "2025-03-01")],
    "a switch": [subscription("a", "2024-01-01", "2025-02-01"), subscription("a", "2025-02-01", **YEARLY)],
    "a switch with a gap": [subscription("a", "2024-01-01", "2025-02-01"), subscription("a", "2025-04-01", **YEARLY)],
    "no price and no term": [subscription(f"m{number}", "2024-05-01", "2025-05-01", price=None, interval_unit=None)
                             for number in range(12)],
    "ends that have not come": [subscription("a", "2025-01-01", "2026-01-01"), subscription("b", "2025-01-01")],
}


@pytest.fixture(params=EDGES, ids=lambda name: name.replace(" ", "-"))
def edge(typed, request) -> Warehouse:
    return typed(subscriptions=EDGES[request.param], as_of=AS_OF)


def test_no_number_is_infinite_and_every_value_lies_in_its_interval(edge):
    for name, words in QUESTIONS.items():
        answer = edge.ask(name, Filters(**words))
        numbers = answer.select_dtypes("number").astype(float)
        assert not np.isinf(numbers).any(axis=None), name
        for column in [column for column in numbers if column.endswith(("_rate", "survival")) or "share" in column]:
            if (name, column) != ("revenue_churn", "net_rate"):  # upgrades make it less than nothing
                assert numbers[column].dropna().between(0, 1 + 1e-12).all(), (name, column)
        for low in [column for column in numbers if column == "low" or column.endswith("_low")]:
            ends = numbers[[low, low[:-3] + "high"]].dropna()
            assert (ends.iloc[:, 0] <= ends.iloc[:, 1] + 1e-12).all(), (name, low)


def test_a_share_without_anybody_beneath_it_is_empty_and_not_nought(edge):
    for name, rate in (("member_churn", "churn_rate"), ("churn_by_term", "churn_rate")):
        answer = edge.ask(name)
        assert answer.loc[answer.active == 0, rate].isna().all()
        assert answer.loc[answer.active > 0, rate].notna().all()


def test_start_and_new_and_returned_less_left_is_the_end(edge):
    sums = edge.ask("reconciliation")
    assert (sums.active_at_start + sums.joined + sums.returned - sums.left_in_all == sums.active_at_end).all()
    assert not sums.unexplained.any()


@pytest.mark.parametrize("edge", ["nobody", "all leave on one day", "a switch with a gap"], indirect=True)
def test_every_filter_that_leaves_nobody_is_answered(edge):
    for name, words in QUESTIONS.items():
        edge.ask(name, Filters(plan=("no such plan",), source=("nowhere",), cause=("unknown",), **words))
