"""Reasons, response and their denominators against cases typed by hand."""

import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription


def answer(number: int, member: str, day: str | None, comment: str | None = None) -> dict:
    return {"answer_id": f"A{number}", "member_id": member, "asked_at": day or "2025-03-10",
            "answered_at": day, "comment": comment}


def named(number: int, *reasons: str) -> list[dict]:
    return [{"answer_id": f"A{number}", "reason": reason, "wording": f"«{reason}»"} for reason in reasons]


def request(outcome: str) -> dict:
    return {"cancellation_id": "C1", "member_id": "a", "requested_at": "2025-03-01 10:00", "outcome": outcome}


@pytest.fixture
def ten(typed):
    """Ten leave in March; four answer usably, one types junk, one was asked in vain, one answered twice."""
    return typed(
        subscriptions=[subscription(f"m{n}", "2025-01-01", "2025-03-10", price=10.0 + n) for n in range(10)],
        survey_answers=[
            answer(0, "m0", "2025-03-11"), answer(1, "m1", "2025-03-12"), answer(2, "m2", "2025-03-13"),
            answer(3, "m3", "2025-03-14", "It was lovely, thank you"), answer(4, "m4", "2025-03-14", "x"),
            answer(5, "m5", None), answer(6, "m0", "2025-03-20"), answer(7, "m6", "2025-09-01"),
        ],
        answer_reasons=[*named(0, "price"), *named(1, "price", "not_using"), *named(2, "not_using"),
                        *named(6, "content"), *named(7, "break")],
        as_of="2025-12-31",
    )


def rows(data, question="reasons", **filters):
    found = data.ask(question, Filters(**filters))
    return {row.reason: row for row in found.itertuples()}


def test_one_answer_per_leaving_counts_and_the_latest_speaks(ten):
    found = rows(ten)
    assert {reason: row.named for reason, row in found.items()} == {
        "not_using": 2, "price": 1, "content": 1, "no_answer": 6,
    }
    assert {row.answered for row in found.values()} == {4}


def test_no_answer_is_a_bar_of_its_own_among_all_leavers(ten):
    silent = rows(ten)["no_answer"]
    assert (silent.counted, silent.share_of_all) == (10, 0.6)
    assert silent.share_of_answers != silent.share_of_answers


def test_shares_may_sum_over_one_because_an_answer_may_name_several(ten):
    found = rows(ten)
    assert found["not_using"].share_of_answers == 0.5
    assert found["price"].share_of_answers == 0.25


def test_lost_mrr_is_split_equally_and_all_of_it_is_accounted_for(ten):
    found = rows(ten)
    assert found["price"].lost_mrr == pytest.approx(11 / 2)
    assert found["not_using"].lost_mrr == pytest.approx(11 / 2 + 12)
    assert found["content"].lost_mrr == pytest.approx(10)
    assert found["no_answer"].lost_mrr == pytest.approx(14 + 15 + 16 + 17 + 18 + 19)


def test_every_answer_counts_when_that_is_asked_for(ten):
    found = rows(ten, unit="answer")
    assert {reason: row.named for reason, row in found.items()} == {
        "price": 2, "not_using": 2, "content": 1, "break": 1, "no_answer": 2,
    }
    assert {row.answered for row in found.values()} == {6}
    assert {row.counted for row in found.values()} == {8}


def test_an_answer_far_from_any_leaving_is_counted_apart(ten):
    found = ten.ask("answers_found")
    assert dict(zip(found.matched, found.answers, strict=True)) == {"end": 7, "nothing": 1}


def test_junk_is_not_an_answer_and_a_comment_alone_is(ten):
    march = ten.ask("survey_response").set_index("period_start").loc["2025-03-01"]
    assert [march.leavers, march.asked, march.answered, march.junk] == [10, 6, 4, 1]
    assert march.response_rate == 0.4


def test_an_answer_belongs_to_the_request_even_when_access_ran_on_for_months(typed):
    data = typed(
        subscriptions=[subscription("a", "2025-01-01", "2025-12-01")],
        cancellations=[request("cancelled")],
        survey_answers=[answer(0, "a", "2025-03-02")], answer_reasons=named(0, "price"),
    )
    assert rows(data)["price"].named == 1


def test_a_request_that_was_withdrawn_gives_no_reason_to_a_later_leaving(typed):
    data = typed(
        subscriptions=[subscription("a", "2025-01-01", "2025-12-01")],
        cancellations=[request("saved")],
        survey_answers=[answer(0, "a", "2025-03-02")], answer_reasons=named(0, "price"),
    )
    assert set(rows(data)) == {"no_answer"}


@pytest.mark.parametrize("words", ["x", ".", "n/a", "N/A", "-", "", "k.A.", "nichts", "?!", "a"])
def test_words_that_say_nothing_are_junk(typed, words):
    data = typed(subscriptions=[subscription("a", "2025-01-01", "2025-03-01")],
                 survey_answers=[answer(0, "a", "2025-03-02", words)])
    assert data.ask("survey_response").junk.sum() == 1


def test_reasons_by_plan_have_the_answers_of_their_plan_as_denominator(typed):
    data = typed(
        subscriptions=[subscription("a", "2025-01-01", "2025-03-01"), subscription("b", "2025-01-01", "2025-03-01"),
                       subscription("c", "2025-01-01", "2025-03-01", plan="Annual")],
        survey_answers=[answer(n, member, "2025-03-02") for n, member in enumerate("abc")],
        answer_reasons=[*named(0, "price"), *named(1, "content"), *named(2, "price")],
    )
    found = data.ask("reasons_by_plan")
    assert found[["plan", "reason", "named", "answered"]].values.tolist() == [
        ["Monthly", "price", 1, 2], ["Monthly", "content", 1, 2], ["Annual", "price", 1, 1],
    ]


def test_a_reason_not_named_in_a_period_counts_nought_there(ten):
    found = ten.ask("reasons_over_time", Filters(unit="answer"))
    march = found[found.period_start == "2025-03-01"].set_index("reason")
    assert march.loc["break", ["named", "answered"]].tolist() == [0, 5]
