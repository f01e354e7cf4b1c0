"""A difference is said only where intervals do not meet, and never of a handful."""

import pandas as pd
import pytest

from retention import figures
from retention.figures.parts.contrast import clearest, contrast
from retention.filters import Filters
from retention.texts import Texts


def rows(*shares):
    return pd.DataFrame(
        [(name, share, low, high, counted) for name, share, low, high, counted in shares],
        columns=["segment", "share", "low", "high", "counted"],
    )


APART = rows(("a", 0.5, 0.4, 0.6, 100), ("b", 0.3, 0.2, 0.39, 100), ("c", 0.1, 0.05, 0.2, 9))


def test_only_intervals_that_do_not_meet_are_a_difference():
    high, low = clearest(APART)
    assert (high["segment"], low["segment"]) == ("a", "b"), "nine are too few to be the lowest"
    assert clearest(APART.assign(high=0.9)) is None
    assert contrast(APART.assign(high=0.9), lambda row: row["segment"], Texts("en")) == (
        "None differs clearly from another: all intervals meet.")
    assert contrast(APART, lambda row: row["segment"], Texts("de")) == (
        "a 50,0\u202f% (40,0–60,0\u202f%), b 30,0\u202f% (20,0–39,0\u202f%): Dazwischen liegt mehr als Zufall.")


def test_one_group_compares_with_nothing():
    assert contrast(APART.head(1), lambda row: row["segment"], Texts("en")) == ""


@pytest.mark.parametrize(("chart", "begins"), [
    ("reasons_by_group", "“Too expensive”: Monthly 30.4"),
    ("reasons_by_wording", "Named most in your own words: “It is too"),
    ("request_times", "Half had a first reply within 16 min for Chat"), ("request_shares", "Self-service 100.0"),
    ("offers", "Accepted: None differs"), ("returning_reasons", "None differs"),
])
def test_the_sample_says_what_it_allows(chart, begins, the_sample):
    said = figures.finding_of(getattr(figures, chart), the_sample.ask(chart, Filters()), Texts("en"))
    assert said.startswith(begins)
