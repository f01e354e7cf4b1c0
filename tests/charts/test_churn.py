"""The churn trend draws what the answer says: emphasis for what is unusual, hollow for what still moves."""

import numpy as np
import pandas as pd
import pytest

from retention.figures import alt_of, churn_by_cause, finding_of, member_churn, sparkline
from retention.figures.parts.theme import EMPHASIS, INK, QUIET

NAN = float("nan")


def points(figure):
    return next(trace for trace in figure.data if trace.customdata is not None)


def line(figure):
    return next(
        trace for trace in figure.data if trace.mode == "lines" and trace.fill is None and trace.line.dash is None
    )


def test_the_rates_of_the_answer_are_drawn_with_their_intervals(churn, en):
    drawn = points(member_churn(churn, en))
    np.testing.assert_allclose(drawn.y, [NAN, 0.04, 0.08, 0.03156, 0.02])
    np.testing.assert_allclose(drawn.error_y.array, [NAN, 0.058, 0.046, 0.01144, 0.026])
    np.testing.assert_allclose(drawn.error_y.arrayminus, [NAN, 0.024, 0.03, 0.00846, 0.0114])


def test_only_points_outside_the_usual_range_are_coloured(churn, en):
    # In May nobody was a member: grey, though nothing is drawn there.
    assert list(points(member_churn(churn, en)).marker.color) == [QUIET, INK, EMPHASIS, INK, INK]


def test_a_period_of_fewer_than_ten_members_is_grey(churn, en):
    churn.loc[1, "active"] = 9
    assert points(member_churn(churn, en)).marker.color[1] == QUIET


def test_what_is_not_settled_is_hollow_and_hangs_on_no_line(churn, en):
    figure = member_churn(churn, en)
    assert list(points(figure).marker.symbol) == ["circle", "circle", "circle", "circle", "circle-open"]
    np.testing.assert_allclose(line(figure).y, [NAN, 0.04, 0.08, 0.03156, NAN])


def test_the_line_breaks_where_nobody_was_a_member(churn, en):
    churn.loc[2, ["churn_rate", "low", "high"]] = None
    drawn = line(member_churn(churn, en))
    np.testing.assert_allclose(drawn.y, [NAN, 0.04, NAN, 0.03156, NAN])
    assert drawn.connectgaps is False


def test_the_usual_range_is_level_within_each_period_and_leaves_out_what_has_none(churn, en):
    churn.loc[2, ["lower_limit", "upper_limit"]] = None
    band = next(trace for trace in member_churn(churn, en).data if trace.fill == "toself")
    june = [0.06, 0.06, 0.01, 0.01, 0.06, NAN]
    later = [0.06, 0.06, 0.06, 0.06, 0.01, 0.01, 0.01, 0.01, 0.06, NAN]
    np.testing.assert_allclose(band.y, june + later)


def test_the_axis_starts_at_zero_and_a_click_names_the_period(churn, en):
    figure = member_churn(churn, en)
    assert figure.layout.yaxis.range[0] == 0
    assert [key[0] for key in points(figure).customdata] == [
        "2026-05-01",
        "2026-06-01",
        "2026-07-01",
        "2026-08-01",
        "2026-09-01",
    ]


def test_the_newest_settled_number_and_those_outside_stand_beside_their_points(churn, en):
    assert [label.text for label in member_churn(churn, en).layout.annotations] == [
        "<b>8.0\u202f%</b>",
        "<b>3.2\u202f%</b>",
    ]


def test_whoever_points_at_a_mark_reads_a_sentence(churn, en, de):
    said = [text.replace("<br>", " ") for text in points(member_churn(churn, en)).hovertext]
    assert said[0] == "May 2026: nobody was a member at the start."
    assert said[3] == (
        "August 2026: 38 of 1,204 members left, 3.2\u202f% (95 % interval 2.3–4.3\u202f%). Within the usual range."
    )
    assert said[4].endswith("Not settled yet: settles on 14 October 2026.")
    assert points(member_churn(churn, de)).hovertext[3].replace("<br>", " ") == (
        "August 2026: 38 von 1.204 Mitgliedern gegangen, 3,2\u202f% (95-%-Intervall 2,3–4,3\u202f%). "
        "Im üblichen Bereich."
    )


def test_the_finding_is_about_the_newest_settled_period(churn, en, de):
    assert finding_of(member_churn, churn, en) == (
        "In August 2026, 38 of 1,204 members left, 3.2\u202f% (2.3–4.3\u202f%): within the usual range. "
        "September 2026 can still move: it settles on 14 October 2026."
    )
    assert finding_of(member_churn, churn, de) == (
        "Im August 2026 sind 38 von 1.204 Mitgliedern gegangen, 3,2\u202f% (2,3–4,3\u202f%): im üblichen Bereich. "
        "September 2026 kann sich noch ändern: endgültig am 14. Oktober 2026."
    )


def test_one_who_left_is_one(churn, en, de):
    one = churn.iloc[1:2].assign(churned=1, churn_rate=0.01)
    assert finding_of(member_churn, one, en).startswith("In June 2026, 1 of 100 members left")
    assert finding_of(member_churn, one, de).startswith("Im Juni 2026 ist 1 von 100 Mitgliedern gegangen")


def test_without_a_settled_period_nothing_is_claimed(churn, en, de):
    assert finding_of(member_churn, churn.iloc[4:], en) == (
        "It is too early to tell: no period is settled yet. "
        "September 2026 can still move: it settles on 14 October 2026."
    )
    assert finding_of(member_churn, churn.iloc[4:], de).startswith("Es ist zu früh")


def test_the_figure_in_words_counts_what_is_unusual(churn, en):
    assert alt_of(member_churn, churn, en) == (
        "Line of 5 periods from May 2026 to September 2026, 1 of them outside the usual range. "
        "In August 2026, 38 of 1,204 members left, 3.2\u202f% (2.3–4.3\u202f%): within the usual range. "
        "September 2026 can still move: it settles on 14 October 2026."
    )


def test_a_sparkline_stresses_the_newest_settled_point_and_hollows_what_moves(churn):
    figure = sparkline(churn, "churn_rate")
    assert (figure.layout.width, figure.layout.height) == (120, 36)
    drawn = next(trace for trace in figure.data if trace.mode == "markers")
    assert list(drawn.marker.size) == [0, 0, 6, 6, 6]
    assert list(drawn.marker.symbol)[-2:] == ["circle", "circle-open"]
    assert list(drawn.marker.color) == [INK, INK, EMPHASIS, INK, INK]
    np.testing.assert_allclose(drawn.y, [NAN, 0.04, 0.08, 0.03156, 0.02])


@pytest.mark.parametrize("weeks", [1, 2, 160])
def test_one_week_two_weeks_and_three_years_of_weeks_are_drawn(churn, en, weeks):
    week = churn.iloc[[3] * weeks].reset_index(drop=True)
    week["period_start"] = pd.date_range("2023-10-02", periods=weeks, freq="W-MON")
    week["last_day"] = week["period_start"] + pd.Timedelta(days=6)
    week.loc[week.index % 4 == 2, "signal"] = "above"
    assert len(points(member_churn(week, en)).y) == weeks
    assert len(member_churn(week, en).layout.annotations) <= 7
    assert len(churn_by_cause(week, en).data[0].y) == weeks
