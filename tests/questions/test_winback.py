"""Win-back: conversion, natural return and lift against cases typed by hand and statsmodels."""

import math

import pandas as pd
import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription


def message(number: int, member: str, day: str, arm: str = "treated", incentive: str = "discount", **more) -> dict:
    return {"message_id": f"W{number}", "member_id": member, "campaign": "spring", "arm": arm, "incentive": incentive,
            "assigned_at": day, "sent_at": day if arm == "treated" else None, **more}


def left_and_back(member: str, back: str | None = None) -> list[dict]:
    rows = [subscription(member, "2024-01-01", "2025-01-10")]
    return rows + ([subscription(member, back)] if back else [])


def by_incentive(data, **filters):
    return data.ask("winback_by_incentive", Filters(**filters)).set_index("incentive")


def test_a_return_within_the_winback_days_counts_and_one_day_later_does_not(typed):
    data = typed(
        subscriptions=[*left_and_back("a", "2025-05-02"), *left_and_back("b", "2025-05-03"), *left_and_back("c")],
        outreach=[message(n, member, "2025-02-01") for n, member in enumerate("abc")],
    )
    row = by_incentive(data).loc["discount"]
    assert [row.sent, row.settled, row.returned] == [3, 3, 1]


def test_members_whose_days_have_not_passed_are_in_neither_part(typed):
    data = typed(
        subscriptions=[*left_and_back("a", "2025-02-10"), *left_and_back("b")],
        outreach=[message(0, "a", "2025-02-01"), message(1, "b", "2025-02-01")], as_of="2025-05-01",
    )
    row = by_incentive(data).loc["discount"]
    assert [row.sent, row.settled, row.settling, row.returned] == [2, 0, 2, 0]
    assert f"{row.settles_on:%Y-%m-%d}" == "2025-05-02"
    assert math.isnan(row.conversion)


def test_a_message_before_the_leaving_or_after_the_return_counts_nowhere(typed):
    data = typed(
        subscriptions=[*left_and_back("a", "2025-02-10"), *left_and_back("b")],
        outreach=[message(0, "a", "2025-02-20"), message(1, "b", "2025-01-05")],
    )
    assert by_incentive(data).empty


def test_a_return_claimed_by_two_offers_is_shown_as_shared_and_counted_once_in_totals(typed):
    data = typed(
        subscriptions=left_and_back("a", "2025-03-01"),
        outreach=[message(0, "a", "2025-02-01"), message(1, "a", "2025-02-10", incentive="course")],
    )
    found = by_incentive(data)
    assert found.shared.to_dict() == {"course": 1, "discount": 1}
    assert data.ask("winback_over_time").returned.sum() == 1
    assert data.ask("winback_funnel").set_index("stage").loc["returned", "reached"] == 1


def test_a_return_within_grace_is_a_return_though_never_a_leaver(typed):
    data = typed(subscriptions=left_and_back("a", "2025-01-13"), outreach=[message(0, "a", "2025-01-11")])
    assert by_incentive(data).loc["discount", "returned"] == 1
    assert data.ask("extent").leavers.iloc[0] == 0
    assert data.ask("returns").within_grace.tolist() == [1, 1, 1]


def test_a_stage_that_no_file_tells_is_unknown_and_not_nought(typed):
    data = typed(subscriptions=left_and_back("a"), outreach=[message(0, "a", "2025-02-01", clicked_at="2025-02-02")])
    funnel = data.ask("winback_funnel").set_index("stage").reached
    assert funnel["clicked"] == 1
    assert pd.isna(funnel["opened"])


@pytest.fixture
def tried(typed):
    """200 written to, 40 of them back; 200 held out, 20 of them back."""
    members, sent = [], []
    for n in range(400):
        treated = n < 200
        returns = n % 5 == 0 if treated else n % 10 == 0
        members += left_and_back(f"m{n:03}", "2025-03-01" if returns else None)
        sent.append(message(n, f"m{n:03}", "2025-02-01", arm="treated" if treated else "holdout"))
    return typed(subscriptions=members, outreach=sent)


def test_lift_is_the_difference_to_the_held_out_with_newcombes_interval(tried):
    row = tried.ask("winback_lift").iloc[0]
    assert [row.treated, row.came_treated, row.held_out, row.came_held_out] == [200, 40, 200, 20]
    assert row.lift == pytest.approx(0.10)
    assert row.came_anyway == pytest.approx(0.5)
    assert row.verdict == "works"
    needs = "needs tests/requirements.txt (statsmodels)"
    proportion = pytest.importorskip("statsmodels.stats.proportion", reason=needs)
    low, high = proportion.confint_proportions_2indep(40, 200, 20, 200, method="newcomb", compare="diff")
    assert (row.low, row.high) == pytest.approx((low, high), abs=1e-9)


def test_hillstroms_published_counts_give_their_published_lift(tried):
    ask = tried._connection.cursor().execute
    mens = ask("select newcombe_low(267, 21307, 122, 21306), newcombe_high(267, 21307, 122, 21306)").fetchone()
    womens = ask("select newcombe_low(189, 21387, 122, 21306), newcombe_high(189, 21387, 122, 21306)").fetchone()
    assert [round(100 * value, 3) for value in (*mens, *womens)] == [0.501, 0.864, 0.150, 0.475]


def test_without_a_hold_out_there_is_conversion_and_no_effect(typed):
    data = typed(subscriptions=left_and_back("a", "2025-03-01"), outreach=[message(0, "a", "2025-02-01")])
    row = data.ask("winback_lift").iloc[0]
    assert row.verdict == "no_holdout"
    assert math.isnan(row.lift)
    assert math.isnan(row.came_anyway)


def test_an_interval_across_nought_shows_no_effect(typed):
    members, sent = [], []
    for n in range(40):
        members += left_and_back(f"m{n:02}", "2025-03-01" if n % 4 == 0 else None)
        sent.append(message(n, f"m{n:02}", "2025-02-01", arm="treated" if n < 20 else "holdout"))
    assert typed(subscriptions=members, outreach=sent).ask("winback_lift").verdict.tolist() == ["not_shown"]


def test_natural_return_is_censored_at_the_first_message(typed):
    data = typed(
        subscriptions=[row for n in range(20) for row in left_and_back(f"m{n:02}", "2025-02-09" if n < 5 else None)],
        outreach=[message(n, f"m{n:02}", "2025-01-20") for n in range(10, 20)],
    )
    curve = data.ask("natural_return").set_index("day")
    assert curve.loc[10, "at_risk"] == 20
    assert curve.loc[30, ["at_risk", "returns"]].tolist() == [10, 5]
    assert curve.loc[30, "share"] == pytest.approx(0.5)
