"""Survival against published figures (Freireich 1963) and lifelines."""

from datetime import date, timedelta

import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription

# weeks of remission of the 6-MP arm; + is still in remission when last seen
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+".split()
START, AS_OF = date(2025, 1, 1), date(2025, 6, 30)


def spells(words):
    """One member per word: leavers end after so many days, the others began so many days before as_of."""
    for number, word in enumerate(words):
        days = int(word.rstrip("+"))
        begun = AS_OF - timedelta(days) if word.endswith("+") else START
        end = None if word.endswith("+") else str(START + timedelta(days))
        yield subscription(f"m{number:02}", str(begun), end)


@pytest.fixture
def curve(typed):
    def ask(words, **filters):
        data = typed(subscriptions=list(spells(words)), as_of=str(AS_OF), grace_days=0)
        return data.ask("survival", Filters(**filters)).set_index("day")
    return ask


def test_the_freireich_arm_has_its_published_survival_and_standard_errors(curve):
    answer = curve(SIX_MP)
    published = {6: (0.857, 0.0764, 21), 10: (0.753, 0.0963, 15), 16: (0.627, 0.1141, 11), 23: (0.448, 0.1346, 6)}
    for day, (survival, error, at_risk) in published.items():
        row = answer.loc[day]
        assert (round(row.survival, 3), round(row.std_error, 4), row.at_risk) == (survival, error, at_risk)


def test_the_band_is_log_log_as_lifelines_computes_it(curve):
    lifelines = pytest.importorskip("lifelines", reason="needs tests/requirements.txt and judges.txt (lifelines)")
    days = [int(word.rstrip("+")) for word in SIX_MP]
    gone = [not word.endswith("+") for word in SIX_MP]
    fitted = lifelines.KaplanMeierFitter().fit(days, gone)
    answer = curve(SIX_MP)
    for day in (6, 7, 10, 13, 16, 22, 23):
        low, high = fitted.confidence_interval_survival_function_.loc[day]
        assert answer.loc[day, "survival"] == pytest.approx(fitted.survival_function_.loc[day].iloc[0], abs=1e-12)
        assert (answer.loc[day, "low"], answer.loc[day, "high"]) == pytest.approx((low, high), abs=1e-12)


def test_all_leave_on_one_day_and_nothing_is_left(curve):
    answer = curve(["5"] * 4)
    assert answer[["at_risk", "ended", "survival", "low", "high"]].values.tolist() == [[4, 4, 0, 0, 0]]


def test_nobody_leaves_and_all_are_still_there(curve):
    answer = curve(["5+", "9+"])
    assert answer.survival.tolist() == [1, 1]
    assert (answer.low.tolist(), answer.high.tolist()) == ([1, 1], [1, 1])


def test_a_spell_of_no_days_ends_on_day_nought(curve):
    answer = curve(["0", "7+"])
    assert answer.loc[0, ["at_risk", "ended", "survival"]].tolist() == [2, 1, 0.5]


def test_first_and_later_spells_are_curves_of_their_own(typed):
    data = typed(subscriptions=[
        subscription("a", "2025-01-01", "2025-01-11"), subscription("a", "2025-03-01", "2025-03-06"),
        subscription("b", "2025-01-01", "2025-01-21"),
    ], as_of="2025-06-30")
    answer = data.ask("survival", Filters(by="spell"))
    assert answer[["segment", "day", "survival"]].values.tolist() == [
        ["first", 10, 0.5], ["first", 20, 0.0], ["later", 5, 0.0],
    ]
