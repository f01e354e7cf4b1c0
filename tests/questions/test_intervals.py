"""Every interval's formula over a grid, against statsmodels and scipy."""

import pytest

from tests.questions.conftest import subscription

NEEDED = "needs tests/requirements.txt (statsmodels)"
PAIRS = [(k, n) for n in (1, 2, 3, 9, 10, 50, 1204, 100_000) for k in sorted({0, 1, n // 3, n - 1, n})]


@pytest.fixture
def asked(typed):
    """Whatever the foundations' macros answer to a list of counts."""
    warehouse = typed(subscriptions=[subscription("a", "2025-01-10")], as_of="2025-06-30")

    def ask(expression: str, rows: list[tuple]) -> list[tuple]:
        names = ", ".join("abcd"[: len(rows[0])])
        values = ", ".join(str(row) if len(row) > 1 else f"({row[0]})" for row in rows)
        with warehouse.cursor() as cursor:
            return cursor.execute(f"select {expression} from (values {values}) as given({names})").fetchall()

    return ask


def test_wilson_is_that_of_statsmodels(asked):
    proportion = pytest.importorskip("statsmodels.stats.proportion", reason=NEEDED)
    found = asked("wilson_low(a, b), wilson_high(a, b)", PAIRS)
    for (k, n), ours in zip(PAIRS, found, strict=True):
        assert ours == pytest.approx(proportion.proportion_confint(k, n, method="wilson"), abs=1e-12), (k, n)
        assert 0 <= ours[0] <= k / n <= ours[1] + 1e-12 <= 1 + 1e-12


def test_newcombe_is_that_of_statsmodels(asked):
    proportion = pytest.importorskip("statsmodels.stats.proportion", reason=NEEDED)
    fours = [(*one, *other) for one in PAIRS for other in PAIRS]
    found = asked("newcombe_low(a, b, c, d), newcombe_high(a, b, c, d)", fours)
    for four, ours in zip(fours, found, strict=True):
        theirs = proportion.confint_proportions_2indep(*four, method="newcomb", compare="diff")
        assert ours == pytest.approx(theirs, abs=1e-12), four
        assert ours[0] <= four[0] / four[1] - four[2] / four[3] <= ours[1]


def test_byars_interval_lies_within_a_hundredth_of_the_exact_one_of_scipy(asked):
    stats = pytest.importorskip("scipy.stats", reason="needs tests/requirements.txt (scipy)")
    counts = [0, 1, 2, 3, 5, 10, 38, 400, 10_000]
    for k, (low, high) in zip(counts, asked("events_low(a), events_high(a)", [(k,) for k in counts]), strict=True):
        exact = (stats.chi2.ppf(0.025, 2 * k) / 2 if k else 0, stats.chi2.ppf(0.975, 2 * k + 2) / 2)
        assert (low, high) == pytest.approx(exact, abs=0.02, rel=0.001 if k > 5 else 0.01)
        assert low <= k <= high


def test_of_nobody_there_is_no_interval(asked):
    assert asked("wilson_low(a, b), wilson_high(a, b), newcombe_low(a, b, 1, 2)", [(0, 0)]) == [(None, None, None)]
