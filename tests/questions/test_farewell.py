"""How leaving felt: times, shares, heat, offers, pauses and who stayed, against cases typed by hand."""

import math
from datetime import date

import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription


def request(number: int, member: str, asked: str, replied: str | None = None, done: str | None = None, **more) -> dict:
    """One request to cancel as a file of requests tells it."""
    return {
        "cancellation_id": f"C{number}",
        "member_id": member,
        "requested_at": asked,
        "first_reply_at": replied,
        "done_at": done,
        "channel": "email",
        "contacts": 1,
        "heat": "none",
        "outcome": "cancelled" if done else None,
        **more,
    }


def stays(*members: str) -> list[dict]:
    return [subscription(member, "2025-01-10") for member in members]


def times(data, **filters):
    """(median, 90th percentile, requests, still open) of each kind of waiting."""
    answer = data.ask("request_times", Filters(request_by="all", **filters)).set_index("waited_for")
    return {kind: (row.median_hours, row.slow_hours, row.requests, row.still_open) for kind, row in answer.iterrows()}


def shares(data, **filters):
    answer = data.ask("farewell_numbers", Filters(**filters)).set_index("measure")
    return {measure: (row.hits, row.counted) for measure, row in answer.iterrows()}


def test_without_open_requests_the_median_and_the_90th_percentile_are_rows_of_the_sorted_list(typed):
    hours = [5, 1, 3, 2, 4, 10, 9, 8, 7, 6]
    data = typed(
        subscriptions=stays("a"),
        cancellations=[
            request(
                n,
                "a",
                f"2025-03-{n + 1:02} 08:00",
                f"2025-03-{n + 1:02} {8 + hour:02}:00",
                f"2025-03-{n + 1:02} {8 + hour:02}:30",
            )
            for n, hour in enumerate(hours)
        ],
    )
    assert times(data) == {"reply": (5.0, 9.0, 10, 0), "done": (5.5, 9.5, 10, 0)}


def test_an_open_request_lengthens_the_median_instead_of_vanishing(typed):
    data = typed(
        subscriptions=stays("a", "b", "c"),
        as_of="2025-03-31",
        cancellations=[
            request(1, "a", "2025-03-10 08:00", "2025-03-10 09:00", "2025-03-10 10:00"),
            request(2, "b", "2025-03-11 08:00", "2025-03-11 12:00", "2025-03-11 13:00"),
            request(3, "c", "2025-03-21 00:00"),
        ],
    )
    # sorted: 1, 4 and one still waiting after 264 hours; the second of three is the middle one
    assert times(data)["reply"][0] == pytest.approx(4.0)
    assert math.isnan(times(data)["reply"][1])
    assert times(data)["done"][2:] == (3, 1)
    still = data.ask("waiting").query("waited_for == 'done'")
    assert still[["hours", "at_risk", "ended", "censored"]].values.tolist() == [
        [2.0, 3.0, 1.0, 0.0],
        [5.0, 2.0, 1.0, 0.0],
        [264.0, 1.0, 0.0, 1.0],
    ]
    assert still.waiting.tolist() == pytest.approx([2 / 3, 1 / 3, 1 / 3])


def test_where_all_are_open_nothing_is_reached_and_none_is_left_out(typed):
    data = typed(
        subscriptions=stays("a", "b"),
        as_of="2025-03-31",
        cancellations=[request(1, "a", "2025-03-30 12:00"), request(2, "b", "2025-03-31 12:00")],
    )
    median, slowest, requests, still_open = times(data)["done"]
    assert math.isnan(median)
    assert math.isnan(slowest)
    assert (requests, still_open) == (2, 2)
    waited = data.ask("open_requests", Filters(promise_hours=24))
    assert waited[["waited_hours", "is_late"]].values.tolist() == [[36.0, True], [12.0, False]]


def test_one_request_alone_has_a_time_and_an_interval_that_says_how_little_it_is(typed):
    data = typed(
        subscriptions=stays("a"),
        cancellations=[request(1, "a", "2025-03-10 08:00", "2025-03-10 08:30", "2025-03-10 09:00", handling_rating=4)],
    )
    assert times(data) == {"reply": (0.5, 0.5, 1, 0), "done": (1.0, 1.0, 1, 0)}
    rating = data.ask("request_means", Filters(request_by="all")).set_index("measured").loc["rating"]
    assert rating["mean"] == 4
    assert math.isnan(rating.low)


def test_a_reply_before_its_request_is_in_no_time_and_is_counted_as_ignored(typed):
    data = typed(
        subscriptions=stays("a", "b"),
        cancellations=[
            request(1, "a", "2025-03-10 08:00", "2025-03-09 08:00", "2025-03-11 08:00"),
            request(2, "b", "2025-03-10 08:00", "2025-03-10 10:00", "2025-03-10 11:00"),
        ],
    )
    assert times(data) == {"reply": (2.0, 2.0, 1, 0), "done": (3.0, 3.0, 1, 0)}
    assert data.ask("requests_told").ignored.iloc[0] == 1


def test_a_day_without_a_clock_time_on_the_day_of_the_request_is_that_day_and_no_error(typed):
    data = typed(
        subscriptions=stays("a"),
        cancellations=[request(1, "a", "2025-03-10 14:00", "2025-03-10 00:00", "2025-03-11 00:00")],
    )
    assert times(data) == {"reply": (0.0, 0.0, 1, 0), "done": (10.0, 10.0, 1, 0)}
    assert data.ask("requests_told").ignored.iloc[0] == 0


def test_nothing_after_the_last_complete_day_counts_as_a_reply(typed):
    data = typed(
        subscriptions=stays("a", "b"),
        as_of="2025-03-31",
        cancellations=[
            request(1, "a", "2025-03-31 20:00", "2025-04-01 08:00", None),
            request(2, "b", "2025-04-01 09:00", "2025-04-01 10:00", None),
        ],
    )
    assert times(data)["reply"][2:] == (1, 1)


def test_self_service_waits_for_no_reply_and_counts_as_done_by_themselves(typed):
    data = typed(
        subscriptions=stays("a", "b"),
        cancellations=[
            request(
                1, "a", "2025-03-10 08:00", "2025-03-10 08:01", "2025-03-10 08:01", channel="Self-Service", contacts=0
            ),
            request(2, "b", "2025-03-10 08:00", "2025-03-10 12:00", "2025-03-10 12:00", contacts=3),
        ],
    )
    assert times(data)["reply"][2] == 1
    assert shares(data)["self_service"] == (1, 2)
    assert shares(data)["more_contacts"] == (1, 2)


def test_days_asked_without_a_file_of_requests_leave_the_times_unknown_and_not_zero(typed):
    data = typed(
        subscriptions=[subscription("a", "2025-01-10", "2025-04-10")],
        cancellations=[
            {"cancellation_id": "c1", "member_id": "a", "requested_at": "2025-03-20 10:00", "outcome": "cancelled"}
        ],
    )
    told = data.ask("requests_told").iloc[0]
    assert [told.requests, told.handled, told.replies, told.ends, told.open] == [1, 0, 0, 0, 0]
    assert data.ask("request_times").empty
    assert data.ask("waiting").empty
    assert set(data.ask("farewell_numbers").measure) == {"saved"}


def test_a_file_that_tells_no_replies_does_not_make_everybody_wait(typed):
    data = typed(
        subscriptions=stays("a"), cancellations=[request(1, "a", "2025-03-10 08:00", None, "2025-03-10 12:00")]
    )
    assert data.ask("requests_told").replies.iloc[0] == 0
    assert list(times(data)) == ["done"]


def test_a_promise_counts_only_requests_whose_hours_have_passed(typed):
    data = typed(
        subscriptions=stays("a", "b", "c"),
        as_of="2025-03-31",
        cancellations=[
            request(1, "a", "2025-03-10 08:00", "2025-03-12 07:00", "2025-03-12 08:00"),
            request(2, "b", "2025-03-31 08:00", "2025-03-31 09:00", "2025-03-31 09:00"),
            request(3, "c", "2025-03-20 08:00"),
        ],
    )
    assert shares(data, promise_hours=48)["within_promise"] == (1, 2)
    assert shares(data, promise_hours=47)["within_promise"] == (0, 2)
    assert shares(data)["within_day"] == (0, 2)
    assert shares(data, promise_hours=1)["within_promise"] == (1, 3)


def test_the_mean_rating_has_students_interval_within_the_scale(typed):
    ratings = [5, 4, 5, 3, 4]
    data = typed(
        subscriptions=stays("a"),
        cancellations=[
            request(n, "a", f"2025-03-{n + 1:02} 08:00", None, f"2025-03-{n + 1:02} 09:00", handling_rating=rating)
            for n, rating in enumerate(ratings)
        ],
    )
    row = data.ask("request_means", Filters(request_by="all")).set_index("measured").loc["rating"]
    # mean 4.2, s = 0.83666, t(4) = 2.7764: 4.2 ± 1.0388, kept at 5
    assert [row["mean"], row.low, row.high] == pytest.approx([4.2, 3.1612, 5.0], abs=1e-4)
    assert shares(data)["good_rating"] == (4, 5)


@pytest.mark.parametrize(
    ("degrees", "expected"), [(1, 12.7062), (9, 2.2622), (10, 2.2281), (30, 2.0423), (1000, 1.9623)]
)
def test_students_t_is_that_of_the_tables(typed, degrees, expected):
    found = typed(subscriptions=[])._connection.cursor().execute("select student_t(?)", [degrees]).fetchone()[0]
    assert found == pytest.approx(expected, abs=1e-3)


def test_heat_is_shown_by_how_long_the_first_reply_took(typed):
    data = typed(
        subscriptions=stays("a", "b", "c", "d"),
        as_of="2025-03-31",
        cancellations=[
            request(1, "a", "2025-03-10 08:00", "2025-03-10 12:00", "2025-03-10 12:00"),
            request(
                2,
                "b",
                "2025-03-10 08:00",
                "2025-03-11 08:01",
                "2025-03-12 08:00",
                heat="threat",
                heat_outcome="apology",
            ),
            request(3, "c", "2025-03-10 08:00", heat="complaint"),
            request(4, "d", "2025-03-31 08:00"),
        ],
    )
    found = data.ask("heat_by_wait")
    assert found[["wait", "hot", "requests"]].values.tolist() == [
        ["to_4_hours", 0, 1],
        ["to_3_days", 1, 1],
        ["longer", 1, 1],
    ]
    ended = data.ask("heat_endings")
    assert ended[["heat", "requests", "of_all"]].values.tolist() == [["complaint", 1, 1], ["threat", 1, 1]]


def test_an_offer_lasts_for_those_who_still_pay_when_it_has_long_ended(typed):
    def accepted(number, member, ended):
        return request(
            number,
            member,
            "2025-03-10 08:00",
            None,
            "2025-03-10 09:00",
            outcome="saved",
            offer="half price",
            offer_accepted=True,
            offer_ended_on=ended,
        )

    data = typed(
        subscriptions=[*stays("a"), subscription("b", "2025-01-10", "2025-07-15"), *stays("c", "d")],
        as_of="2025-09-10",
        cancellations=[
            accepted(1, "a", "2025-06-10"),
            accepted(2, "b", "2025-06-10"),
            accepted(3, "c", "2025-08-20"),
            request(4, "d", "2025-03-10 08:00", None, "2025-03-10 09:00", offer="half price", offer_accepted=False),
        ],
    )
    found = data.ask("offers").set_index("stage")
    assert found[["kept", "counted", "settling"]].values.tolist() == [[3, 4, 0], [2, 2, 1], [1, 2, 1], [1, 2, 1]]


def test_a_pause_ends_with_the_return_or_with_leaving_and_running_ones_are_in_no_share(typed):
    def pause(member, begun, resumed=None):
        return {"member_id": member, "paused_on": begun, "resumed_on": resumed}

    data = typed(
        subscriptions=[*stays("a", "b", "d"), subscription("c", "2025-01-10", "2025-05-01")],
        as_of="2025-06-30",
        pauses=[
            pause("a", "2025-03-01", "2025-03-31"),
            pause("b", "2025-03-01", "2025-05-10"),
            pause("c", "2025-04-01"),
            pause("d", "2025-06-01", "2025-07-15"),
        ],
    )
    row = data.ask("pauses_ended").iloc[0]
    assert [row.pauses, row.running, row.ended, row.returned, row.median_days, row.longest_days] == [4, 1, 3, 2, 30, 70]


def test_saved_is_who_renewed_and_not_who_merely_has_access_left(typed):
    data = typed(
        subscriptions=[
            subscription("renewed", "2025-01-10"),
            subscription("access runs on", "2025-01-10", "2025-04-10"),
            subscription("left within grace of the due day", "2025-01-10", "2025-04-20"),
            subscription("yearly, access runs on", "2025-01-10", "2026-01-10", interval_unit="year"),
        ],
        cancellations=[
            request(n, member, "2025-03-20 10:00", None, "2025-03-20 11:00")
            for n, member in enumerate(
                ["renewed", "access runs on", "left within grace of the due day", "yearly, access runs on"]
            )
        ],
        as_of="2026-03-01",
    )
    row = data.ask("save_rates").set_index("rule").loc["renewed"]
    assert [row.kept, row.counted, row.settling] == [1, 4, 0]


def test_a_save_settles_at_the_later_of_due_day_plus_grace_and_thirty_days(typed):
    asked = [request(1, "a", "2025-03-20 10:00", None, "2025-03-20 11:00", outcome="saved")]
    early = typed(subscriptions=stays("a"), cancellations=asked, as_of="2025-04-23").ask("save_rates")
    late = typed(subscriptions=stays("a"), cancellations=asked, as_of="2025-04-24").ask("save_rates")
    assert early.loc[0, ["kept", "counted", "settling"]].tolist() == [0, 0, 1]
    assert f"{early.settles_on[0]:%Y-%m-%d}" == "2025-04-24"  # due on 10 April, 14 days of grace
    assert late.loc[0, ["kept", "counted", "settling"]].tolist() == [1, 1, 0]


def test_withdrawn_is_saved_unless_the_member_asks_again_within_thirty_days(typed):
    ends = {
        "subscriptions": [subscription("a", "2025-01-10", "2025-05-10"), subscription("b", "2025-01-10", "2025-05-10")]
    }
    data = typed(
        **ends,
        cancellations=[
            request(1, "a", "2025-04-05 10:00", None, "2025-04-05 11:00", outcome="saved"),
            request(2, "b", "2025-04-05 10:00", None, "2025-04-05 11:00", outcome="saved"),
            request(3, "b", "2025-04-25 10:00", None, "2025-04-25 11:00"),
        ],
        grace_days=31,
    )
    row = data.ask("save_rates").set_index("rule").loc["renewed"]
    assert [row.kept, row.counted] == [1, 2]


def test_one_request_per_member_and_thirty_days_is_real(typed):
    days = ["2025-03-01", "2025-03-20", "2025-03-31", "2025-04-01"]
    data = typed(
        subscriptions=stays("a"),
        as_of="2025-09-01",
        cancellations=[request(n, "a", f"{day} 08:00", None, f"{day} 09:00") for n, day in enumerate(days)],
    )
    row = data.ask("save_rates").set_index("rule").loc["renewed"]
    assert row.counted == 2  # 1 March, and 1 April: more than thirty days after it


def test_four_rules_give_four_save_rates_on_the_same_four_hundred_sessions(typed):
    sessions = (
        [("cancelled", None)] * 200
        + [("paused", None)] * 50
        + [("saved", True)] * 50
        + [("abandoned", None)] * 90
        + [("bounced", None)] * 10
    )
    data = typed(
        subscriptions=stays("a"),
        cancellations=[
            request(
                n,
                "a",
                "2025-03-10 08:00",
                None,
                "2025-03-10 09:00",
                outcome=outcome,
                offer="half price" if taken else None,
                offer_accepted=taken,
            )
            for n, (outcome, taken) in enumerate(sessions)
        ],
    )
    found = data.ask("save_rates").set_index("rule")
    assert {rule: round(100 * share, 1) for rule, share in found.share.items() if rule != "renewed"} == {
        "not_cancelled_of_begun": 48.7,
        "not_cancelled": 50.0,
        "accepted_of_decided": 33.3,
        "accepted": 25.0,
    }


def test_weekdays_count_from_monday(typed):
    data = typed(
        subscriptions=stays("a"),
        cancellations=[
            request(1, "a", "2025-03-10 08:00", None, "2025-03-10 09:00"),
            request(2, "a", "2025-03-16 08:00", None, "2025-03-16 09:00"),
        ],
    )
    assert data.ask("request_times", Filters(request_by="weekday")).segment.tolist() == ["1", "7"]


def test_the_lessons_say_what_is_known_and_what_is_missing(typed):
    data = typed(subscriptions=[subscription("a", "2025-01-10", "2025-03-10"), *stays("b")])
    assert data.ask("lessons")[["lesson", "hits", "counted"]].values.tolist() == [
        ["ask", 0, 0],
        ["easy", 0, 0],
        ["friendly", 0, 0],
        ["in_touch", 0, 0],
    ]


@pytest.fixture(scope="module")
def data(the_sample):
    return the_sample


SPRING = {"first_day": date(2026, 3, 1), "last_day": date(2026, 5, 31)}
BEFORE = {"last_day": date(2026, 2, 28)}


def test_in_the_slow_spring_of_the_sample_the_first_reply_takes_at_least_three_times_as_long(data):
    assert times(data, **SPRING)["reply"][0] >= 3 * times(data, **BEFORE)["reply"][0]


def test_in_the_slow_spring_ratings_are_lower_and_heat_is_higher_with_intervals_clear(data):
    def rating(days):
        return data.ask("request_means", Filters(request_by="all", **days)).set_index("measured").loc["rating"]

    def heat(days):
        return data.ask("farewell_numbers", Filters(**days)).set_index("measure").loc["heat"]

    assert rating(SPRING).high < rating(BEFORE).low
    assert heat(SPRING).low > heat(BEFORE).high


def test_the_slow_spring_stands_outside_the_usual_range_of_heat(data):
    trend = data.ask("request_trend", Filters(measure="heat"))
    outside = trend[trend.signal.isin(["above", "below"])]
    assert {f"{row.period_start:%Y-%m}": row.signal for row in outside.itertuples()} == {
        "2026-03": "above",
        "2026-04": "above",
        "2026-05": "above",
    }


def asked_for(data, figure, people, *columns, **filters):
    """For each row of a figure: how many it counts, and how many the list behind it holds."""
    for row in data.ask(figure, Filters(**filters)).itertuples():
        key = tuple(
            f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value)
            for value in (getattr(row, column) for column in columns)
        )
        yield row, data.ask(people, Filters(key=key, **filters))


@pytest.mark.parametrize("request_by", ["channel", "weekday", "month", "plan"])
@pytest.mark.parametrize("measure", ["within_promise", "heat", "saved"])
def test_behind_every_share_stand_as_many_requests_as_it_counts(data, measure, request_by):
    rows = list(asked_for(data, "request_shares", "measured_people", "segment", measure=measure, request_by=request_by))
    assert rows
    for row, people in rows:
        assert (len(people), people.hit.sum()) == (row.counted, row.hits)


def test_behind_every_point_of_the_trend_stand_as_many_requests_as_it_counts(data):
    rows = asked_for(data, "request_trend", "measured_people", "period_start", measure="heat", request_by="month")
    for row, people in rows:
        assert (len(people), people.hit.sum()) == (row.counted, row.hits)


def test_behind_every_waiting_time_band_offer_and_rule_stand_as_many_requests_as_it_counts(data):
    for row, people in asked_for(data, "request_times", "waited_people", "waited_for", "segment"):
        assert (len(people), people.is_open.sum()) == (row.requests, row.still_open)
    for row, people in asked_for(data, "heat_by_wait", "heat_people", "wait"):
        assert (len(people), (people.heat != "none").sum()) == (row.requests, row.hot)
    for row, people in asked_for(data, "offers", "offered_people", "offer", "stage"):
        assert (len(people), people.kept.sum()) == (row.counted, row.kept)
    for row, people in asked_for(data, "save_rates", "saved_people", "rule"):
        assert (len(people), people.kept.sum()) == (row.counted, row.kept)


def test_behind_a_point_of_the_waiting_curve_stand_those_who_waited_so_long(data):
    curve = data.ask("waiting")
    for row in curve.iloc[:: len(curve) // 12].itertuples():
        people = data.ask("waiting_people", Filters(key=(row.waited_for, str(row.hours))))
        assert len(people) == row.at_risk
