"""The figures of the churn page and of the definition lens draw what their answers say, and say it in words."""

import re

import numpy as np
import pytest

from retention import figures
from retention.figures import alt_of, finding_of
from retention.figures.parts.theme import EMPHASIS, INK, QUIET
from retention.filters import DEFINITIONS
from retention.questions import foundation
from retention.texts import LANGUAGES, Texts

NAN = float("nan")


def labels(figure):
    return [label.text.replace("<br>", "  ") for label in figure.layout.annotations]


def marks(figure):
    return [trace for trace in figure.data if trace.mode == "markers"]


@pytest.mark.parametrize(
    ("name", "fixture", "said"),
    [
        (
            "renewal_churn",
            "renewed",
            "In August 2026, 16 of 200 renewals due were not renewed, 8.0\u202f% (5.0–12.6\u202f%): "
            "above the usual range.",
        ),
        (
            "payment_recovery",
            "recovered",
            "In August 2026, 16 of 200 failed charges were paid within 30 days, 8.0\u202f% "
            "(5.0–12.6\u202f%): above the usual range.",
        ),
        (
            "cancel_requests",
            "asked",
            "In August 2026, 16 members asked to cancel, 8.0\u202f% of 200 (5.0–12.6\u202f%): above the usual range.",
        ),
    ],
)
def test_a_course_is_drawn_and_told_alike_for_every_rate(name, fixture, said, request, en):
    chart, answer = getattr(figures, name), request.getfixturevalue(fixture)
    [drawn] = marks(chart(answer, en))
    np.testing.assert_allclose(drawn.y, [0.04, 0.08, 0.1111])
    assert list(drawn.marker.color) == [INK, EMPHASIS, QUIET]
    assert drawn.marker.symbol[2] == "circle-open"
    assert finding_of(chart, answer, en) == (
        f"{said} September 2026 can still move: it settles on 14 October 2026."
    )


def test_a_marked_step_is_a_thin_line_before_its_period_with_its_day(recovered, en, de):
    figure = figures.payment_recovery(recovered, en)
    [line] = figure.layout.shapes
    assert "2026-07-25" < line.x0 == line.x1 < "2026-08-10"
    assert "10 August 2026" in labels(figure)
    assert "10. August 2026" in labels(figures.payment_recovery(recovered, de))
    assert len(figures.payment_recovery(recovered.assign(step_on=None), en).layout.shapes) == 0


def test_revenue_stands_beside_members_on_a_scale_through_zero(revenue, en):
    figure = figures.revenue_churn(revenue, en)
    drawn = marks(figure)
    np.testing.assert_allclose([trace.y for trace in drawn], [[0.04, 0.03, 0], [0.06, 0.03, 0], [0.05, -0.05, 0]])
    assert figure.layout.yaxis.range[0] < -0.05
    assert "−5\u202f%" in figure.layout.yaxis.ticktext
    assert [trace.marker.color[2] for trace in drawn] == [QUIET] * 3
    assert finding_of(figures.revenue_churn, revenue, en) == (
        "In August 2026: 3.0\u202f% (1.0–8.0\u202f%) of the members, 3.0\u202f% (0.0–6.0\u202f%) of the monthly amount "
        "gross, −5.0\u202f% (−10.0–0.0\u202f%) net."
    )


def test_where_no_interval_could_be_computed_the_mark_says_so(revenue, en):
    said = marks(figures.revenue_churn(revenue, en))[1].hovertext[2].replace("<br>", " ")
    assert said == (
        "September 2026: 0 lost and 0 downgraded of 180 a month, 0.0\u202f% gross (no interval: fewer than ten "
        "members, or nothing lost)."
    )


def test_the_bridge_of_the_monthly_amount_hangs_together(movements, en, de):
    bars, links, ends = figures.mrr_bridge(movements, en).data
    np.testing.assert_allclose(np.array(bars.base, float), [0, 1000, 1120, 1140, 0])
    np.testing.assert_allclose(bars.x, [np.nan, 120, 20, -50, np.nan])
    assert list(bars.marker.color) == [QUIET, INK, INK, EMPHASIS, QUIET]
    assert (list(ends.x), [key[0] for key in ends.customdata]) == ([1000, 1090], ["start", "end"])
    np.testing.assert_allclose(links.x[:2], [1000, 1000])
    assert labels(figures.mrr_bridge(movements, en))[1] == "<b>New</b>  +120, 12 members"
    assert labels(figures.mrr_bridge(movements, de))[3] == "<b>Verloren</b>  −50, 5 Mitglieder"
    assert finding_of(figures.mrr_bridge, movements, en) == (
        "From 1 July 2026 to 31 July 2026: 1,000 became 1,090 a month, 140 gained and 50 lost."
    )


def test_where_the_scale_begins_at_zero_start_and_end_are_bars(movements, en):
    little = movements.assign(level=movements["level"] - 900)
    ends = little["movement"].isin(["start", "end"])
    little["amount"] = little["amount"].mask(ends, little["level"])
    bars, _ = figures.mrr_bridge(little, en).data
    np.testing.assert_allclose(bars.x, [100, 120, 20, -50, 190])


def test_a_scale_that_does_not_begin_at_zero_is_said(movements, en):
    axis = figures.mrr_bridge(movements, en).layout.xaxis
    assert axis.range[0] > 0
    assert axis.title.text.replace("<br>", " ") == "Monthly amount (MRR); the scale does not begin at zero"


def test_terms_have_a_line_each_and_few_members_are_grey(by_term, en):
    short, long = marks(figures.churn_by_term(by_term, en))
    np.testing.assert_allclose(short.y, [0.06, 0.0455])
    assert (short.marker.symbol[0], long.marker.symbol[0], long.marker.symbol[1]) == ("circle", "square", "square-open")
    assert long.marker.color[1] == QUIET
    assert list(long.customdata[0]) == ["2026-07-01", "long"]
    assert finding_of(figures.churn_by_term, by_term, en) == (
        "Under six months: 6 of 100 members left in July 2026, 6.0\u202f% (2.8–12.5\u202f%). "
        "Six months or longer: 1 of 50 members left in July 2026, 2.0\u202f% (0.4–10.5\u202f%)."
    )


def test_the_first_days_are_told_with_both_losses(newcomers, de):
    assert finding_of(figures.early_loss, newcomers, de).startswith(
        "Unter sechs Monaten: Von 100 Neuen (Juli 2026) sind 6 bis zum ersten Fälligkeitstag gegangen, 6,0\u202f% "
        "(2,8–12,5\u202f%), 2 am ersten Tag, 2,0\u202f% (0,0–7,0\u202f%)."
    )


def test_the_lens_shows_the_newest_period_and_what_has_no_value_in_words(definitions, en):
    figure = figures.definition_lens(definitions, en)
    said = labels(figure)
    assert said[0] == "<b>Member churn</b>  4.0\u202f%: 4 of 100"
    assert said[2].endswith("no requests in this data")
    edge = figure.data[-1]
    assert np.isfinite(edge.x).tolist() == [False, False, False, True]
    assert figure.layout.xaxis.range[1] < 0.3333
    assert {trace.marker.color for trace in figure.data[:-1]} == {EMPHASIS, QUIET, INK}
    assert finding_of(figures.definition_lens, definitions, en) == (
        "In August 2026, what is called churn lies between 4.0\u202f%, Member churn, and 6.0\u202f%, Churn events."
    )


def test_where_all_definitions_agree_it_is_said_and_what_lies_below_zero_is_on_the_scale(definitions, en):
    alike = definitions.assign(value=definitions["value"].where(definitions["value"].isna(), 0.0), low=-0.5, high=0.5)
    assert finding_of(figures.definition_lens, alike, en) == (
        "In August 2026, all definitions of churn say the same: 0.0\u202f%."
    )
    axis = figures.definition_lens(alike, en).layout.xaxis
    assert (axis.range[0], axis.range[1]) == (-0.2, 0.2), "the interval of a handful leaves the frame"
    assert 0 in axis.tickvals
    assert "−10\u202f%" in axis.ticktext


def test_over_time_the_two_compared_are_in_colour_and_renewals_stay_off_the_scale(definitions, en):
    figure = figures.definitions_over_time(definitions, en)
    assert [trace.name for trace in figure.data if trace.showlegend] == ["Member churn", "Churn events"]
    assert figure.layout.xaxis.title.text.replace("<br>", " ") == (
        "Renewal churn counts renewals due, not members, and lies on another scale: 33.3\u202f% of 9 in August 2026. "
        "Choose it above to see it."
    )
    assert finding_of(figures.definitions_over_time, definitions, en) == (
        "Over 2 settled periods, Churn events lies +2.00 pp from Member churn on average."
    )


def test_definitions_behind_the_two_compared_are_named_by_their_dashes(definitions, en):
    more = definitions.assign(value=definitions["value"].fillna(0.05), chosen=None)
    more.loc[more["definition"] == "member_churn", "chosen"] = "one"
    shown = [trace for trace in figures.definitions_over_time(more, en).data if trace.showlegend]
    assert [trace.name for trace in shown] == ["Member churn", "Churn events", "Cancel requests"]
    assert [trace.line.dash for trace in shown] == ["solid", "solid", "dot"]


def test_the_nearest_definition_is_said_with_what_it_says_and_a_line_marks_the_number_typed(near, en):
    figure = figures.definition_nearest(near, en)
    assert labels(figure)[0] == "<b>Member churn</b>  4.00\u202f% (−0.10 pp)"
    assert set(figure.data[0].x) == {0.041}
    assert finding_of(figures.definition_nearest, near, en) == (
        "In August 2026, no definition says 4.1\u202f% exactly. Member churn comes nearest: 4.00\u202f%, −0.10 pp, and "
        "its 95 % interval holds 4.1\u202f%."
    )


def test_where_a_definition_rounds_to_the_number_typed_it_says_the_same(near, en):
    same = near.assign(rounds=near["definition"] == "churn_events", told=0.06)
    assert finding_of(figures.definition_nearest, same, en) == (
        "In August 2026, Churn events says the same: 6.00\u202f%, which rounds to 6.0\u202f%."
    )


def test_where_no_interval_holds_the_number_typed_none_comes_near(near, en):
    assert finding_of(figures.definition_nearest, near.assign(inside=False), en).startswith(
        "In August 2026, no definition comes near 4.1\u202f%. The nearest, Member churn, says 4.00\u202f%"
    )


def test_the_bridge_between_definitions_goes_from_the_one_to_the_other(between, en):
    bars, _, ends = figures.definition_bridge(between, en).data
    assert [tuple(key) for key in ends.customdata] == [("one", ""), ("other", "")]
    np.testing.assert_allclose(ends.x, [0.04, 0.05])
    np.testing.assert_allclose(np.array(bars.base, float), [0, 0.04, 0.07, 0.06, 0])
    assert [tuple(key) for key in bars.customdata] == [
        ("one", ""), ("events", "joined_and_left"), ("events", "returned"), ("denominator", ""), ("other", ""),
    ]
    assert labels(figures.definition_bridge(between, en))[1:4] == [
        "<b>Joined and left within the period</b>  +3, +3.00 pp",
        "<b>Came back after leaving</b>  −1, −1.00 pp",
        "<b>Divided by something else</b>  −1.00 pp",
    ]
    assert finding_of(figures.definition_bridge, between, en) == (
        "Member churn says 4.0\u202f%, Churn with newcomers says 5.0\u202f%: 4 events make the difference "
        "(3 more, 1 fewer)."
    )
    assert alt_of(figures.definition_bridge, between, en).startswith("Waterfall between two definitions: Member churn")


def test_where_nothing_lies_between_two_definitions_it_is_said(between, en, de):
    ends = between[between["step"].isin(["one", "other"])]
    alike = ends.assign(value=0.0, level=0.0, counted=0)
    assert finding_of(figures.definition_bridge, alike, en) == (
        "Member churn and Churn with newcomers both say 0.0\u202f%: in this period they count the same and divide by "
        "the same."
    )
    low, high = figures.definition_bridge(alike, en).layout.xaxis.range
    assert low == 0 < high
    said = finding_of(figures.definition_bridge, between[between["step"] != "events"], de)
    assert said.endswith("Sie zählen dasselbe und teilen es durch anderes.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_definition_and_rate_of_the_page_has_label_meaning_formula_and_one_macro(language):
    texts, macros = Texts(language), foundation("metrics")
    rates = ("gross_revenue_churn", "net_revenue_churn", "payment_recovery", "zero_day_loss", "first_period_loss")
    for name in (*DEFINITIONS, *rates):
        assert macros.count(f"create macro {name}(") == 1
        assert [part for part in ("label", "meaning", "formula") if not texts.has(f"metric.{name}.{part}")] == []
    assert all(texts.has(f"metric.{name}.missing") for name in DEFINITIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_difference_that_the_questions_know_is_worded(language):
    texts, sql = Texts(language), foundation("definitions")
    named = re.findall(r"(?:then|else) '([a-z_]{4,})'", sql[sql.index("definition_events") :])
    kinds = set(named) - {"leaving", "request", "renewal", "return"}  # the events themselves
    assert len(kinds) >= 14
    assert "returned" in kinds
    for kind in kinds:
        assert texts.word("difference", kind) != kind
        assert texts.has(f"difference_meaning.{kind}")
