"""How leaving felt, in figures: each claims what its numbers allow, in both languages."""

import numpy as np
import pandas as pd

from retention.figures import finding_of, heat_by_wait, member_story, request_times, request_trend, save_rates, waiting
from retention.figures.parts.durations import duration, hours_axis
from retention.figures.parts.theme import EMPHASIS, QUIET


def test_a_duration_is_said_in_the_unit_that_a_reader_would_use(en, de):
    assert [duration(hours, en) for hours in (0.25, 1, 6.26, 47, 48, 72.5, None)] == [
        "15 min", "1 h", "6.3 h", "47 h", "2 days", "3 days", "–",
    ]
    assert duration(6.26, de) == "6,3 Std."
    assert duration(80, de) == "3,3 Tage"


def test_the_axis_of_hours_has_a_tick_for_a_minute_and_not_too_many(en):
    axis = hours_axis(115, en)
    assert axis["ticktext"] == ["1 min", "10 min", "1 h", "8 h", "2 days"]
    assert len(hours_axis(9000, en)["tickvals"]) <= 7


def test_the_waiting_says_what_was_reached_and_what_was_not(waits, en):
    assert finding_of(waiting, waits, en) == (
        "Half have a first reply within 2 h, nine in ten within 30 h (n = 20). Not even half are done yet (n = 4)."
    )


def test_a_curve_of_fewer_than_ten_is_grey_and_others_end_where_fewer_than_ten_are_left(waits, en):
    reply, done = (trace for trace in waiting(waits, en).data if trace.hoverinfo != "skip")
    assert done.line.color == QUIET
    assert list(reply.x) == [1 / 60, 0.5, 2.0, 30.0]
    assert list(reply.y) == [1.0, 0.75, 0.5, 0.05]


def test_what_is_not_reached_has_no_ring(wait_times, en):
    rings = [trace for trace in request_times(wait_times, en).data if trace.name == "nine in ten"][0]
    assert np.isfinite(rings.x).tolist() == [True, False]


def test_of_two_neighbours_above_the_range_both_are_marked_and_numbered_where_there_is_room(heat_trend, en):
    figure = request_trend(heat_trend, en)
    assert list(figure.data[-1].marker.color)[:3].count(EMPHASIS) == 2
    assert [note.text for note in figure.layout.annotations] == ["<b>20.0\u202f%</b>", "<b>22.0\u202f%</b>"]
    long = pd.concat([heat_trend.iloc[[0]]] * 20 + [heat_trend], ignore_index=True)
    long["period_start"] = pd.date_range("2024-10-01", periods=len(long), freq="MS")
    assert [note.text for note in request_trend(long, en).layout.annotations] == ["<b>22.0\u202f%</b>"]


def test_heat_and_slowness_are_said_to_go_together_and_not_to_cause_each_other(heat_waits, en):
    said = finding_of(heat_by_wait, heat_waits, en)
    assert "37.5\u202f% (24.2–53.0\u202f%)" in said
    assert said.endswith("Clearly more: they go together, which does not say why.")


def test_overlapping_intervals_show_no_difference(heat_waits, en, de):
    alike = heat_waits.assign(low=0.01, high=0.6)
    assert "no difference is shown" in finding_of(heat_by_wait, alike, en)
    assert "nicht gezeigt" in finding_of(heat_by_wait, alike, de)


def test_one_band_with_enough_requests_is_compared_with_nothing(heat_waits, en):
    assert finding_of(heat_by_wait, heat_waits.iloc[:2], en) == "Too few requests to compare."


def test_the_save_rate_says_how_many_cannot_be_judged_yet(saves, en, de):
    assert finding_of(save_rates, saves, en) == (
        "20 of 80 who asked to leave stayed, 25.0\u202f% (16.8–35.5\u202f%). 12 more cannot be judged yet."
    )
    assert "12 weitere" in finding_of(save_rates, saves, de)
    none = saves.assign(counted=0, kept=0)
    assert finding_of(save_rates, none, en).startswith("None of the 12 requests can be judged yet")


def test_a_story_has_a_lane_for_each_part_and_shows_words_as_they_are(story, en):
    figure = member_story(story, en)
    assert [note.text.split("</b>")[0] for note in figure.layout.annotations] == [
        "<b>Membership", "<b>Payments that failed or went back", "<b>Request to cancel", "<b>Feedback", "<b>Letters",
    ]
    feedback = next(trace for trace in figure.data if trace.name == "Feedback")
    assert "Too expensive, Taking a break" in feedback.hovertext[0].replace("<br>", " ")
    assert "&lt;b&gt;" in feedback.hovertext[0]
