"""Causes add up to the rate above them, on the same axis."""

import numpy as np

from retention.figures import churn_by_cause, finding_of, member_churn

NAN = float("nan")


def test_causes_are_stacked_and_add_up_to_the_rate(churn, en):
    figure = churn_by_cause(churn, en)
    assert figure.layout.barmode == "stack"
    assert [bar.name for bar in figure.data] == ["asked to leave", "payment failed", "cause not known"]
    np.testing.assert_allclose(figure.data[1].y, [NAN, 0.01, 0.05, 0.00831, 0.0], atol=1e-5)
    np.testing.assert_allclose(np.sum([bar.y for bar in figure.data], axis=0), churn["churn_rate"], atol=1e-5)


def test_what_is_not_settled_is_pale(churn, en):
    assert list(churn_by_cause(churn, en).data[0].marker.opacity) == [1, 1, 1, 1, 0.45]


def test_each_part_says_of_how_many_and_within_which_interval(churn, en):
    part = churn_by_cause(churn, en).data[1]
    assert "%{customdata[6]:.1f}–%{customdata[7]:.1f}" in part.hovertemplate
    np.testing.assert_allclose(part.customdata[3][3:].astype(float), [10, 1204, 0.831, 0.452, 1.521], atol=2e-3)


def test_a_cause_that_never_occurs_has_no_name_in_the_figure_but_unknown_has_where_it_does(churn, en):
    assert [bar.name for bar in churn_by_cause(churn.iloc[:3], en).data] == ["asked to leave", "payment failed"]
    assert "cause not known" in [bar.name for bar in churn_by_cause(churn.iloc[3:4], en).data]


def test_both_figures_of_an_answer_share_their_axis(churn, en):
    upper, lower = member_churn(churn, en).layout, churn_by_cause(churn, en).layout
    assert upper.xaxis.range == lower.xaxis.range
    assert upper.xaxis.tickvals == lower.xaxis.tickvals
    assert upper.margin.l == lower.margin.l


def test_the_causes_of_the_newest_settled_period_are_told(churn, en, de):
    assert finding_of(churn_by_cause, churn, en) == (
        "In August 2026, 38 members left: 25 asked to leave, 10 payment failed, 3 cause not known."
    )
    assert finding_of(churn_by_cause, churn, de) == (
        "Im August 2026 sind 38 Mitglieder gegangen: 25 selbst gekündigt, 10 Zahlung gescheitert, "
        "3 Ursache nicht bekannt."
    )


def test_where_nobody_left_no_cause_is_told(churn, en, de):
    quiet = churn.iloc[1:2].assign(churned=0, voluntary=0, involuntary=0, unknown=0)
    assert finding_of(churn_by_cause, quiet, en) == "In June 2026, nobody left."
    assert finding_of(churn_by_cause, quiet, de) == "Im Juni 2026 ist niemand gegangen."
