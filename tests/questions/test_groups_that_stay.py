"""Medians, the log-rank test and late entry: hand-typed, published, and against lifelines."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription
from tests.questions.test_survival import AS_OF, SIX_MP

PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23".split()
REASON = "needs tests/requirements.txt and judges.txt (lifelines)"


def spell(plan, number, days, ended, start=None):
    """Leavers began on one day, the others so many days before as_of."""
    begun = start or (date(2023, 1, 1) if ended else AS_OF - timedelta(days))
    return subscription(f"{plan}{number}", str(begun), str(begun + timedelta(days)) if ended else None, plan=plan)


def arms(**groups):
    for plan, words in groups.items():
        for number, word in enumerate(words):
            yield spell(plan, number, int(word.rstrip("+")), not word.endswith("+"))


@pytest.fixture
def freireich(typed):
    return typed(subscriptions=list(arms(drug=SIX_MP, placebo=PLACEBO)), as_of=str(AS_OF), grace_days=0)


def test_freireichs_medians_and_log_rank_are_the_published_ones(freireich):
    found = freireich.ask("median_stay", Filters(by="plan")).set_index("segment")
    assert found["median"].to_dict() == {"drug": 23, "placebo": 8}
    assert found.chi_square.iloc[0] == pytest.approx(16.7929409892, abs=1e-9)
    assert (found.df.iloc[0], found.compared.iloc[0]) == (1, 2)
    assert found.p.iloc[0] == pytest.approx(4.168809e-05, abs=1e-10)


def test_medians_and_their_intervals_are_those_of_lifelines(freireich):
    lifelines = pytest.importorskip("lifelines", reason=REASON)
    utils = pytest.importorskip("lifelines.utils", reason=REASON)
    found = freireich.ask("median_stay", Filters(by="plan")).set_index("segment")
    for plan, words in (("drug", SIX_MP), ("placebo", PLACEBO)):
        days = [int(word.rstrip("+")) for word in words]
        fitted = lifelines.KaplanMeierFitter().fit(days, [not word.endswith("+") for word in words])
        low, high = utils.median_survival_times(fitted.confidence_interval_).iloc[0]
        ends = found.loc[plan, ["low", "high"]].astype(float).fillna(np.inf)
        assert ends.tolist() == [low, high]


def test_where_fewer_than_half_have_left_there_is_no_median(typed):
    data = typed(subscriptions=list(arms(a=["5"] * 4 + ["9+"] * 8)), as_of=str(AS_OF), grace_days=0)
    [row] = data.ask("median_stay").itertuples()
    assert pd.isna(row.median)
    assert (row.spells, row.ended, row.compared) == (12, 4, 1)


def test_groups_of_fewer_than_ten_are_not_tested(typed):
    data = typed(subscriptions=list(arms(a=["5"] * 12, b=["9"] * 9)), as_of=str(AS_OF), grace_days=0)
    assert data.ask("median_stay", Filters(by="plan")).p.isna().all()


def test_the_log_rank_test_of_four_groups_is_that_of_lifelines(typed):
    statistics = pytest.importorskip("lifelines.statistics", reason=REASON)
    stats = pytest.importorskip("scipy.stats", reason="needs tests/requirements.txt (scipy)")
    dice = np.random.default_rng(4)
    days, ended, plan = dice.integers(0, 60, 120), dice.random(120) < 0.7, dice.choice(list("abcd"), 120)
    data = typed(
        subscriptions=[spell(plan[i], i, int(days[i]), bool(ended[i])) for i in range(120)],
        as_of=str(AS_OF),
        grace_days=0,
    )
    found = data.ask("median_stay", Filters(by="plan")).iloc[0]
    judge = statistics.multivariate_logrank_test(days, plan, ended)
    assert found.chi_square == pytest.approx(judge.test_statistic, abs=1e-9)
    assert found.df == 3
    assert found.p == pytest.approx(stats.chi2.sf(judge.test_statistic, 3), abs=1e-12)


def test_the_chi_square_tail_is_that_of_scipy(typed):
    stats = pytest.importorskip("scipy.stats", reason="needs tests/requirements.txt (scipy)")
    ask = typed(subscriptions=[])._connection.cursor().execute
    for df in (1, 2, 3, 5, 12, 19):
        for x in (0.001, 0.5, 3.841458820694124, df + 1.9, df + 2.1, 16.79, 80.0):
            found = ask("select chi_square_tail(?::double, ?::int)", [x, df]).fetchone()[0]
            assert found == pytest.approx(stats.chi2.sf(x, df), rel=1e-9, abs=1e-14)


def test_older_spells_enter_at_the_age_they_had_when_leavers_came_into_the_data(typed):
    # observed from 1 June: a enters at 151 days and leaves at 161, b enters at 31 and is there on day 60, c is seen
    # from the beginning and leaves on day 20; d left before and is not known
    data = typed(
        subscriptions=[
            subscription("a", "2025-01-01", "2025-06-11"),
            subscription("b", "2025-05-01"),
            subscription("c", "2025-06-03", "2025-06-23"),
            subscription("d", "2025-01-01", "2025-03-01"),
        ],
        as_of="2025-06-30",
        observed_from="2025-06-01",
    )
    found = data.ask("survival")
    assert found[["day", "at_risk", "ended", "survival"]].values.tolist() == [
        [20, 1, 1, 0],
        [60, 1, 0, 0],
        [161, 1, 1, 0],
    ]


def test_late_entry_is_that_of_lifelines(typed):
    lifelines = pytest.importorskip("lifelines", reason=REASON)
    dice, begin = np.random.default_rng(7), date(2024, 1, 1)
    start, lasts = dice.integers(0, 500, 150), dice.integers(1, 400, 150)
    as_of, seen = 545, 200
    ended = start + lasts <= as_of
    rows = [
        subscription(
            f"m{i}",
            str(begin + timedelta(int(start[i]))),
            str(begin + timedelta(int(start[i] + lasts[i]))) if ended[i] else None,
        )
        for i in range(150)
    ]
    data = typed(
        subscriptions=rows,
        as_of=str(begin + timedelta(as_of)),
        observed_from=str(begin + timedelta(seen)),
        grace_days=0,
    )
    found = data.ask("survival").set_index("day")
    until, entry = np.where(ended, lasts, as_of - start), np.maximum(0, seen - start)
    kept = (start >= seen) | (until > entry)
    fitted = lifelines.KaplanMeierFitter().fit(until[kept], ended[kept], entry=entry[kept])
    for day in found.index:
        assert found.loc[day, "survival"] == pytest.approx(fitted.survival_function_.loc[day].iloc[0], abs=1e-12)


def test_one_newcomer_who_left_early_does_not_decide_for_those_who_entered_late(typed):
    """40 old members enter at ages 60 to 99 on the first observed day; one newcomer leaves after five days."""
    rows = [subscription(f"m{n}", str(date(2024, 7, 1) - timedelta(60 + n))) for n in range(40)]
    rows += [subscription(f"gone{n}", str(date(2024, 7, 1) - timedelta(80)), "2024-09-01") for n in range(8)]
    rows.append(subscription("newcomer", "2024-08-01", "2024-08-06"))
    data = typed(subscriptions=rows, observed_from="2024-07-01", as_of="2024-12-31")
    curve = data.ask("survival")
    assert curve.begins.unique().tolist() == [70]  # ten entered at ages 60 to 69
    assert curve.day.min() >= 70
    assert curve.survival.min() > 0.7
    stay = data.ask("median_stay").iloc[0]
    assert stay[["median", "low", "high", "at_risk"]].isna().all()
    assert stay.begins == 70
    assert data.ask("lifetime_value").value.isna().all()


def test_at_risk_at_the_median_is_that_of_the_median(typed):
    rows = [subscription(f"m{n}", "2025-01-01", str(date(2025, 1, 1) + timedelta(n + 1))) for n in range(20)]
    stay = typed(subscriptions=rows).ask("median_stay").iloc[0]
    assert (stay["median"], stay.at_risk) == (10, 11)
