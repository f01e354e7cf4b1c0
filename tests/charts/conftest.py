"""Answers typed by hand, small enough to count on fingers, with the columns of their question files."""

import pandas as pd
import pytest

from retention.texts import Texts


@pytest.fixture
def en() -> Texts:
    return Texts("en")


@pytest.fixture
def de() -> Texts:
    return Texts("de")


@pytest.fixture
def churn() -> pd.DataFrame:
    """Five months: nobody yet, within the range, above it, within it, and one that has not settled."""
    rows = [
        # start, end, state, active, churned, voluntary, involuntary, unknown, rate, low, high, center, from, to, signal
        ("2026-05-01", "2026-05-31", "settled", 0, 0, 0, 0, 0, *[None] * 6, "empty"),
        ("2026-06-01", "2026-06-30", "settled", 100, 4, 3, 1, 0, 0.04, 0.016, 0.098, 0.035, 0.01, 0.06, "within"),
        ("2026-07-01", "2026-07-31", "settled", 200, 16, 6, 10, 0, 0.08, 0.05, 0.126, 0.035, 0.01, 0.06, "above"),
        (
            "2026-08-01",
            "2026-08-31",
            "settled",
            1204,
            38,
            25,
            10,
            3,
            0.03156,
            0.0231,
            0.043,
            0.035,
            0.01,
            0.06,
            "within",
        ),
        ("2026-09-01", "2026-09-30", "settling", 250, 5, 5, 0, 0, 0.02, 0.0086, 0.046, 0.035, 0.01, 0.06, "unsettled"),
    ]
    columns = (
        "period_start last_day state active churned voluntary involuntary unknown churn_rate low high center "
        "lower_limit upper_limit signal"
    )
    answer = pd.DataFrame(rows, columns=columns.split())
    numbers = ["churn_rate", "low", "high", "center", "lower_limit", "upper_limit"]
    answer[numbers] = answer[numbers].astype(float)
    for day in ("period_start", "last_day"):
        answer[day] = pd.to_datetime(answer[day])
    answer["settles_on"] = answer["last_day"] + pd.Timedelta(days=14)
    for cause in ("voluntary", "involuntary", "unknown"):
        answer[f"{cause}_rate"] = answer[cause] / answer["active"].where(answer["active"] > 0)
    return answer


@pytest.fixture
def reasons() -> pd.DataFrame:
    """120 answers of 300 who left; price is clear of the second."""
    rows = [
        ("price", 38, 120, 0.3167, 0.2404, 0.4044, 300, 0.1267, 0.0938, 0.1689, 410.0),
        ("not_using", 24, 120, 0.2, 0.1383, 0.2803, 300, 0.08, 0.0543, 0.1163, 655.5),
        ("other", 1, 120, 0.0083, 0.0015, 0.0457, 300, 0.0033, 0.0006, 0.0186, 9.0),
        ("no_answer", 180, 120, None, None, None, 300, 0.6, 0.5437, 0.6538, 2000.0),
    ]
    columns = "reason named answered share_of_answers low high counted share_of_all low_of_all high_of_all lost_mrr"
    return pd.DataFrame(rows, columns=columns.split())


@pytest.fixture
def incentives() -> pd.DataFrame:
    """A course that is clearly ahead, a discount, and a letter that too few have got."""
    rows = [
        ("course", 110, 100, 10, "2027-01-10", 40, 0.4, 0.3094, 0.498, 0, 0.12),
        ("discount", 80, 80, 0, None, 12, 0.15, 0.0882, 0.2441, 0, 0.11),
        ("none", 9, 4, 5, "2027-01-10", 1, 0.25, 0.0456, 0.6994, 0, None),
    ]
    columns = "incentive sent settled settling settles_on returned conversion low high shared natural_rate"
    answer = pd.DataFrame(rows, columns=columns.split())
    answer["settles_on"] = pd.to_datetime(answer["settles_on"])
    return answer


@pytest.fixture
def lifts() -> pd.DataFrame:
    """One offer that works, one that shows nothing, one without a hold-out."""
    rows = [
        ("course", 314, 65, 0.207, 222, 24, 0.1081, 0.0989, 0.0359, 0.1581, 0.52, "works"),
        ("discount", 287, 42, 0.1463, 196, 25, 0.1276, 0.0188, -0.0462, 0.0792, 0.87, "not_shown"),
        ("none", 104, 13, 0.125, None, None, None, None, None, None, None, "no_holdout"),
    ]
    columns = (
        "incentive treated came_treated treated_rate held_out came_held_out held_out_rate lift low high came_anyway "
        "verdict"
    )
    answer = pd.DataFrame(rows, columns=columns.split())
    return answer.astype({"held_out": "Int64", "came_held_out": "Int64"})


@pytest.fixture
def funnel() -> pd.DataFrame:
    """Of 200 written to; no file tells who clicked."""
    rows = [
        ("sent", 200, 200, 1.0, 0.9812, 1.0),
        ("delivered", 190, 200, 0.95, 0.9104, 0.9726),
        ("opened", 90, 200, 0.45, 0.3826, 0.5193),
        ("clicked", None, 200, None, None, None),
        ("replied", 4, 200, 0.02, 0.0078, 0.0503),
        ("returned", 30, 200, 0.15, 0.1071, 0.2061),
    ]
    answer = pd.DataFrame(rows, columns=["stage", "reached", "sent", "share", "low", "high"])
    return answer.astype({"reached": "Int64"})


@pytest.fixture
def by_plan() -> pd.DataFrame:
    """Two plans; of the second too few answered."""
    rows = [
        ("monthly", "price", 20, 50, 0.4, 0.2761, 0.5382),
        ("monthly", "other", 5, 50, 0.1, 0.0435, 0.2136),
        ("annual", "price", 2, 8, 0.25, 0.0715, 0.5907),
    ]
    return pd.DataFrame(rows, columns=["plan", "reason", "named", "answered", "share_of_answers", "low", "high"])


@pytest.fixture
def over_time() -> pd.DataFrame:
    """Two reasons over three months, the last not settled."""
    rows = [
        ("2026-07-01", "settled", "price", 8, 20, 0.4, 0.2188, 0.6134),
        ("2026-07-01", "settled", "other", 1, 20, 0.05, 0.0089, 0.2361),
        ("2026-08-01", "settled", "price", 1, 1, 1.0, 0.2065, 1.0),
        ("2026-08-01", "settled", "other", 0, 1, 0.0, 0.0, 0.7935),
        ("2026-09-01", "settling", "price", 3, 12, 0.25, 0.0889, 0.5323),
        ("2026-09-01", "settling", "other", 2, 12, 0.1667, 0.047, 0.448),
    ]
    answer = pd.DataFrame(rows, columns="period_start state reason named answered share_of_answers low high".split())
    answer["period_start"] = pd.to_datetime(answer["period_start"])
    return answer


@pytest.fixture
def returns() -> pd.DataFrame:
    """Back by themselves on days 10, 80 and 100, watched until day 120."""
    rows = [
        (10, 100, 5, 0.05, 0.02, 0.1),
        (50, 90, 0, 0.05, 0.02, 0.1),
        (80, 80, 8, 0.145, 0.09, 0.23),
        (100, 40, 2, 0.18778, 0.12, 0.28),
        (120, 10, 0, 0.18778, 0.12, 0.28),
    ]
    return pd.DataFrame(rows, columns=["day", "at_risk", "returns", "share", "low", "high"])


@pytest.fixture
def stays() -> pd.DataFrame:
    """One group of 20; on the last day fewer than ten are left to observe."""
    rows = [
        ("(all)", 30, 20, 4, 0, 0.8, 0.0894, 0.5511, 0.9198),
        ("(all)", 60, 16, 0, 2, 0.8, 0.0894, 0.5511, 0.9198),
        ("(all)", 365, 14, 7, 0, 0.4, 0.1163, 0.1803, 0.6124),
        ("(all)", 400, 7, 7, 0, 0.0, 0.0, 0.0, 0.0),
    ]
    return pd.DataFrame(rows, columns="segment day at_risk ended censored survival std_error low high".split())
