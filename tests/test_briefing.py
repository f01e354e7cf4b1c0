"""The letter of the month says what the numbers allow and no more, in both languages, one and several."""

import pandas as pd
import pytest

from retention.briefing import headline, reasons_why
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


def told(texts: Texts = EN, **answers: pd.DataFrame) -> list[str]:
    given = {"member_churn": churn({}), "failed_payments": churn({}), "churn_change": change(low=-0.01),
             "reasons_over_time": named(), "winback_lift": lift()}
    return [sentence.text.replace("\u202f", " ") for sentence in reasons_why(given | answers, texts)]


@pytest.mark.parametrize(("signal", "tail"), [
    ("within", "within the usual range. Nothing to take personally."),
    ("above", "above the usual range. Look for a reason; it need not be you."),
    ("below", "below the usual range. Fewer than usual."),
])
def test_the_month_is_one_sentence_and_what_to_make_of_it(signal, tail):
    said = headline(churn({"signal": signal}), EN).replace("\u202f", " ")
    assert said == f"In January 2026, 38 of 1,204 members left, 3.2 % (2.3–4.3 %): {tail}"


def test_one_who_left_is_one():
    assert headline(churn({"churned": 1}), EN).startswith("In January 2026, 1 of 1,204 members left")


def test_the_running_month_is_not_the_headline():
    said = headline(churn({"churned": 12}, {"churned": 99, "state": "settling"}), EN)
    assert said.startswith("In January 2026, 12 of")


def test_german_addresses_the_reader():
    assert "Nichts, was Sie persönlich nehmen müssten." in headline(churn({}), Texts("de"))


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
    assert not any("{" in sentence for sentence in [*said, headline(churn({}), texts)])
