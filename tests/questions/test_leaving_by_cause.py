"""Cumulative incidence by cause: hand-typed with ties, against statsmodels, and shares that add up to one."""

from datetime import date, timedelta

import numpy as np
import pytest

from tests.questions.conftest import subscription

AS_OF = date(2025, 6, 30)
CAUSES = {"v": "voluntary", "i": "involuntary", "u": "unknown", "+": None}


def spells(words):
    """5v left on day 5 by their own wish, 7i failed to pay, 9u nobody knows, 9+ is still there."""
    for number, word in enumerate(words):
        days, cause = int(word[:-1]), CAUSES[word[-1]]
        begun = date(2024, 1, 1) if cause else AS_OF - timedelta(days)
        end = str(begun + timedelta(days)) if cause else None
        yield subscription(f"m{number:03}", str(begun), end, cause=cause)


@pytest.fixture
def curves(typed):
    def ask(words):
        return typed(subscriptions=list(spells(words)), as_of=str(AS_OF), grace_days=0).ask("leaving_by_cause")

    return ask


def test_two_causes_on_one_day_and_a_member_still_there(curves):
    found = curves(["2v", "2i", "3+", "4v", "5+"]).set_index(["cause", "day"])
    # day 2: 1/5 each, 3/5 stay; day 4: two are left to observe, one leaves: 3/5 × 1/2
    assert found.loc["voluntary"].share.tolist() == pytest.approx([0.2, 0.2, 0.5, 0.5])
    assert found.loc["involuntary"].share.tolist() == pytest.approx([0.2] * 4)
    # with the other cause as censored: 1 − 4/5 × 1/2
    assert found.loc[("voluntary", 4), "alone"] == pytest.approx(0.6)


def test_where_all_were_seen_to_leave_it_is_the_binomial_share_with_its_variance(curves):
    found = curves(["1v"] * 3 + ["2i"] * 2 + ["3v"] * 5).set_index(["cause", "day"])
    assert found.loc[("involuntary", 3), ["share", "std_error"]].tolist() == pytest.approx(
        [0.2, (0.2 * 0.8 / 10) ** 0.5]
    )
    assert found.loc[("voluntary", 3), ["share", "std_error"]].tolist() == pytest.approx([0.8, (0.2 * 0.8 / 10) ** 0.5])


def test_all_leave_on_one_day_and_the_causes_share_them(curves):
    found = curves(["5v", "5v", "5v", "5i"]).set_index("cause")
    assert found.share.to_dict() == {"voluntary": 0.75, "involuntary": 0.25}


def test_shares_and_standard_errors_are_those_of_statsmodels(curves):
    survfunc = pytest.importorskip("statsmodels.duration.survfunc", reason="needs tests/requirements.txt (statsmodels)")
    dice = np.random.default_rng(11)
    words = [
        f"{day}{'viu+'[kind]}" for day, kind in zip(dice.integers(0, 40, 200), dice.integers(0, 4, 200), strict=True)
    ]
    found = curves(words)
    status = [" viu".index(word[-1]) if word[-1] != "+" else 0 for word in words]
    judge = survfunc.CumIncidenceRight(np.array([float(word[:-1]) for word in words]), np.array(status))
    for place, cause in enumerate(("voluntary", "involuntary", "unknown")):
        one = found[found.cause == cause].set_index("day").loc[judge.times.astype(int)]
        np.testing.assert_allclose(one.share, judge.cinc[place], atol=1e-12)
        np.testing.assert_allclose(one.std_error, judge.cinc_se[place], atol=1e-12)


def test_all_causes_and_those_still_there_add_up_to_one(typed):
    dice = np.random.default_rng(3)
    words = [
        f"{day}{'viu+'[kind]}" for day, kind in zip(dice.integers(0, 30, 80), dice.integers(0, 4, 80), strict=True)
    ]
    data = typed(subscriptions=list(spells(words)), as_of=str(AS_OF), grace_days=0)
    gone, there = (
        data.ask("leaving_by_cause").groupby("day").share.sum(),
        data.ask("survival").set_index("day").survival,
    )
    np.testing.assert_allclose(gone + there, 1, atol=1e-12)
    # alone, a cause never comes out lower than it is
    assert (data.ask("leaving_by_cause").eval("alone - share") >= -1e-12).all()
    still = 1.0
    for day in range(30):
        at_risk = sum(int(word[:-1]) >= day for word in words)
        still *= 1 - words.count(f"{day}v") / at_risk if at_risk else 1
    assert data.ask("leaving_by_cause").query("cause == 'voluntary'").alone.iloc[-1] == pytest.approx(1 - still)
