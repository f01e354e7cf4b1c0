"""Cohorts, medians, causes, worth and the year ahead, as they are drawn and told."""

import numpy as np
import pandas as pd

from retention import figures
from retention.figures import finding_of
from retention.figures.parts.theme import QUIET


def squares(figure, symbol):
    return [
        [tuple(key) for key in trace.customdata]
        for trace in figure.data
        if trace.marker and trace.marker.symbol == symbol
    ]


def test_the_parts_of_a_change_follow_one_another_from_rate_to_rate(changes, en):
    figure = figures.churn_change(changes, en)
    behaviour, mix = (trace for trace in figure.data if trace.type == "bar")
    ends = [
        base + part
        for trace in (behaviour, mix)
        for base, part in zip(trace.base, trace.x, strict=True)
        if part == part
    ]
    np.testing.assert_allclose(ends[:2] + ends[-3:-1], [0.051125, 0.050675, 0.052329, 0.05795], atol=1e-6)
    totals = next(trace for trace in figure.data if trace.type == "scatter")
    assert list(totals.x) == [0.055, 0.05795]


def test_where_nothing_changed_the_rate_stayed_and_few_members_are_grey(changes, en):
    nought = ("churned_before", "churned_after", "rate_before", "rate_after", "change", "behaviour", "mix")
    still = changes.assign(**dict.fromkeys(nought, 0), simpson="none", active_before=7, active_after=7)
    assert finding_of(figures.churn_change, still, en) == (
        "Churn stayed at 0.0\u202f% (95 % interval of the change −1.2 pp to +1.6 pp)."
    )
    figure = figures.churn_change(still, en)
    assert list(figure.data[-1].marker.color) == [QUIET, QUIET]
    assert min(figure.layout.xaxis.tickvals) == 0
    assert "zero" not in figure.layout.xaxis.title.text
    assert "does not begin" in figures.churn_change(changes, en).layout.xaxis.title.text.replace("<br>", " ")


def test_simpsons_case_and_chance_are_told(changes, en, de):
    assert finding_of(figures.churn_change, changes, en) == (
        "Churn went from 5.5\u202f% to 5.8\u202f%: +0.30 pp (95 % interval −1.2 pp to +1.6 pp). "
        "−0.43 pp from behaviour, +0.73 pp from mix. Every single group improved, and still the whole got worse: "
        "more of your members are now in groups that lose more (Simpson's paradox). "
        "A difference of this size can be chance."
    )
    assert "Simpson-Paradox" in finding_of(figures.churn_change, changes, de)
    assert "Simpson" not in finding_of(figures.churn_change, changes.assign(simpson="none"), en)


def test_a_square_carries_cohort_and_month_and_what_is_not_observed_is_blank(triangle, en):
    figure = figures.cohort_share(triangle, en)
    assert squares(figure, "square") == [
        [("2026-01-01", 1), ("2026-01-01", 2), ("mean", 1), ("mean", 2)],
    ]
    assert squares(figure, "square-open") == [[("2026-02-01", 1)]], "hollow while not all have come so far"
    assert all(trace.type == "scatter" for trace in figure.data), "a heatmap gives no click"


def test_the_mean_of_the_cohorts_is_told(triangle, en):
    assert finding_of(figures.cohort_share, triangle, en) == (
        "Over all cohorts 90.0\u202f% (76.9–96.0\u202f%) after 1 month are still there."
    )


def test_a_cell_of_fewer_than_ten_is_grey(triangle, en):
    figure = figures.cohort_share(triangle.assign(observed=9), en)
    assert {trace.marker.color for trace in figure.data} == {"#7B8784"}


def test_where_half_are_not_gone_it_says_not_reached(medians, en, de):
    labels = [label.text for label in figures.median_stay(medians, en).layout.annotations]
    assert labels == [
        "<b>Monthly</b>  366 days (337–396), n = 200",
        "<b>Lite</b>  303 days (273–not reached), n = 50",
        "<b>Annual</b>  not reached in 380 days, n = 40",
    ]
    assert finding_of(figures.median_stay, medians, de).endswith("(Log-Rank χ² 21,4, df 2, p < 0,001).")


def test_where_never_ten_were_observed_no_days_are_told(medians, en):
    alone = medians.iloc[2:].assign(followed=None, spells=4)
    assert [label.text for label in figures.median_stay(alone, en).layout.annotations] == [
        "<b>Annual</b>  fewer than ten were observed, n = 4"
    ]


def test_groups_that_do_not_differ_are_said_not_to(medians, en):
    told = finding_of(figures.median_stay, medians.assign(p=0.31, chi_square=2.3), en)
    assert told == "No difference between the 3 groups can be shown (log-rank χ² 2.3, df 2, p = 0.310)."


def test_the_shortcut_that_overstates_is_dotted_beside_each_cause(gone_by_cause, en):
    dotted = [trace for trace in figures.leaving_by_cause(gone_by_cause, en).data if trace.line.dash == "dot"]
    assert [list(trace.y) for trace in dotted] == [[0, 0.1, 0.26], [0, 0.05, 0.21]]
    assert finding_of(figures.leaving_by_cause, gone_by_cause, en) == (
        "After 300 days: 24.0\u202f% (9.0–44.0\u202f%) asked to leave; 19.0\u202f% (6.0–37.0\u202f%) payment failed."
    )


def test_a_horizon_that_nobody_has_seen_has_no_value(lifetimes, en):
    figure = figures.lifetime_value(lifetimes, en)
    assert np.isnan(figure.data[1].x[1])
    assert "not yet known, 14 months observed" in figure.layout.annotations[1].text.replace("<br>", " ")


def test_a_formula_far_off_the_scale_is_an_arrow_at_its_edge(lifetimes, en):
    far = lifetimes.assign(by_formula=lifetimes["by_formula"].where(lifetimes["segment"] == "Lite", 9999.0))
    figure = figures.lifetime_value(far, en)
    assert list(figure.data[-1].marker.symbol) == ["triangle-right", "diamond"]
    assert figure.data[-1].x[0] < figure.layout.xaxis.range[1]


def test_the_forecast_is_dashed_where_it_is_an_assumption(ahead, en):
    lines = [trace for trace in figures.forecast(ahead, en).data if trace.mode == "lines+markers"]
    assert [(trace.line.dash, list(trace.x)) for trace in lines] == [("solid", [0, 1]), ("dash", [1, 2])]
    assert finding_of(figures.forecast, ahead, en) == (
        "Of today's 100 members, 90 (84–96) are expected to be there in 2 months, 90.1\u202f%. "
        "For 30\u202f% of these the curve was never observed so long."
    )


def test_the_worth_of_a_point_is_called_a_projection(lower_churn, en, de):
    assert finding_of(figures.worth_of_a_point, lower_churn, en) == (
        "Projection for today's 100 members: with 4.0\u202f% in place of 5.0\u202f% a month, "
        "1 member more is there after a year, 10 a month more."
    )
    assert finding_of(figures.worth_of_a_point, lower_churn, de).startswith("Hochrechnung für die heutigen 100 ")


def test_a_name_keeps_clear_of_the_curves_that_go_on(stays, en):
    long = stays.assign(segment="long").loc[lambda rows: rows["at_risk"] >= 10]
    short = long.iloc[:2].assign(segment="short", survival=[0.8, 0.79])
    figure = figures.survival(pd.concat([long, short], ignore_index=True), en)
    name = next(label for label in figure.layout.annotations if label.text == "<b>short</b>")
    assert name.x == 60
    assert name.y < 0.8 - 0.04


def test_where_the_first_days_were_not_observed_no_median_is_claimed(medians, en):
    late = medians.head(1).assign(median=None, low=None, high=None, begins=70)
    assert "ages below 70 days were not observed" in figures.alt_of(figures.median_stay, late, en)


def test_a_curve_that_begins_late_says_so(stays, en):
    assert finding_of(figures.survival, stays.assign(begins=70), en).endswith(
        "Ages below 70 days were not observed: the share is of those who came so far."
    )
