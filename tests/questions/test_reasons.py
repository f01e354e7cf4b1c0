"""Reasons, response and their denominators against cases typed by hand."""

import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription


def answer(number: int, member: str, day: str | None, comment: str | None = None) -> dict:
    return {
        "answer_id": f"A{number}",
        "member_id": member,
        "asked_at": day or "2025-03-10",
        "answered_at": day,
        "comment": comment,
    }


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
            answer(0, "m0", "2025-03-11"),
            answer(1, "m1", "2025-03-12"),
            answer(2, "m2", "2025-03-13"),
            answer(3, "m3", "2025-03-14", "It was lovely, thank you"),
            answer(4, "m4", "2025-03-14", "x"),
            answer(5, "m5", None),
            answer(6, "m0", "2025-03-20"),
            answer(7, "m6", "2025-09-01"),
        ],
        answer_reasons=[
            *named(0, "price"),
            *named(1, "price", "not_using"),
            *named(2, "not_using"),
            *named(6, "content"),
            *named(7, "break"),
        ],
        as_of="2025-12-31",
    )


def rows(data, question="reasons", **filters):
    found = data.ask(question, Filters(**filters))
    return {row.reason: row for row in found.itertuples()}


def test_one_answer_per_leaving_counts_and_the_latest_speaks(ten):
    found = rows(ten)
    assert {reason: row.named for reason, row in found.items()} == {
        "not_using": 2,
        "price": 1,
        "content": 1,
        "no_answer": 6,
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
        "price": 2,
        "not_using": 2,
        "content": 1,
        "break": 1,
        "no_answer": 2,
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
        survey_answers=[answer(0, "a", "2025-03-02")],
        answer_reasons=named(0, "price"),
    )
    assert rows(data)["price"].named == 1


def test_a_request_that_was_withdrawn_gives_no_reason_to_a_later_leaving(typed):
    data = typed(
        subscriptions=[subscription("a", "2025-01-01", "2025-12-01")],
        cancellations=[request("saved")],
        survey_answers=[answer(0, "a", "2025-03-02")],
        answer_reasons=named(0, "price"),
    )
    assert set(rows(data)) == {"no_answer"}


@pytest.mark.parametrize("words", ["x", ".", "n/a", "N/A", "-", "", "k.A.", "nichts", "?!", "a"])
def test_words_that_say_nothing_are_junk(typed, words):
    data = typed(
        subscriptions=[subscription("a", "2025-01-01", "2025-03-01")],
        survey_answers=[answer(0, "a", "2025-03-02", words)],
    )
    assert data.ask("survey_response").junk.sum() == 1


def test_reasons_by_group_have_the_answers_of_their_group_as_denominator(typed):
    data = typed(
        subscriptions=[
            subscription("a", "2025-01-01", "2025-03-01"),
            subscription("b", "2025-01-01", "2025-03-01"),
            subscription("c", "2023-01-01", "2025-03-01", plan="Annual", cause="involuntary"),
        ],
        survey_answers=[answer(n, member, "2025-03-02") for n, member in enumerate("abc")],
        answer_reasons=[*named(0, "price"), *named(1, "content"), *named(2, "price")],
    )

    def found(by):
        rows = data.ask("reasons_by_group", Filters(grouped_by=by))
        return rows[["segment", "reason", "named", "answered"]].values.tolist()

    assert found("plan") == [["Monthly", "price", 1, 2], ["Monthly", "content", 1, 2], ["Annual", "price", 1, 1]]
    assert found("tenure") == [
        ["to_3_months", "price", 1, 2],
        ["to_3_months", "content", 1, 2],
        ["longer", "price", 1, 1],
    ]
    assert found("cause") == [
        ["voluntary", "price", 1, 2],
        ["voluntary", "content", 1, 2],
        ["involuntary", "price", 1, 1],
    ]
    assert found("spell") == [["first", "price", 2, 3], ["first", "content", 1, 3]]
    assert found("price_band") == [["to_20", "price", 2, 3], ["to_20", "content", 1, 3]]


def test_an_answer_without_a_leaving_is_in_no_group_of_time_or_spell(ten):
    found = ten.ask("reasons_by_group", Filters(unit="answer", grouped_by="spell"))
    assert found[found.reason == "break"].segment.tolist() == ["(none)"]


def test_a_reason_not_named_in_a_period_counts_nought_there_once_it_was_named_before(ten):
    found = ten.ask("reasons_over_time", Filters(unit="answer")).set_index(["period_start", "reason"])
    assert found.loc[("2025-09-01", "price"), ["named", "answered"]].tolist() == [0, 1]
    assert ("2025-03-01", "break") not in found.index


def test_whoever_was_not_shown_a_reason_is_not_in_its_denominator(typed):
    shown = ["price;content", "price", None]
    data = typed(
        subscriptions=[subscription(member, "2025-01-01", "2025-03-01") for member in "abc"],
        survey_answers=[
            answer(n, member, "2025-03-02") | {"shown_reasons": shown[n]} for n, member in enumerate("abc")
        ],
        answer_reasons=[*named(0, "content"), *named(1, "price"), *named(2, "content")],
    )
    found = rows(data)
    assert (found["content"].shown, found["content"].named_of_shown, found["content"].share_of_shown) == (1, 1, 1.0)
    assert (found["price"].shown, found["price"].named_of_shown, found["price"].share_of_shown) == (2, 1, 0.5)
    assert found["content"].share_of_answers == pytest.approx(2 / 3)


def test_the_bounds_are_none_and_all_of_the_silent(ten):
    found = rows(ten)
    assert (found["price"].share_of_all, found["price"].most_of_all) == (0.1, 0.7)
    assert (found["not_using"].share_of_all, found["not_using"].most_of_all) == (0.2, 0.8)


def test_silence_and_junk_have_their_own_rates_by_group(ten):
    found = ten.ask("silence", Filters(grouped_by="price_band")).set_index("segment")
    assert found.loc["(all)", ["leavers", "asked", "answered", "silent", "junk"]].tolist() == [10, 6, 4, 6, 1]
    assert found.loc["(all)", ["silent_rate", "junk_rate"]].tolist() == [0.6, 0.2]
    assert found.index.tolist() == ["(all)", "to_20"]


def test_a_reworded_option_is_a_series_of_its_own_that_ends_when_it_was_last_named(typed):
    months = ["2025-01", "2025-02", "2025-03", "2025-04"]
    wordings = ["old words", "old words", "new words", "new words"]
    data = typed(
        subscriptions=[subscription(f"m{n}", "2024-12-01", f"{month}-10") for n, month in enumerate(months)],
        survey_answers=[answer(n, f"m{n}", f"{month}-11") for n, month in enumerate(months)],
        answer_reasons=[
            {"answer_id": f"A{n}", "reason": "not_using", "wording": words} for n, words in enumerate(wordings)
        ],
    )
    whole = data.ask("reasons_over_time")
    assert whole[["wording", "named"]].values.tolist() == [["", 1]] * 4
    split = data.ask("reasons_over_time", Filters(level="wording"))
    assert [(f"{row.period_start:%Y-%m}", row.wording) for row in split.itertuples()] == list(
        zip(months, wordings, strict=True)
    )
    uses = data.ask("reasons_by_wording").set_index("wording")
    assert f"{uses.loc['old words', 'last_named_on']:%Y-%m-%d}" == "2025-02-10"
    assert f"{uses.loc['new words', 'first_named_on']:%Y-%m-%d}" == "2025-03-10"


def test_a_reason_that_rises_above_its_usual_range_is_a_signal_and_one_that_does_not_is_none(typed):
    """Each of 14 months 20 leave and answer; 4 or 5 name the price, in the last month 16."""
    members, answers, reasons, number = [], [], [], 0
    for month in range(14):
        day = f"{2024 + month // 12}-{month % 12 + 1:02}-10"
        for place in range(20):
            members.append(subscription(f"m{number}", "2023-06-01", day))
            answers.append(answer(number, f"m{number}", day))
            price = place < (16 if month == 13 else 4 + month % 2)
            reasons += named(number, "price" if price else "content")
            number += 1
    found = typed(subscriptions=members, survey_answers=answers, answer_reasons=reasons).ask("reasons_over_time")
    price = found[found.reason == "price"]
    assert price.signal.tolist() == ["too_early"] * 12 + ["within", "above"]
    assert found[found.reason == "content"].signal.tolist()[-1] == "below"
    # p' by hand: mean 54 of 240; moving ranges of 0.05 in 11 steps, sigma z 0.05 / 1.128 / sqrt(0.225 x 0.775 / 20)
    sigma = 0.05 / 1.128 / (0.225 * 0.775 / 20) ** 0.5
    assert price.iloc[12].upper_limit == pytest.approx(0.225 + 3 * sigma * (0.225 * 0.775 / 20) ** 0.5)


def test_the_price_is_looked_at_by_tenure_and_by_use_of_the_cheapest_plan(typed):
    cheap = {"plan": "Lite", "price": 5.0}
    data = typed(
        subscriptions=[
            subscription("a", "2025-01-01", "2025-03-01"),
            subscription("b", "2025-01-01", "2025-03-02"),
            subscription("c", "2025-01-01", "2025-03-01", **cheap),
            subscription("d", "2021-01-01", "2022-06-01"),
        ],
        survey_answers=[
            answer(0, "a", "2025-03-02"),
            answer(1, "b", "2025-03-03"),
            answer(2, "c", "2025-03-02"),
            answer(3, "d", "2022-06-02"),
        ],
        answer_reasons=[*named(0, "price"), *named(1, "content"), *named(2, "price"), *named(3, "price")],
    )
    found = data.ask("price_stated")[["tenure", "price_plan", "named", "answered"]].values.tolist()
    assert found == [
        ["(all)", "could_have", 1, 2],
        ["(all)", "had", 1, 1],
        ["(all)", "none_sold", 1, 1],
        ["to_3_months", "could_have", 1, 2],
        ["to_3_months", "had", 1, 1],
        ["to_24_months", "none_sold", 1, 1],
    ]
