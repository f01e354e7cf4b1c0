"""Cumulative incidence per reason: by hand, against lifelines, and adding up to one minus survival."""

import numpy as np
import pytest

from tests.questions.conftest import subscription


def left_for(number: int, days: int, reason: str | None) -> tuple[dict, list, list]:
    """A member from 1 January 2025 who left after so many days, and the answer."""
    day = str(np.datetime64("2025-01-01") + days)
    answers = (
        []
        if reason is None
        else [{"answer_id": f"A{number}", "member_id": f"m{number:03}", "asked_at": day, "answered_at": day}]
    )
    codes = [{"answer_id": f"A{number}", "reason": code, "wording": code} for code in (reason or "").split("+") if code]
    return subscription(f"m{number:03}", "2025-01-01", day), answers, codes


def world(typed, leavings: list, staying: int):
    told = [left_for(number, days, reason) for number, (days, reason) in enumerate(leavings)]
    members = [member for member, _, _ in told] + [subscription(f"s{n:03}", "2025-01-01") for n in range(staying)]
    return typed(
        subscriptions=members,
        survey_answers=[row for _, rows, _ in told for row in rows],
        answer_reasons=[row for _, _, rows in told for row in rows],
        as_of="2025-12-31",
    )


def test_incidence_by_hand(typed):
    """Of 20, on day 10 two leave for the price, on day 20 one of 18 without a word, on day 30 one for two reasons."""
    data = world(typed, [(10, "price"), (10, "price"), (20, None), (30, "price+content")], staying=16)
    found = data.ask("reason_incidence").set_index(["reason", "within_days"])
    survival = [1, 18 / 20, 18 / 20 * 17 / 18]
    assert found.loc[("price", 90), "incidence"] == pytest.approx(2 / 20 + survival[2] * 0.5 / 17)
    assert found.loc[("no_answer", 90), "incidence"] == pytest.approx(survival[1] * 1 / 18)
    assert found.loc[("content", 90), "incidence"] == pytest.approx(survival[2] * 0.5 / 17)
    assert found.loc[("price", 90), ["left_so", "share_of_leavers"]].tolist() == [3, 0.625]
    assert found.xs(90, level="within_days").incidence.sum() == pytest.approx(4 / 20)


def test_incidence_and_its_interval_equal_those_of_lifelines(typed):
    lifelines = pytest.importorskip("lifelines", reason="needs tests/judges.txt (lifelines)")
    days = list(range(1, 81))
    reasons = [["price", "content", None][n % 3] for n in range(80)]
    data = world(typed, list(zip(days, reasons, strict=True)), staying=40)
    found = data.ask("reason_incidence").set_index(["reason", "within_days"])
    lasted = np.array(days + [364] * 40)
    for code, reason in ((1, "price"), (2, "content"), (3, "no_answer")):
        kinds = np.array([{"price": 1, "content": 2, None: 3}[reason] for reason in reasons] + [0] * 40)
        judge = lifelines.AalenJohansenFitter(calculate_variance=True, seed=0).fit(
            lasted, kinds, event_of_interest=code
        )
        row = found.loc[(reason, 90)]
        assert row.incidence == pytest.approx(judge.cumulative_density_.loc[:90].iloc[-1, 0], abs=1e-9)
        low, high = judge.confidence_interval_.loc[:90].iloc[-1]
        assert (row.low, row.high) == pytest.approx((low, high), abs=0.002)


def test_spans_that_fewer_than_ten_were_observed_for_are_not_told(typed):
    data = world(typed, [(10, "price"), (20, "price")], staying=9)
    assert data.ask("reason_incidence").empty
