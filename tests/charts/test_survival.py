"""Survival is drawn as far as ten or more were observed, with their number underneath."""

import numpy as np
import pandas as pd

from retention.figures import alt_of, drawn_of, finding_of, survival
from retention.figures.parts.theme import PLANS
from retention.wording import observations


def curves(figure):
    return [trace for trace in figure.data if trace.mode == "lines+markers"]


def counts(figure):
    return [list(trace.text) for trace in figure.data if trace.mode == "markers+text"]


def test_the_curve_falls_in_steps_and_ends_where_fewer_than_ten_are_observed(stays, en):
    (curve,) = curves(survival(stays, en))
    assert curve.line.shape == "hv"
    assert list(curve.x) == [0, 30, 365]
    np.testing.assert_allclose(curve.y, [1, 0.8, 0.4])
    assert list(curve.customdata[1][:2]) == ["(all)", 30]


def test_who_was_still_there_when_the_data_end_is_a_tick(stays, en):
    ticks = next(trace for trace in survival(stays, en).data if trace.marker.symbol == "line-ns-open")
    assert list(ticks.x) == [60]


def test_the_number_observed_stands_under_the_days(stays, en):
    figure = survival(stays, en)
    assert list(figure.layout.xaxis.tickvals) == [0, 90, 180, 270, 360]
    assert counts(figure) == [["20", "14", "14", "14", "14"]]


def test_segments_have_their_colours_and_their_names_at_the_end(stays, en):
    two = pd.concat([stays.assign(segment="month"), stays.assign(segment="year")], ignore_index=True)
    figure = survival(two, en)
    assert [curve.line.color for curve in curves(figure)] == list(PLANS[:2])
    assert [label.text for label in figure.layout.annotations[:2]] == ["<b>monthly</b>", "<b>yearly</b>"]
    # Both curves end alike, so the names give way.
    assert figure.layout.annotations[1].y - figure.layout.annotations[0].y >= 0.05


def test_a_plan_named_like_a_template_is_shown_as_it_is_named(stays, en):
    (curve,) = curves(survival(stays.assign(segment="%{x}<b>"), en))
    assert curve.name == "%&#123;x}&lt;b&gt;"


def test_how_many_are_still_there_after_a_year_is_told(stays, en, de):
    assert finding_of(survival, stays, en) == "After 365 days, 40.0\u202f% (18.0–61.2\u202f%) are still there."
    assert finding_of(survival, stays.assign(segment="later"), de) == (
        "wiedergekommen: nach 365 Tagen sind 40,0\u202f% (18,0–61,2\u202f%) noch da."
    )


def test_a_group_of_fewer_than_ten_is_not_drawn(stays, en):
    figure = survival(stays.assign(at_risk=9), en)
    assert len(figure.data) == 0
    assert figure.layout.annotations[0].text.startswith("Too few to draw")


def test_n_is_that_of_the_marks_that_are_drawn(en):
    answer = pd.DataFrame({"segment": ["(all)"] * 3, "day": [1, 30, 60], "at_risk": [40, 12, 9]})
    assert observations(en, drawn_of(survival, answer), "at_risk") == "n\u00a0=\u00a012 to 40 per mark."


def test_fewer_than_ten_are_said_to_be_too_few_and_nobody_to_be_nobody(en, de):
    few = pd.DataFrame({"segment": ["(all)"], "day": [5], "at_risk": [7], "survival": [0.8], "ended": [1]})
    said = survival(few, en).layout.annotations[0].text.replace("<br>", " ")
    assert said == "Too few to draw: a curve needs ten who are observed, here are 7."
    assert alt_of(survival, few, de) == "Zu wenige zum Zeichnen: Eine Kurve braucht zehn Beobachtete, hier sind es 7."
    assert alt_of(survival, few.iloc[:0], en) == "Nothing to draw: no observations in this selection."
