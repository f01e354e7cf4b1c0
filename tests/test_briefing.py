"""The letter of the month says what the numbers allow and no more, in both languages, one and several."""

import pandas as pd
import pytest

from retention.briefing import ASKED, headline, reasons_why
from retention.texts import LANGUAGES, Texts

EN = Texts("en")


def churn(*rows: dict) -> pd.DataFrame:
    """Months from January 2026 on."""
    base = {"state": "settled", "active": 1204, "churned": 38, "involuntary": 6, "signal": "within",
            "low": 0.023, "high": 0.043, "center": 0.03, "lower_limit": 0.01, "upper_limit": 0.05}
    made = pd.DataFrame([base | row for row in rows])
    made["period_start"] = pd.date_range("2026-01-01", periods=len(made), freq="MS")
    made["last_day"] = made.period_start + pd.offsets.MonthEnd()
    made["settles_on"] = made.last_day + pd.Timedelta(days=14)
    made["churn_rate"] = made.churned / made.active
    return made


def change(**row) -> pd.DataFrame:
    return pd.DataFrame([{"segment": "(all)", "change": 0.01, "low": 0.002, "high": 0.018, "rate_before": 0.03,
                          "rate_after": 0.04, "behaviour": 0.007, "mix": 0.003, "simpson": "none"} | row])


def named(*rows: dict) -> pd.DataFrame:
    base = {"state": "settled", "answered": 40, "low": 0.1, "high": 0.4, "signal": "within",
            "period_start": pd.Timestamp("2026-02-01")}
    made = pd.DataFrame([base | row for row in rows], columns=[*base, "reason", "named"])
    return made.assign(share_of_answers=made.named.astype(float) / made.answered.astype(float))


def lift(**row) -> pd.DataFrame:
    return pd.DataFrame([{"incentive": "course", "verdict": "not_shown", "lift": 0.1, "low": 0.03, "high": 0.16} | row])


def course(*rows: dict, rate: str, **counts: int) -> pd.DataFrame:
    """Months of requests, renewals or failed charges: 140 of 2,166."""
    return churn(*(counts | row for row in rows)).rename(columns={"churn_rate": rate})


def requests(*rows: dict) -> pd.DataFrame:
    return course(*rows, rate="request_rate", asked=140, active=2166).assign(request_rate=140 / 2166)


def answers_with(**answers: pd.DataFrame) -> dict[str, pd.DataFrame]:
    quiet = {
        "member_churn": churn({}), "failed_payments": churn({}), "cancel_requests": requests({}),
        "renewal_churn": course({}, rate="renewal_rate", due=40, not_renewed=8),
        "payment_recovery": course({}, rate="recovery_rate", failed=40, recovered=8),
        "churn_change": change(low=-0.01), "reasons_over_time": named(), "winback_lift": lift(),
    }
    assert set(quiet) == {*ASKED, "failed_payments"}
    return quiet | answers


def told(texts: Texts = EN, **answers: pd.DataFrame) -> list[str]:
    return [sentence.text.replace("\u202f", " ") for sentence in reasons_why(answers_with(**answers), texts)]


def head(texts: Texts = EN, **answers: pd.DataFrame) -> str:
    return headline(answers_with(**answers), texts).replace("\u202f", " ")


@pytest.mark.parametrize(("signal", "tail"), [
    ("within", "within the usual range. Nothing to take personally."),
    ("above", "above the usual range. Look for a reason; it need not be you."),
    ("below", "below the usual range. Fewer than usual."),
])
def test_the_month_is_one_sentence_and_what_to_make_of_it(signal, tail):
    said = head(member_churn=churn({"signal": signal}))
    assert said == f"In January 2026, 38 of 1,204 members left, 3.2 % (2.3–4.3 %): {tail}"


def test_one_who_left_is_one():
    assert head(member_churn=churn({"churned": 1})).startswith("In January 2026, 1 of 1,204 members left")


def test_the_running_month_is_not_the_headline():
    said = head(member_churn=churn({"churned": 12}, {"churned": 99, "state": "settling"}))
    assert said.startswith("In January 2026, 12 of")


@pytest.mark.parametrize("sign", [
    {"cancel_requests": requests({"signal": "above"})},
    {"cancel_requests": requests({"signal": "above"}, {"state": "running", "signal": "unsettled"})},
    {"failed_payments": churn({"signal": "above"})},
    {"renewal_churn": course({"signal": "above"}, rate="renewal_rate", due=40, not_renewed=8)},
    {"payment_recovery": course({"signal": "below"}, rate="recovery_rate", failed=40, recovered=8)},
    {"reasons_over_time": named({"reason": "price", "named": 20, "signal": "above"})},
])
def test_nothing_to_take_personally_is_not_said_where_another_sign_is_unusual(sign):
    assert head(**sign).endswith("within the usual range. But something else is unusual.")
    assert head(Texts("de"), **sign).endswith("Anderes ist jedoch ungewöhnlich.")
    assert "usual" in told(**sign)[0]


@pytest.mark.parametrize("sign", [
    {"cancel_requests": requests({"signal": "above"}, {"signal": "within"})},
    {"cancel_requests": requests({"signal": "within"}, {"signal": "above", "state": "running"})},
    {"cancel_requests": requests({"signal": "below"})},
    {"payment_recovery": course({"signal": "above"}, rate="recovery_rate", failed=40, recovered=8)},
])
def test_what_has_passed_may_still_change_or_is_good_news_alarms_nobody(sign):
    assert head(**sign).endswith("Nothing to take personally.")
    assert len(told(**sign)) == 1


def test_the_early_signal_is_told_with_its_numbers_before_what_changed():
    said = told(cancel_requests=requests({"signal": "above", "low": 0.0548, "high": 0.0758}))
    assert said[0] == ("In January 2026, 140 members asked to cancel, 6.5 % of 2,166 (5.5–7.6 %): "
                       "above the usual range.")
    assert len(said) == 2
    assert "above the usual range. Look for a reason" in head(
        member_churn=churn({"signal": "above"}), cancel_requests=requests({"signal": "above"})
    )


def test_german_addresses_the_reader():
    assert "Nichts, was Sie persönlich nehmen müssten." in head(Texts("de"))


def test_a_change_whose_interval_holds_zero_is_called_chance():
    assert told(churn_change=change(low=-0.001)) == ["The difference to the period before (3.0 %) can be chance."]


def test_a_change_beyond_chance_is_divided_into_behaviour_and_mix():
    assert told(churn_change=change()) == [
        "Churn rose from 3.0 % to 4.0 % (+0.2 pp to +1.8 pp): +0.7 pp because members behave differently, "
        "+0.3 pp because they are other members."
    ]
    fell = change(change=-0.01, low=-0.018, high=-0.002, rate_after=0.02)
    assert told(churn_change=fell)[0].startswith("Churn fell from 3.0 % to 2.0 %")


def test_simpsons_case_is_said_in_words():
    assert "Every single group improved" in told(churn_change=change(simpson="worse"))[0]


def test_failed_cards_are_named_first_and_only_when_they_are_more_than_usual():
    said = told(failed_payments=churn({"signal": "above"}))
    assert said[0] == "Of the 38 who left, 6 had a payment that failed, more than usual: the card, not the member."
    assert len(told(failed_payments=churn({"signal": "within"}))) == 1


def test_a_rising_reason_is_said_in_place_of_the_one_named_most():
    rows = ({"reason": "price", "named": 20}, {"reason": "service", "named": 12, "signal": "above"})
    said = told(reasons_over_time=named(*rows))
    assert said[0] == ("In February 2026, 12 of 40 who answered named “Service” (30 %, 10 % to 40 %): "
                       "above its usual range.")
    assert not any("named most" in sentence for sentence in said)


def test_the_reason_named_most_is_said_where_ten_answered_and_one_is_ahead():
    rows = ({"reason": "price", "named": 20}, {"reason": "service", "named": 12})
    assert any("“Too expensive” was named most: by 20 of 40" in said for said in told(reasons_over_time=named(*rows)))
    few = named(*({**row, "answered": 9} for row in rows))
    equal = named({"reason": "price", "named": 12}, {"reason": "service", "named": 12})
    assert len(told(reasons_over_time=few)) == len(told(reasons_over_time=equal)) == 1


def test_an_offer_is_praised_only_where_its_effect_is_shown():
    assert any("Free course brings members back: +10.0 pp" in said for said in told(winback_lift=lift(verdict="works")))
    assert not any("brings members back" in said for said in told())


def test_there_are_never_more_than_three_and_nothing_gives_nothing():
    everything = told(
        failed_payments=churn({"signal": "above"}), churn_change=change(), winback_lift=lift(verdict="works"),
        reasons_over_time=named({"reason": "price", "named": 20, "signal": "above"}),
    )
    assert len(everything) == 3
    assert told(churn_change=change().iloc[:0], reasons_over_time=named(), winback_lift=lift().iloc[:0]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_blank_is_left_open(language):
    texts = Texts(language)
    said = told(texts, churn_change=change(), winback_lift=lift(verdict="works"))
    assert not any("{" in sentence for sentence in [*said, head(texts)])
