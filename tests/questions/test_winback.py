"""Win-back: conversion, natural return and lift against cases typed by hand and statsmodels."""

import math

import pandas as pd
import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription


def message(number: int, member: str, day: str, arm: str = "treated", incentive: str = "discount", **more) -> dict:
    return {
        "message_id": f"W{number}",
        "member_id": member,
        "campaign": "spring",
        "arm": arm,
        "incentive": incentive,
        "assigned_at": day,
        "sent_at": day if arm == "treated" else None,
        **more,
    }


def left_and_back(member: str, back: str | None = None) -> list[dict]:
    rows = [subscription(member, "2024-01-01", "2025-01-10")]
    return rows + ([subscription(member, back)] if back else [])


def by_offer(data, **filters):
    return data.ask("winback_by_offer", Filters(**filters)).set_index("offer")


def test_a_return_within_the_winback_days_counts_and_one_day_later_does_not(typed):
    data = typed(
        subscriptions=[*left_and_back("a", "2025-05-02"), *left_and_back("b", "2025-05-03"), *left_and_back("c")],
        outreach=[message(n, member, "2025-02-01") for n, member in enumerate("abc")],
    )
    row = by_offer(data).loc["discount"]
    assert [row.sent, row.settled, row.returned] == [3, 3, 1]


def test_members_whose_days_have_not_passed_are_in_neither_part(typed):
    data = typed(
        subscriptions=[*left_and_back("a", "2025-02-10"), *left_and_back("b")],
        outreach=[message(0, "a", "2025-02-01"), message(1, "b", "2025-02-01")],
        as_of="2025-05-01",
    )
    row = by_offer(data).loc["discount"]
    assert [row.sent, row.settled, row.settling, row.returned] == [2, 0, 2, 0]
    assert f"{row.settles_on:%Y-%m-%d}" == "2025-05-02"
    assert math.isnan(row.conversion)


def test_a_message_before_the_leaving_or_after_the_return_counts_nowhere(typed):
    data = typed(
        subscriptions=[*left_and_back("a", "2025-02-10"), *left_and_back("b")],
        outreach=[message(0, "a", "2025-02-20"), message(1, "b", "2025-01-05")],
    )
    assert by_offer(data).empty


def test_a_return_claimed_by_two_offers_is_shown_as_shared_and_counted_once_in_totals(typed):
    data = typed(
        subscriptions=left_and_back("a", "2025-03-01"),
        outreach=[message(0, "a", "2025-02-01"), message(1, "a", "2025-02-10", incentive="course")],
    )
    found = by_offer(data)
    assert found.shared.to_dict() == {"course": 1, "discount": 1}
    assert data.ask("winback_over_time").returned.sum() == 1
    assert data.ask("winback_funnel").set_index("stage").loc["returned", "reached"] == 1


def test_a_return_within_grace_is_a_return_though_never_a_leaver(typed):
    data = typed(subscriptions=left_and_back("a", "2025-01-13"), outreach=[message(0, "a", "2025-01-11")])
    assert by_offer(data).loc["discount", "returned"] == 1
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


def test_conversion_by_campaign_counts_from_the_campaigns_own_first_message(typed):
    data = typed(
        subscriptions=left_and_back("a", "2025-06-01"),
        outreach=[message(0, "a", "2025-02-01"), message(1, "a", "2025-04-01", campaign="april")],
    )
    found = by_offer(data, offered_by="campaign")
    assert found.returned.to_dict() == {"april": 1, "spring": 0}
    assert by_offer(data).returned.to_dict() == {"discount": 0}, "the first message with the incentive was in February"


def test_reach_counts_leavers_and_days_until_the_first_message_are_exact(typed):
    days = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
    members = [row for n in range(12) for row in [subscription(f"m{n:02}", "2024-01-01", "2025-01-10")]]
    sent = [
        message(n, f"m{n:02}", f"{pd.Timestamp('2025-01-10') + pd.Timedelta(days=day):%Y-%m-%d}")
        for n, day in enumerate(days)
    ]
    more = [message(20, "m00", "2025-02-01"), message(21, "m10", "2025-02-01", arm="holdout")]
    data = typed(
        members=[{"member_id": "m11", "no_contact_since": "2025-01-12"}], subscriptions=members, outreach=sent + more
    )
    row = data.ask("winback_reach").set_index("segment").loc["(all)"]
    assert row[["leavers", "contacted", "not_to_contact"]].tolist() == [12, 10, 1]
    assert row[["median_days", "slow_days"]].tolist() == [50, 90]


def test_recovered_money_is_credited_once_to_the_last_message_before_the_return(typed):
    data = typed(
        subscriptions=[subscription("a", "2024-01-01", "2025-01-10"), subscription("a", "2025-03-01", price=7.0)],
        outreach=[
            message(0, "a", "2025-02-01", cost=0.5),
            message(1, "a", "2025-02-10", incentive="course", incentive_cost=3.0),
        ],
    )
    found = data.ask("winback_value").set_index("incentive")
    assert found.loc["course", ["returned", "recovered_mrr", "cost"]].tolist() == [1, 7.0, 3.0]
    assert found.loc["discount", ["returned", "recovered_mrr", "cost"]].tolist() == [0, 0.0, 0.5]
    assert found.cost_per_caused.isna().all()


def test_a_caused_return_costs_what_was_spent_per_return_beyond_the_hold_out(tried):
    row = tried.ask("winback_value").iloc[0]
    assert (row.caused, row.verdict) == (pytest.approx(20), "works")
    assert (row.compared_cost, row.cost_per_caused) == (0, 0)


def test_leaving_again_counts_from_the_end_of_the_incentive_or_from_the_return(typed):
    offered = {"incentive_ends_on": "2025-05-01"}
    data = typed(
        subscriptions=[
            subscription("a", "2024-01-01", "2025-01-10"),
            subscription("a", "2025-02-10", "2025-05-31"),
            subscription("b", "2024-01-01", "2025-01-10"),
            subscription("b", "2025-02-10", "2025-06-01"),
            subscription("c", "2024-01-01", "2025-01-10"),
            subscription("c", "2025-02-10", "2025-03-12"),
        ],
        outreach=[
            message(0, "a", "2025-02-01", **offered),
            message(1, "b", "2025-02-01", **offered),
            message(2, "c", "2025-02-01", incentive="course"),
        ],
    )
    found = data.ask("leave_again").set_index(["incentive", "within_days"])
    assert found.loc["discount", "left_again"].tolist() == [1, 2, 2]
    assert found.loc["discount", "with_end"].tolist() == [2, 2, 2]
    assert found.loc["course", "left_again"].tolist() == [1, 1, 1]


def test_which_reasons_come_back_with_which_incentive(typed):
    data = typed(
        subscriptions=[*left_and_back("a", "2025-02-20"), *left_and_back("b"), *left_and_back("c", "2025-02-20")],
        survey_answers=[
            {"answer_id": "A0", "member_id": "a", "asked_at": "2025-01-11", "answered_at": "2025-01-11"},
            {"answer_id": "A1", "member_id": "b", "asked_at": "2025-01-11", "answered_at": "2025-01-11"},
        ],
        answer_reasons=[
            {"answer_id": "A0", "reason": "price", "wording": "p"},
            {"answer_id": "A1", "reason": "price", "wording": "p"},
        ],
        outreach=[message(n, member, "2025-02-01") for n, member in enumerate("abc")],
    )
    found = data.ask("returning_reasons")[["incentive", "reason", "sent", "returned"]].values.tolist()
    assert found == [["discount", "price", 2, 1], ["discount", "no_answer", 1, 1]]


def test_weeks_until_the_return_begin_at_nought_and_quantiles_are_exact(typed):
    backs = ["2025-02-01", "2025-02-07", "2025-02-08", "2025-03-10"]
    data = typed(
        subscriptions=[row for n, back in enumerate(backs) for row in left_and_back(f"m{n}", back)],
        outreach=[message(n, f"m{n}", "2025-02-01") for n in range(4)],
    )
    found = data.ask("time_to_return")
    assert found[found.returned > 0][["week", "returned"]].values.tolist() == [[0, 2], [1, 1], [5, 1]]
    assert found.iloc[0][["median_days", "slow_days"]].tolist() == [6, 37]


@pytest.mark.parametrize(
    ("who", "day", "problem"),
    [
        ("gone", "2025-01-05", "before_leaving"),
        ("back", "2025-02-20", "after_return"),
        ("nobody", "2025-02-01", "unknown_member"),
        ("free", "2025-02-01", "never_left"),
        ("gone", None, "undated"),
    ],
)
def test_a_message_that_fits_no_leaving_is_listed_with_its_rule_and_counts_nowhere(typed, who, day, problem):
    data = typed(
        members=[{"member_id": "free"}],
        subscriptions=[*left_and_back("gone"), *left_and_back("back", "2025-02-10")],
        outreach=[message(0, who, day)],
    )
    assert data.ask("winback_problems").problem.tolist() == [problem]
    assert by_offer(data).empty
    assert data.ask("winback_funnel").empty


def test_of_two_campaigns_that_claim_one_return_the_earlier_is_listed(typed):
    data = typed(
        subscriptions=left_and_back("a", "2025-03-01"),
        outreach=[message(0, "a", "2025-02-01"), message(1, "a", "2025-02-10", campaign="other")],
    )
    found = data.ask("winback_problems")
    assert found[["problem", "campaign"]].values.tolist() == [["shared_return", "spring"]]
    assert data.ask("credited_people").campaign.tolist() == ["other"]
