"""Win-back figures never show an effect that nobody measured."""

import numpy as np

from retention.charts import alt_of, finding_of, natural_return, winback_by_incentive, winback_funnel, winback_lift
from retention.charts.theme import INK, QUIET

NAN = float("nan")


def labels(figure):
    return [label.text.replace("<br>", "  ") for label in figure.layout.annotations]


def test_conversion_stands_beside_natural_return(incentives, en):
    bars, came, few, natural = winback_by_incentive(incentives, en).data
    np.testing.assert_allclose(bars.x, [0.4, 0.15, 0.25])
    np.testing.assert_allclose(came.x, [0.4, 0.15, NAN])
    np.testing.assert_allclose(came.error_x.array, [0.098, 0.0941, 0.4494])
    np.testing.assert_allclose(natural.x, [0.12, 0.11, NAN])
    assert natural.marker.symbol == "diamond"
    np.testing.assert_allclose(few.x, [NAN, NAN, 0.25])
    assert (came.marker.color, few.marker.color) == (INK, QUIET)


def test_what_is_not_settled_is_told_and_in_no_rate(incentives, en):
    assert labels(winback_by_incentive(incentives, en))[0] == (
        "<b>Free course</b>  40 of 100 came back, 40.0\u202f%; 10 not settled yet"
    )
    unsettled = incentives.iloc[:1].assign(settled=0, conversion=None, low=None, high=None, natural_rate=None)
    assert labels(winback_by_incentive(unsettled, en)) == [
        "<b>Free course</b>  no message is settled yet; 10 not settled yet"
    ]


def test_an_offer_leads_only_where_its_interval_allows(incentives, en, de):
    assert finding_of(winback_by_incentive, incentives, en) == (
        "“Free course” is followed by returns most often: 40 of 100, 40.0\u202f% (30.9–49.8\u202f%). "
        "Conversion, not effect."
    )
    close = incentives.assign(low=0.01)
    assert finding_of(winback_by_incentive, close, de) == (
        "„Kostenloser Kurs“ hat die höchste Rückkehrquote, 40 von 100, 40,0\u202f% (1,0–49,8\u202f%), liegt aber nicht "
        "klar vorn. Rückkehrquote, keine Wirkung."
    )
    assert finding_of(winback_by_incentive, incentives.iloc[2:], en).startswith("It is too early to tell")


def test_lift_is_drawn_against_zero_and_only_where_there_was_a_hold_out(lifts, en):
    sure, unsure, zero = winback_lift(lifts, en).data
    np.testing.assert_allclose(sure.x, [0.0989, NAN, NAN])
    np.testing.assert_allclose(unsure.x, [NAN, 0.0188, NAN])
    np.testing.assert_allclose(sure.error_x.array, [0.0592, 0.0604, NAN])
    assert (sure.marker.color, unsure.marker.color) == (INK, QUIET)
    assert set(zero.x[~np.isnan(zero.x)]) == {0}
    low, high = winback_lift(lifts, en).layout.xaxis.range
    assert low < -0.0462
    assert high > 0.1581


def test_the_verdict_stands_in_words(lifts, en, de):
    assert labels(winback_lift(lifts, en)) == [
        "<b>Free course</b>  +9.9 pp (3.6 to 15.8): brings members back",
        "<b>Discount</b>  +1.9 pp (−4.6 to 7.9): no effect shown",
        "<b>A letter only</b>  conversion, not effect",
    ]
    assert labels(winback_lift(lifts, de))[1] == "<b>Rabatt</b>  +1,9 Pp. (−4,6 bis 7,9): keine Wirkung gezeigt"


def test_the_lift_is_told_with_its_interval_and_both_rates(lifts, en, de):
    assert finding_of(winback_lift, lifts, en) == (
        "Free course: +9.9 pp against the hold-out (3.6 to 15.8), 20.7\u202f% against 10.8\u202f%: "
        "brings members back. Discount: +1.9 pp against the hold-out (−4.6 to 7.9), "
        "14.6\u202f% against 12.8\u202f%: no effect shown."
    )
    assert finding_of(winback_lift, lifts, de).startswith(
        "Kostenloser Kurs: +9,9 Pp. gegen die Kontrollgruppe (3,6 bis 15,8)"
    )


def test_without_a_hold_out_there_is_no_mark_and_the_words_say_so(lifts, en):
    without = lifts.iloc[2:]
    assert len(winback_lift(without, en).data) == 0
    assert labels(winback_lift(without, en)) == ["<b>A letter only</b>  conversion, not effect"]
    assert finding_of(winback_lift, without, en).startswith("Conversion, not effect")


def test_opens_are_hatched_and_an_unknown_stage_has_words_but_no_bar(funnel, en, de):
    reliable, opened = winback_funnel(funnel, en).data
    np.testing.assert_allclose(reliable.x, [1.0, 0.95, NAN, NAN, 0.02, 0.15])
    np.testing.assert_allclose(opened.x, [NAN, NAN, 0.45, NAN, NAN, NAN])
    assert opened.marker.pattern.shape == "/"
    assert labels(winback_funnel(funnel, en))[3] == "<b>Clicked</b>  not in your file"
    assert labels(winback_funnel(funnel, de))[2] == "<b>Geöffnet (unzuverlässig)</b>  90 von 200, 45\u202f%"


def test_the_funnel_claims_no_effect(funnel, en):
    assert finding_of(winback_funnel, funnel, en) == (
        "30 of 200 leavers written to came back, 15.0\u202f% (10.7–20.6\u202f%); whether because of the message, "
        "this does not say."
    )


def test_natural_return_is_a_curve_of_steps_with_days_to_click(returns, en):
    band, curve = natural_return(returns, en).data
    assert curve.line.shape == "hv"
    assert list(curve.x) == [0, 10, 80, 100, 120]
    np.testing.assert_allclose(curve.y, [0, 0.05, 0.145, 0.18778, 0.18778])
    assert [key[0] for key in curve.customdata] == [0, 10, 80, 100, 120]
    assert band.y[0] == 0


def test_natural_return_is_told_after_ninety_days(returns, en, de):
    assert finding_of(natural_return, returns, en) == (
        "By day 80 after leaving, 14.5\u202f% (9.0–23.0\u202f%) are back by themselves."
    )
    assert alt_of(natural_return, returns, de).startswith("Steigende Kurve über 120 Tage.")
