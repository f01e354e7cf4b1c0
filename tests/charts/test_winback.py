"""Win-back figures never show an effect that nobody measured."""

import numpy as np

from retention.figures import (
    alt_of,
    finding_of,
    leave_again,
    natural_return,
    returns,
    winback_by_offer,
    winback_funnel,
    winback_lift,
    winback_planner,
    winback_reach,
    winback_value,
)
from retention.figures.parts.theme import INK, QUIET

NAN = float("nan")


def labels(figure):
    lines = [label.text.split("<br>") for label in figure.layout.annotations]
    return [("  " if len(text) > 1 else "").join([text[0], " ".join(text[1:])]) for text in lines]


def test_conversion_stands_beside_natural_return(incentives, en):
    bars, came, few, natural = winback_by_offer(incentives, en).data
    np.testing.assert_allclose(bars.x, [0.4, 0.15, 0.25])
    np.testing.assert_allclose(came.x, [0.4, 0.15, NAN])
    np.testing.assert_allclose(came.error_x.array, [0.098, 0.0941, 0.4494])
    np.testing.assert_allclose(natural.x, [0.12, 0.11, NAN])
    assert natural.marker.symbol == "diamond"
    np.testing.assert_allclose(few.x, [NAN, NAN, 0.25])
    assert (came.marker.color, few.marker.color) == (INK, QUIET)


def test_what_is_not_settled_is_told_and_in_no_rate(incentives, en):
    assert labels(winback_by_offer(incentives, en))[0] == (
        "<b>Free course</b>  40 of 100 came back, 40.0\u202f%; 10 not settled yet"
    )
    unsettled = incentives.iloc[:1].assign(settled=0, conversion=None, low=None, high=None, natural_rate=None)
    assert labels(winback_by_offer(unsettled, en)) == [
        "<b>Free course</b>  no message is settled yet; 10 not settled yet"
    ]


def test_an_offer_leads_only_where_its_interval_allows(incentives, en, de):
    assert finding_of(winback_by_offer, incentives, en) == (
        "“Free course” is followed by returns most often: 40 of 100, 40.0\u202f% (30.9–49.8\u202f%). "
        "Return rate only, effect unknown."
    )
    close = incentives.assign(low=0.01)
    assert finding_of(winback_by_offer, close, de) == (
        "„Kostenloser Kurs“ hat die höchste Rückkehrquote, 40 von 100, 40,0\u202f% (1,0–49,8\u202f%), liegt aber nicht "
        "klar vorn. Nur Rückkehrquote, Wirkung unbekannt."
    )
    assert finding_of(winback_by_offer, incentives.iloc[2:], en).startswith("It is too early to tell")


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
        "<b>Free course</b>  +9.9 pp (3.6 to 15.8): brings members back; n\u00a0=\u00a0314 and 222",
        "<b>Discount</b>  +1.9 pp (−4.6 to 7.9): effect not shown; n\u00a0=\u00a0287 and 196",
        "<b>A letter only</b>  return rate only, effect unknown",
    ]
    assert labels(winback_lift(lifts, de))[1] == (
        "<b>Rabatt</b>  +1,9 Pp. (−4,6 bis 7,9): Wirkung nicht nachgewiesen; n\u00a0=\u00a0287 und 196"
    )


def test_the_lift_is_told_with_its_interval_and_both_rates(lifts, en, de):
    assert finding_of(winback_lift, lifts, en) == (
        "Free course: +9.9 pp against the hold-out (3.6 to 15.8), 20.7\u202f% against 10.8\u202f%: "
        "brings members back. Discount: +1.9 pp against the hold-out (−4.6 to 7.9), "
        "14.6\u202f% against 12.8\u202f%: effect not shown. Free course: 52\u202f% of those who came back "
        "would have come without it."
    )
    assert finding_of(winback_lift, lifts, de).startswith(
        "Kostenloser Kurs: +9,9 Pp. gegen die Kontrollgruppe (3,6 bis 15,8)"
    )


def test_without_a_hold_out_there_is_no_mark_and_the_words_say_so(lifts, en):
    without = lifts.iloc[2:]
    assert len(winback_lift(without, en).data) == 0
    assert labels(winback_lift(without, en)) == ["<b>A letter only</b>  return rate only, effect unknown"]
    assert finding_of(winback_lift, without, en).startswith("Return rate only, effect unknown")


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


def test_natural_return_is_a_curve_of_steps_with_days_to_click(comebacks, en):
    band, curve = natural_return(comebacks, en).data
    assert curve.line.shape == "hv"
    assert list(curve.x) == [0, 10, 80, 100, 120]
    np.testing.assert_allclose(curve.y, [0, 0.05, 0.145, 0.18778, 0.18778])
    assert [key[0] for key in curve.customdata] == [0, 10, 80, 100, 120]
    assert band.y[0] == 0


def test_natural_return_is_told_after_ninety_days(comebacks, en, de):
    assert finding_of(natural_return, comebacks, en) == (
        "By day 80 after leaving, 14.5\u202f% (9.0–23.0\u202f%) are back by themselves."
    )
    assert alt_of(natural_return, comebacks, de).startswith("Steigende Kurve über 120 Tage.")


def test_the_planner_says_how_many_how_long_and_what_is_too_small(plans, en, de):
    assert finding_of(winback_planner, plans, en) == (
        "To see a rise from 10.0\u202f% (from your hold-outs) to 15.0\u202f%, hold out 686 and write to as "
        "many: 14 months at "
        "today's 100 leavers a month. Lifts of +1.0 pp or less are too small to see in two years."
    )
    assert labels(winback_planner(plans, de))[2] == (
        "<b>Wirkung von +10,0 Pp.</b>  199 zurückhalten, ebenso viele anschreiben: 4 Monate"
    )
    bars = winback_planner(plans, en).data[0]
    assert list(bars.x) == [36, 14, 4]
    assert bars.marker.color[1] == INK


def test_a_caused_return_has_a_price_only_where_an_effect_is_shown(values, en):
    said = finding_of(winback_value, values, en)
    assert "Free course: 19.33 for each return that it caused (12.09 to 53.25)." in said
    assert "Discount" not in said


def test_reach_is_told_with_the_days_until_the_first_message(reached, en, de):
    assert finding_of(winback_reach, reached, en) == (
        "100 of 200 leavers were written to, 50.0\u202f% (43.1–56.9\u202f%). Half of them within 30 days, "
        "nine in ten within 45."
    )
    assert finding_of(winback_reach, reached, de).startswith("100 von 200 Gegangenen wurden angeschrieben")


def test_returns_within_grace_are_said(back, en):
    assert finding_of(returns, back, en).endswith("1 of them within the grace time, and so never counted as leavers.")


def test_who_leaves_again_is_told_at_the_longest_span_that_ten_were_followed_for(again, en):
    assert finding_of(leave_again, again, en) == (
        "“Discount”: 19 of 38 returners left again within 60 days of its end, 50.0\u202f% (34.8–65.2\u202f%)."
    )
    assert finding_of(leave_again, again.iloc[2:], en).startswith("Fewer than ten returners")
