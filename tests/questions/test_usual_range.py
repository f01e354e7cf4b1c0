"""The usual range: Laney's p′ from the settled periods before, against a second computation in plain Python."""

import math
import random
from datetime import date, timedelta

import pytest

from tests.questions.conftest import subscription


def laney(base):
    """Center and σz of [(k, n), …], written again from the formula (Laney 2002)."""
    center = sum(k for k, _ in base) / sum(n for _, n in base)
    scores = [(k / n - center) / math.sqrt(center * (1 - center) / n) for k, n in base]
    return center, sum(abs(b - a) for a, b in zip(scores, scores[1:], strict=False)) / (len(scores) - 1) / 1.128


def expected(series):
    """The walk in plain Python: settled periods within their own limits feed the limits of the next ones."""
    base, told = [], []
    for k, n, settled in series:
        center = spread = None
        if len(base) >= 12:
            center, sigma = laney(base[-24:])
            spread = 3 * sigma * math.sqrt(center * (1 - center) / n)
        outside = spread is not None and abs(k / n - center) > spread
        told.append((center, spread, outside))
        if settled and not outside:
            base.append((k, n))
    return told


@pytest.fixture
def empty(typed):
    return typed(subscriptions=[subscription("a", "2025-01-01")])


def ranges(warehouse, series, steps=None):
    """usual_range asked directly, one period per entry."""
    periods = [
        {"period_start": date(2020, 1, 1) + timedelta(31 * i), "k": k, "n": n, "settled": settled}
        for i, (k, n, settled) in enumerate(series)
    ]
    sql = """select center, lower_limit, upper_limit, signal from usual_range(
        (select ?::struct(period_start date, k double, n double, settled boolean)[]), ?) order by period_start"""
    return warehouse._connection.cursor().execute(sql, [periods, steps]).fetchall()


def test_limits_equal_a_second_computation(empty):
    chance = random.Random(7)
    series = [(chance.randint(20, 60), chance.randint(900, 1500), place < 38) for place in range(40)]
    series[20] = (300, 1000, True)
    for (center, low, high, _), (mean, spread, _) in zip(ranges(empty, series), expected(series), strict=True):
        if spread is None:
            assert low is None
            continue
        assert center == pytest.approx(mean, abs=1e-12)
        assert high == pytest.approx(min(1, mean + spread), abs=1e-12)
        assert low == pytest.approx(max(0, mean - spread), abs=1e-12)


def test_chance_alone_explains_as_many_events_as_scipy_says(empty):
    stats = pytest.importorskip("scipy.stats", reason="needs tests/requirements.txt (scipy)")
    cursor = empty._connection.cursor()
    for hundredth in range(1, 1000, 3):
        chance = stats.poisson(hundredth / 100)
        most = next(k for k in range(40) if chance.sf(k) < 0.00135)
        fewest = next(k for k in range(40) if chance.cdf(k) >= 0.00135)
        asked = cursor.execute("select most_by_chance($1), fewest_by_chance($1)", [hundredth / 100]).fetchone()
        assert asked == (most, fewest), hundredth


def test_one_leaver_of_seventy_is_no_signal_and_five_are(empty):
    calm = [(0, 70, True), (0, 70, True), (1, 70, True)] * 4
    told = ranges(empty, [*calm, (1, 70, True), (2, 70, True), (5, 70, True)])
    assert [row[3] for row in told[12:]] == ["within", "within", "above"]
    # 4 of 840 in the year: a third of a leaver is expected, and four come by chance once in 2,500 periods
    assert told[12][2] == pytest.approx(3 / 70)
    assert told[12][1] == 0


def test_a_share_near_one_is_judged_by_its_misses(empty):
    calm = [(20, 20, True), (19, 20, True)] * 6
    told = ranges(empty, [*calm, (18, 20, True), (15, 20, True)])
    assert [row[3] for row in told[12:]] == ["within", "below"]
    assert told[12][2] == 1
    # half a miss is expected; chance brings more than three once in 570 periods, more than four once in 5,800
    assert told[12][1] == pytest.approx(16 / 20)


def test_passes_over_all_periods_end_in_the_answer_of_walking_from_one_to_the_next(empty):
    chance = random.Random(3)
    series = [
        (chance.choice([40, 45, 50, 55, 60, 60 + place, 25]), 1000, chance.random() < 0.9) for place in range(90)
    ]
    told = [row[3] in ("above", "below") for row in ranges(empty, series)]
    assert told == [outside and series[place][2] for place, (_, _, outside) in enumerate(expected(series))]
    assert sum(told) > 3


def test_twelve_settled_periods_are_needed(empty):
    told = ranges(empty, [(40, 1000, True), (50, 1000, True)] * 6 + [(45, 1000, True)])
    assert [row[3] for row in told] == ["too_early"] * 12 + ["within"]


def test_a_point_outside_is_flagged_and_left_out_of_later_limits(empty):
    calm = [(40, 1000, True), (50, 1000, True)] * 6
    told = ranges(empty, [*calm, (200, 1000, True), (45, 1000, True), (1, 1000, True)])
    assert [row[3] for row in told[12:]] == ["above", "within", "below"]
    assert told[13][:3] == told[12][:3]


def test_an_unsettled_period_is_not_judged_and_feeds_nothing(empty):
    calm = [(40, 1000, True), (50, 1000, True)] * 6
    told = ranges(empty, [*calm, (200, 1000, False), (45, 1000, True)])
    assert told[12][3] == "unsettled"
    assert told[13][:3] == told[12][:3]


def test_where_nobody_ever_leaves_there_are_no_limits(empty):
    told = ranges(empty, [(0, 100, True)] * 13)
    assert told[12] == (0.0, None, None, "too_early")


def test_a_step_that_the_owner_marked_starts_a_new_range(empty):
    calm = [(40, 1000, True), (50, 1000, True)] * 6
    higher = [(90, 1000, True), (100, 1000, True)] * 6
    told = ranges(empty, [*calm, *higher, (95, 1000, True)], steps=[date(2020, 1, 1) + timedelta(31 * 12)])
    assert [row[3] for row in told] == ["too_early"] * 24 + ["within"]
    assert told[24][0] == pytest.approx(0.095)


def test_without_the_mark_the_same_periods_stand_outside(empty):
    calm = [(40, 1000, True), (50, 1000, True)] * 6
    higher = [(90, 1000, True), (100, 1000, True)] * 6
    assert [row[3] for row in ranges(empty, calm + higher)[12:]] == ["above"] * 12


def test_a_step_within_a_period_starts_the_range_with_the_next_one_and_the_last_step_counts(empty):
    calm = [(40, 1000, True), (50, 1000, True)] * 13
    first, second = date(2020, 1, 1) + timedelta(31 * 6), date(2020, 1, 1) + timedelta(31 * 12 - 5)
    told = ranges(empty, calm, steps=[second, first])
    assert [row[3] for row in told] == ["too_early"] * 24 + ["within"] * 2
    assert [row[3] for row in ranges(empty, calm, steps=[first])] == ["too_early"] * 18 + ["within"] * 8
