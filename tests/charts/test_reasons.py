"""Reasons are drawn with what they can bear: intervals, no answer as its own bar, no rank on a handful of answers."""

import numpy as np

from retention.figures import (
    alt_of,
    finding_of,
    price_stated,
    reason_bounds,
    reason_incidence,
    reason_lost_mrr,
    reason_shares,
    reasons_by_group,
    reasons_over_time,
    silence,
)
from retention.figures.parts.theme import EMPHASIS, INK, PLANS, QUIET

NAN = float("nan")


def labels(figure):
    return [label.text for label in figure.layout.annotations]


def dots(figure):
    return next(trace for trace in figure.data if trace.type == "scatter")


def hatched(figure):
    return next(trace for trace in figure.data if trace.type == "bar" and trace.marker.pattern.shape)


def test_each_reason_has_a_dot_and_an_interval_and_no_answer_a_bar_of_its_own(reasons, en):
    figure = reason_shares(reasons, en)
    np.testing.assert_allclose(dots(figure).x, [0.3167, 0.2, 0.0083, NAN])
    np.testing.assert_allclose(dots(figure).error_x.array, [0.0877, 0.0803, 0.0374, NAN])
    np.testing.assert_allclose(dots(figure).error_x.arrayminus, [0.0763, 0.0617, 0.0068, NAN])
    np.testing.assert_allclose(hatched(figure).x, [NAN, NAN, NAN, 0.6])
    assert [key[0] for key in dots(figure).customdata] == ["price", "not_using", "other", "no_answer"]


def test_each_row_is_named_and_numbered(reasons, en, de):
    assert labels(reason_shares(reasons, en)) == [
        "<b>Too expensive</b>  38 of 120 answers, 32\u202f%",
        "<b>Not using it enough</b>  24 of 120 answers, 20\u202f%",
        "<b>Other</b>  1 of 120 answers, 1\u202f%",
        "<b>No answer</b>  180 of 300, 60\u202f% of all",
    ]
    assert labels(reason_shares(reasons, de))[3] == "<b>Keine Antwort</b>  180 von 300, 60\u202f% aller"


def test_whoever_points_at_a_reason_reads_both_bases(reasons, en):
    assert dots(reason_shares(reasons, en)).hovertext[0].replace("<br>", " ") == (
        "Too expensive: 38 of 120 answers, 31.7\u202f% (95 % interval 24.0–40.4\u202f%); 12.7\u202f% of all 300."
    )


def test_fewer_than_ten_answers_are_grey_and_not_ranked(reasons, en, de):
    few = reasons.assign(answered=9)
    assert dots(reason_shares(few, en)).marker.color == QUIET
    assert [key[0] for key in dots(reason_shares(few, en)).customdata] == ["not_using", "other", "price", "no_answer"]
    assert finding_of(reason_shares, few, en) == "Only 9 answers: too few to rank the reasons."
    assert finding_of(reason_shares, reasons.assign(answered=1), de) == (
        "Nur 1 Antwort: zu wenig für eine Rangfolge der Gründe."
    )
    assert dots(reason_shares(reasons, en)).marker.color == INK


def test_a_reason_is_named_most_only_where_its_interval_is_clear_of_the_second(reasons, en, de):
    assert finding_of(reason_shares, reasons, en) == (
        "“Too expensive” is named most: 38 of 120 answers, 32\u202f% (24–40\u202f%)."
    )
    reasons.loc[0, "low"] = 0.19
    assert finding_of(reason_shares, reasons, en) == (
        "“Too expensive” is named most often, 38 of 120 answers, 32\u202f% (19–40\u202f%), but not clearly ahead of "
        "“Not using it enough” with 20\u202f%."
    )
    assert finding_of(reason_shares, reasons, de) == (
        "„Zu teuer“ steht vorn, 38 von 120 Antworten, 32\u202f% (19–40\u202f%), aber nicht klar vor "
        "„Zu selten genutzt“ mit 20\u202f%."
    )


def test_nobody_answering_is_said_and_drawn(reasons, en):
    silent = reasons.iloc[3:].assign(answered=0, named=300, share_of_all=1.0)
    assert finding_of(reason_shares, silent, en) == "None of the 300 who left gave a usable answer."
    np.testing.assert_allclose(hatched(reason_shares(silent, en)).x, [1.0])


def test_the_shares_are_told_in_words(reasons, en):
    assert alt_of(reason_shares, reasons, en) == (
        "3 reasons, share of answers: Too expensive 32\u202f%, Not using it enough 20\u202f%, Other 1\u202f%. "
        "Without an answer: 60\u202f% of all."
    )


def test_lost_money_is_ordered_by_amount_and_silence_stands_last(reasons, en):
    figure = reason_lost_mrr(reasons, en)
    np.testing.assert_allclose(figure.data[0].x, [655.5, 410, 9, NAN])
    np.testing.assert_allclose(hatched(figure).x, [NAN, NAN, NAN, 2000])
    assert labels(figure)[0] == "<b>Not using it enough</b>  656 a month"
    assert finding_of(reason_lost_mrr, reasons, en) == (
        "“Not using it enough” took 656 a month; 2,000 a month left without an answer."
    )


def test_an_unknown_amount_is_left_out(reasons, en):
    reasons.loc[3, "lost_mrr"] = None
    assert len(labels(reason_lost_mrr(reasons, en))) == 3


def test_plans_lie_side_by_side_within_each_reason(by_group, en):
    figure = reasons_by_group(by_group, en)
    assert [trace.name for trace in figure.data] == ["monthly (n = 50)", "annual (n = 8)"]
    np.testing.assert_allclose(figure.data[0].x, [0.4, 0.1])
    np.testing.assert_allclose(figure.data[1].x, [0.25, NAN])
    assert [trace.marker.color for trace in figure.data] == [PLANS[0], QUIET]
    assert figure.data[1].y[0] - figure.data[0].y[0] == 18
    assert list(figure.data[0].customdata[1]) == ["monthly", "other"]


def test_a_plan_called_in_markup_is_shown_as_it_is_called(by_group, en):
    named = by_group.replace("monthly", "<img src=x> $1$ & more")
    assert reasons_by_group(named, en).data[0].name == "&lt;img src=x&gt; &#36;1&#36; &amp; more (n = 50)"


def test_more_plans_than_can_be_told_apart_are_left_out_in_words(by_group, en):
    many = by_group.iloc[[0] * 8].assign(segment=[f"plan {number}" for number in range(8)])
    figure = reasons_by_group(many, en)
    assert len(figure.data) == 6
    assert figure.layout.xaxis.title.text.replace("<br>", " ").endswith("2 smaller groups are left out.")


def test_each_reason_has_its_own_line_on_the_same_scale(over_time, en):
    figure = reasons_over_time(over_time, en)
    drawn = [trace for trace in figure.data if trace.mode == "markers"]
    np.testing.assert_allclose(drawn[0].y, [0.4, 1.0, 0.25])
    assert [list(trace.marker.symbol)[-1] for trace in drawn] == ["circle-open", "circle-open"]
    assert list(drawn[0].marker.color) == [EMPHASIS, QUIET, INK]
    assert list(drawn[0].customdata[0][:3]) == ["price", "", "2026-07-01"]
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    assert labels(figure) == ["<b>Too expensive</b>", "<b>Other</b>"]


def test_one_answer_is_one_answer_in_the_sentence(over_time, en):
    drawn = next(trace for trace in reasons_over_time(over_time, en).data if trace.mode == "markers")
    assert [("answers," in text, "answer," in text) for text in drawn.hovertemplate] == [
        (True, False),
        (False, True),
        (True, False),
    ]


def test_rarer_reasons_are_left_out_in_words(over_time, en):
    many = over_time.iloc[[0] * 9].assign(reason=[f"reason {number}" for number in range(9)])
    title = reasons_over_time(many, en).layout.xaxis.title.text.replace("<br>", " ")
    assert title == "Share of each period's answers. 1 reason named more rarely is left out."


def test_a_reason_that_rose_is_said_first_and_else_which_was_last(over_time, en, de):
    assert finding_of(reasons_over_time, over_time, en) == (
        "In August 2026, no reason was above its usual range. The last to be: “Too expensive”, 8 of 20 answers, "
        "40\u202f% (usually at most 35\u202f%), in July 2026."
    )
    july = over_time[over_time.period_start == "2026-07-01"]
    assert finding_of(reasons_over_time, july, de) == (
        "Im Juli 2026 über dem üblichen Bereich: „Zu teuer“, 8 von 20 Antworten, 40\u202f% (üblich höchstens "
        "35\u202f%)."
    )


def test_where_some_were_not_shown_a_reason_their_share_stands_beside(reasons, en):
    diamond = next(
        trace for trace in reason_shares(reasons, en).data if getattr(trace.marker, "symbol", "") == "diamond"
    )
    np.testing.assert_allclose(diamond.x, [NAN, 0.3, NAN, NAN])
    assert (
        dots(reason_shares(reasons, en))
        .hovertext[1]
        .replace("<br>", " ")
        .endswith("Of the 80 who were shown it: 30.0\u202f% (21.1–40.8\u202f%).")
    )


def test_the_bounds_run_from_none_to_all_of_the_silent(reasons, en):
    span, dot = reason_bounds(reasons, en).data
    base = np.array(span.base, dtype=float)
    np.testing.assert_allclose(base, [0.1267, 0.08, 0.0033])
    np.testing.assert_allclose(base + np.array(span.x, dtype=float), [0.7267, 0.68, 0.6033])
    np.testing.assert_allclose(dot.x, [0.3167, 0.2, 0.0083])


def test_silence_and_junk_are_told_with_their_intervals(silent, en, de):
    assert finding_of(silence, silent, en) == (
        "60 of 100 who left said nothing usable, 60\u202f% (50.2–69.1\u202f%). Of 50 answers, 10 say nothing, "
        "20.0\u202f% (11.2–33.0\u202f%)."
    )
    assert labels(silence(silent, de))[0] == "<b>Alle zusammen</b>  60 von 100, 60,0\u202f%"


def test_both_readings_of_a_reason_stand_side_by_side(incidences, en):
    assert finding_of(reason_incidence, incidences, en) == (
        "Of all who join, 12.0\u202f% (9.0–16.0\u202f%) have left for “Too expensive” within 365 days; of "
        "those who left by "
        "then it is 40\u202f%."
    )


def test_the_price_is_compared_and_nobodys_motive_claimed(prices, en):
    assert finding_of(price_stated, prices, en) == (
        "The price is named by: a cheaper plan was sold: 13 of 44, 30\u202f% (18.2–44.1\u202f%); "
        "held the cheapest plan: 6 of 20, 30\u202f% (14.5–51.9\u202f%)."
    )
