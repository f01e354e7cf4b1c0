"""Periods have names, fit a phone and share their axis."""

import pandas as pd
import pytest

from retention.figures.parts import periods
from retention.texts import Texts


def answer_of(first: str, count: int, step: str, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"period_start": pd.date_range(first, periods=count, freq=step)} | columns)


@pytest.mark.parametrize(
    ("step", "count", "grain"), [("W-MON", 160, "week"), ("MS", 2, "month"), ("QS", 9, "quarter"), ("YS", 3, "year")]
)
def test_the_grain_is_read_off_the_answer(step, count, grain):
    assert periods.grain_of(answer_of("2023-10-02", count, step)) == grain


@pytest.mark.parametrize(
    ("first", "last", "grain"),
    [
        ("2026-10-05", "2026-10-11", "week"),
        ("2026-10-01", "2026-10-31", "month"),
        ("2026-10-01", "2026-10-04", "month"),
        ("2026-10-01", "2026-12-31", "quarter"),
        ("2026-01-01", "2026-12-31", "year"),
    ],
)
def test_one_period_alone_tells_its_grain_by_its_length(first, last, grain):
    answer = pd.DataFrame({"period_start": [pd.Timestamp(first)], "last_day": [pd.Timestamp(last)]})
    assert periods.grain_of(answer) == grain


def test_years_stand_under_the_first_tick_and_where_they_change():
    assert periods.axis(answer_of("2025-09-01", 18, "MS"), Texts("en"))["ticktext"] == [
        "Sept<br>2025",
        "Nov",
        "Jan<br>2026",
        "Mar",
        "May",
        "Jul",
        "Sept",
        "Nov",
        "Jan<br>2027",
    ]
    assert periods.axis(answer_of("2025-09-01", 5, "MS"), Texts("de"))["ticktext"] == [
        "Sept.<br>2025",
        "Okt.",
        "Nov.",
        "Dez.",
        "Jan.<br>2026",
    ]


@pytest.mark.parametrize(
    ("step", "count"), [("W-MON", 1), ("W-MON", 160), ("MS", 1), ("MS", 120), ("QS", 40), ("YS", 30)]
)
def test_ticks_are_few_and_never_none(step, count):
    assert 1 <= len(periods.axis(answer_of("2021-02-01", count, step), Texts())["tickvals"]) <= 9


def test_weeks_are_ticked_by_day_and_month():
    assert periods.axis(answer_of("2026-10-05", 2, "W-MON"), Texts("de"))["ticktext"] == ["5. Okt.<br>2026", "12. Okt."]


def test_one_period_alone_is_not_as_wide_as_the_page():
    first, last = (pd.Timestamp(edge) for edge in periods.axis(answer_of("2026-10-01", 1, "MS"), Texts())["range"])
    assert (last - first).days > 120


@pytest.mark.parametrize(
    ("grain", "english", "german"),
    [
        ("month", "In October 2026", "Im Oktober 2026"),
        ("quarter", "In Q4 2026", "Im Quartal Q4 2026"),
        ("year", "In 2026", "Im Jahr 2026"),
        ("week", "In the week of 1 Oct 2026", "In der Woche ab 01.10.2026"),
    ],
)
def test_sentences_begin_with_the_period(grain, english, german):
    day = pd.Timestamp("2026-01-01" if grain == "year" else "2026-10-01")
    assert periods.within(day, grain, Texts("en")) == english
    assert periods.within(day, grain, Texts("de")) == german


def test_only_settled_periods_count_as_newest(churn):
    assert periods.newest_settled(churn, "churn_rate").period_start == pd.Timestamp("2026-08-01")
    assert periods.newest_settled(churn.iloc[4:], "churn_rate") is None
