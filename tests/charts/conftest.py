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
        share, n = answer[cause] / answer["active"].where(answer["active"] > 0), answer["active"]
        middle, half = (share + 1.92 / n) / (1 + 3.84 / n), 1.96 / (1 + 3.84 / n) * (
            share * (1 - share) / n + 0.96 / n**2) ** 0.5
        answer[f"{cause}_rate"] = share
        answer[f"{cause}_low"], answer[f"{cause}_high"] = (middle - half).clip(0), (middle + half).clip(upper=1)
    return answer


@pytest.fixture
def reasons() -> pd.DataFrame:
    """120 answers of 300 who left; price is clear of the second."""
    rows = [
        (
            "price",
            38,
            120,
            0.3167,
            0.2404,
            0.4044,
            120,
            38,
            0.3167,
            0.2404,
            0.4044,
            300,
            0.1267,
            0.0938,
            0.1689,
            0.7267,
            410.0,
        ),
        (
            "not_using",
            24,
            120,
            0.2,
            0.1383,
            0.2803,
            80,
            24,
            0.3,
            0.2106,
            0.4077,
            300,
            0.08,
            0.0543,
            0.1163,
            0.68,
            655.5,
        ),
        (
            "other",
            1,
            120,
            0.0083,
            0.0015,
            0.0457,
            None,
            None,
            None,
            None,
            None,
            300,
            0.0033,
            0.0006,
            0.0186,
            0.6033,
            9.0,
        ),
        ("no_answer", 180, 120, *[None] * 8, 300, 0.6, 0.5437, 0.6538, None, 2000.0),
    ]
    columns = (
        "reason named answered share_of_answers low high shown named_of_shown share_of_shown low_of_shown "
        "high_of_shown "
        "counted share_of_all low_of_all high_of_all most_of_all lost_mrr"
    )
    return pd.DataFrame(rows, columns=columns.split())


@pytest.fixture
def incentives() -> pd.DataFrame:
    """A course that is clearly ahead, a discount, and a letter that too few have got."""
    rows = [
        ("incentive", "course", 110, 100, 10, "2027-01-10", 40, 0.4, 0.3094, 0.498, 0, 0.12),
        ("incentive", "discount", 80, 80, 0, None, 12, 0.15, 0.0882, 0.2441, 0, 0.11),
        ("incentive", "none", 9, 4, 5, "2027-01-10", 1, 0.25, 0.0456, 0.6994, 0, None),
    ]
    columns = "offered_by offer sent settled settling settles_on returned conversion low high shared natural_rate"
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
def by_group() -> pd.DataFrame:
    """Two plans; of the second too few answered."""
    rows = [
        ("plan", "monthly", "price", 20, 50, 0.4, 0.2761, 0.5382),
        ("plan", "monthly", "other", 5, 50, 0.1, 0.0435, 0.2136),
        ("plan", "annual", "price", 2, 8, 0.25, 0.0715, 0.5907),
    ]
    return pd.DataFrame(rows, columns="grouped_by segment reason named answered share_of_answers low high".split())


@pytest.fixture
def over_time() -> pd.DataFrame:
    """Two reasons over three months, price above its range in July, the last month not settled."""
    rows = [
        ("price", "", "2026-07-01", "settled", 8, 20, 0.4, 0.2188, 0.6134, 0.2, 0.05, 0.35, "above"),
        ("other", "", "2026-07-01", "settled", 1, 20, 0.05, 0.0089, 0.2361, 0.05, 0, 0.2, "within"),
        ("price", "", "2026-08-01", "settled", 1, 1, 1.0, 0.2065, 1.0, 0.2, 0, 1.0, "within"),
        ("other", "", "2026-08-01", "settled", 0, 1, 0.0, 0.0, 0.7935, 0.05, 0, 0.5, "within"),
        ("price", "", "2026-09-01", "settling", 3, 12, 0.25, 0.0889, 0.5323, 0.2, 0.01, 0.39, "unsettled"),
        ("other", "", "2026-09-01", "settling", 2, 12, 0.1667, 0.047, 0.448, 0.05, 0, 0.25, "unsettled"),
    ]
    columns = (
        "reason wording period_start state named answered share_of_answers low high center "
        "lower_limit upper_limit signal"
    )
    answer = pd.DataFrame(rows, columns=columns.split())
    answer["period_start"] = pd.to_datetime(answer["period_start"])
    return answer


@pytest.fixture
def comebacks() -> pd.DataFrame:
    """Back by themselves on days 10, 80 and 100, watched until day 120."""
    rows = [
        (10, 100, 5, 0.05, 0.02, 0.1),
        (50, 90, 0, 0.05, 0.02, 0.1),
        (80, 80, 8, 0.145, 0.09, 0.23),
        (100, 40, 2, 0.18778, 0.12, 0.28),
        (120, 10, 0, 0.18778, 0.12, 0.28),
    ]
    answer = pd.DataFrame(rows, columns=["day", "at_risk", "returns", "share", "low", "high"])
    return answer.assign(returned=answer["returns"].cumsum())


@pytest.fixture
def stays() -> pd.DataFrame:
    """One group of 20; on the last day fewer than ten are left to observe."""
    rows = [
        ("(all)", 30, 20, 4, 0, 0.8, 0.0894, 0.5511, 0.9198),
        ("(all)", 60, 16, 0, 2, 0.8, 0.0894, 0.5511, 0.9198),
        ("(all)", 365, 14, 7, 0, 0.4, 0.1163, 0.1803, 0.6124),
        ("(all)", 400, 7, 7, 0, 0.0, 0.0, 0.0, 0.0),
    ]
    columns = "segment day at_risk ended censored survival std_error low high"
    return pd.DataFrame(rows, columns=columns.split()).assign(begins=None)


@pytest.fixture
def waits() -> pd.DataFrame:
    """Twenty requests: half answered within 2 hours, one still waiting; fewer than ten are done."""
    rows = [
        ("reply", 0.5, 20, 5, 0, 0.75, 0.5, 0.887),
        ("reply", 2.0, 15, 5, 0, 0.5, 0.271, 0.692),
        ("reply", 30.0, 10, 9, 0, 0.05, 0.003, 0.205),
        ("reply", 74.0, 1, 0, 1, 0.05, 0.003, 0.205),
        ("done", 3.0, 4, 1, 0, 0.75, 0.128, 0.961),
        ("done", 50.0, 3, 0, 3, 0.75, 0.128, 0.961),
    ]
    return pd.DataFrame(rows, columns="waited_for hours at_risk ended censored waiting low high".split())


@pytest.fixture
def wait_times() -> pd.DataFrame:
    """Two channels; chat is done at once, by form nine in ten are not reached."""
    rows = [
        ("reply", "chat", 40, 0, 0.25, 1.5, None),
        ("reply", "form", 12, 3, 9.0, None, 74.2),
        ("done", "chat", 40, 0, 0.5, 2.0, None),
        ("done", "form", 4, 3, 20.0, None, 74.2),
    ]
    columns = "waited_for segment requests still_open median_hours slow_hours longest_open"
    return pd.DataFrame(rows, columns=columns.split())


@pytest.fixture
def by_channel() -> pd.DataFrame:
    """Heat by channel; by phone too few."""
    rows = [
        ("heat", "email", 20, 100, 0.2, 0.1334, 0.2888, 0, None),
        ("heat", "phone", 1, 4, 0.25, 0.0456, 0.6994, 0, None),
    ]
    return pd.DataFrame(rows, columns="measure segment hits counted share low high settling settles_on".split())


@pytest.fixture
def heat_trend() -> pd.DataFrame:
    """Four months: within the range, two above it side by side, and one that still runs."""
    rows = [
        ("2026-06-01", "settled", "2026-07-01", 4, 100, 0.04, 0.0157, 0.0984, 0.05, 0.0, 0.12, "within"),
        ("2026-07-01", "settled", "2026-08-01", 20, 100, 0.2, 0.1334, 0.2888, 0.05, 0.0, 0.12, "above"),
        ("2026-08-01", "settled", "2026-09-01", 22, 100, 0.22, 0.15, 0.3107, 0.05, 0.0, 0.12, "above"),
        ("2026-09-01", "running", "2026-10-01", 0, 5, 0.0, 0.0, 0.4345, 0.05, 0.0, 0.34, "unsettled"),
    ]
    columns = "period_start state settles_on hits counted rate low high center lower_limit upper_limit signal"
    answer = pd.DataFrame(rows, columns=columns.split())
    return answer.assign(
        period_start=pd.to_datetime(answer["period_start"]), settles_on=pd.to_datetime(answer["settles_on"])
    )


@pytest.fixture
def heat_waits() -> pd.DataFrame:
    """The slowest are clearly hotter than the quickest."""
    rows = [
        ("to_4_hours", 5, 100, 0.05, 0.0215, 0.1118),
        ("to_3_days", 2, 8, 0.25, 0.0715, 0.5907),
        ("longer", 15, 40, 0.375, 0.2422, 0.5297),
    ]
    return pd.DataFrame(rows, columns=["wait", "hot", "requests", "share", "low", "high"])


@pytest.fixture
def offered() -> pd.DataFrame:
    """One offer: a third accepts it, nobody's sixty days have passed."""
    rows = [
        ("half price", "accepted", 30, 10, 0.3333, 0.1923, 0.5122, 0),
        ("half price", "paying_30", 4, 3, 0.75, 0.3006, 0.9544, 6),
        ("half price", "paying_60", 0, 0, None, None, None, 10),
    ]
    answer = pd.DataFrame(rows, columns="offer stage counted kept share low high settling".split())
    return answer.astype({"share": float, "low": float, "high": float})


@pytest.fixture
def saves() -> pd.DataFrame:
    """The headline, with some that settle later, and one weaker rule."""
    rows = [
        ("renewed", 20, 80, 0.25, 0.1681, 0.3548, 12, "2027-10-23", 0),
        ("not_cancelled", 40, 92, 0.4348, 0.3380, 0.5367, 0, None, 0),
    ]
    columns = "rule kept counted share low high settling settles_on not_judged"
    return pd.DataFrame(rows, columns=columns.split())


@pytest.fixture
def story() -> pd.DataFrame:
    """Joined, switched, a card failed, asked, left, told why, was written to, came back."""
    rows = [
        ("membership", "joined", "2025-01-10", "2025-03-10", "2025-03-10", None, "Monthly", 10.0),
        ("payments", "failed", "2025-02-10", None, None, None, None, 10.0),
        ("membership", "switched", "2025-03-10", "2025-06-10", "2025-06-10", None, "Annual", 8.3),
        ("leaving", "asked", "2025-05-20", None, None, "cancelled", "email", None),
        ("membership", "left", "2025-06-10", None, None, "voluntary", "Annual", 8.3),
        ("feedback", "answered", "2025-06-12", None, None, "price;break", "<b>too dear</b>", None),
        ("letters", "sent", "2025-08-01", None, None, "discount", "Spring", None),
        ("membership", "returned", "2025-09-01", None, "2025-12-31", None, "Monthly", 10.0),
    ]
    answer = pd.DataFrame(rows, columns="lane happened day until seen_until code detail amount".split())
    answer["comment"] = None
    return answer.assign(**{name: pd.to_datetime(answer[name]) for name in ("day", "until", "seen_until")})


@pytest.fixture
def response() -> pd.DataFrame:
    """Two months of leavers: one settled and within its range, one that can still move."""
    rows = [
        ("2026-07-01", "settled", "2026-09-29", 50, 40, 20, 2, 0.4, 0.2761, 0.5382, 0.45, 0.2, 0.7, "within"),
        ("2026-08-01", "settling", "2026-10-30", 40, 30, 10, 0, 0.25, 0.1419, 0.402, 0.45, 0.2, 0.7, "unsettled"),
    ]
    columns = (
        "period_start state settles_on leavers asked answered junk response_rate low high center "
        "lower_limit upper_limit signal"
    )
    answer = pd.DataFrame(rows, columns=columns.split())
    return answer.assign(
        period_start=pd.to_datetime(answer["period_start"]), settles_on=pd.to_datetime(answer["settles_on"])
    )


@pytest.fixture
def silent() -> pd.DataFrame:
    """Of 100 who left 60 said nothing; of the yearly plan too few left."""
    rows = [
        ("plan", "(all)", 100, 80, 40, 60, 0.6, 0.502, 0.6906, 10, 0.2, 0.1124, 0.3304),
        ("plan", "monthly", 92, 75, 36, 56, 0.6087, 0.5065, 0.7021, 10, 0.2174, 0.1226, 0.3557),
        ("plan", "annual", 8, 5, 4, 4, 0.5, 0.2152, 0.7848, 0, 0.0, 0.0, 0.4899),
    ]
    columns = "grouped_by segment leavers asked answered silent silent_rate low high junk junk_rate junk_low junk_high"
    return pd.DataFrame(rows, columns=columns.split())


@pytest.fixture
def wordings() -> pd.DataFrame:
    """One option that was reworded in May."""
    rows = [
        ("not_using", "I have no time", 30, 100, 0.3, 0.2189, 0.3958, "2026-05-02", "2026-09-20"),
        ("not_using", "I don't use it", 20, 100, 0.2, 0.1334, 0.2888, "2026-01-03", "2026-05-01"),
    ]
    columns = "reason wording named answered share_of_answers low high first_named_on last_named_on"
    answer = pd.DataFrame(rows, columns=columns.split())
    days = ["first_named_on", "last_named_on"]
    return answer.assign(**{day: pd.to_datetime(answer[day]) for day in days})


@pytest.fixture
def prices() -> pd.DataFrame:
    """Price is named as often on the cheapest plan as above it."""
    rows = [
        ("(all)", "could_have", 13, 44, 0.2955, 0.1821, 0.4414, 24.0, 1),
        ("(all)", "had", 6, 20, 0.3, 0.1455, 0.519, 9.0, 0),
        ("to_3_months", "could_have", 12, 40, 0.3, 0.1807, 0.4543, 24.0, 1),
        ("to_3_months", "had", 6, 20, 0.3, 0.1455, 0.519, 9.0, 0),
        ("longer", "could_have", 1, 4, 0.25, 0.0456, 0.6994, 24.0, 0),
    ]
    columns = "tenure price_plan named answered named_share low high average_mrr returned"
    return pd.DataFrame(rows, columns=columns.split())


@pytest.fixture
def themes() -> pd.DataFrame:
    """Two themes in 50 comments."""
    rows = [("No time", 20, 50, 0.4, 0.2761, 0.5382), ("Money is tight", 3, 50, 0.06, 0.0206, 0.1622)]
    return pd.DataFrame(rows, columns="theme comments of_all share low high".split())


@pytest.fixture
def incidences() -> pd.DataFrame:
    """Two reasons after 90 days and after a year."""
    rows = [
        ("price", 90, 300, 12, 0.03, 0.016, 0.05, 0.3),
        ("no_answer", 90, 300, 28, 0.07, 0.05, 0.1, 0.7),
        ("price", 365, 120, 40, 0.12, 0.09, 0.16, 0.4),
        ("no_answer", 365, 120, 60, 0.18, 0.14, 0.22, 0.6),
    ]
    return pd.DataFrame(rows, columns="reason within_days at_risk left_so incidence low high share_of_leavers".split())


@pytest.fixture
def reached() -> pd.DataFrame:
    """Half of all leavers were written to; nobody of the yearly plan."""
    rows = [
        ("plan", "(all)", 200, 100, 0.5, 0.4314, 0.5686, 3, 30, 45),
        ("plan", "annual", 9, 0, 0.0, 0.0, 0.2991, 0, None, None),
    ]
    columns = "grouped_by segment leavers contacted reach low high not_to_contact median_days slow_days"
    return pd.DataFrame(rows, columns=columns.split())


@pytest.fixture
def back() -> pd.DataFrame:
    """Back within 30 and 90 days."""
    rows = [(30, 100, 6, 0.06, 0.0278, 0.1248, 2), (90, 80, 12, 0.15, 0.0881, 0.2441, 1)]
    return pd.DataFrame(rows, columns="within_days observed returned return_rate low high within_grace".split())


@pytest.fixture
def weeks() -> pd.DataFrame:
    """Ten came back, most of them in the first week."""
    rows = [(0, 6, 10, 0.6, 5, 20), (1, 3, 10, 0.9, 5, 20), (2, 1, 10, 1.0, 5, 20)]
    return pd.DataFrame(rows, columns="week returned of_all share median_days slow_days".split())


@pytest.fixture
def values() -> pd.DataFrame:
    """A course with a shown effect, a discount without one."""
    rows = [
        ("course", 314, 65, 1218.3, 600.28, 9.235, 31.05, 600.28, 19.33, 12.09, 53.25, "works"),
        ("discount", 287, 9, 717.2, 1430.74, 34.07, 5.39, 1430.74, None, None, None, "not_shown"),
    ]
    columns = (
        "incentive sent returned recovered_mrr cost cost_per_return caused compared_cost cost_per_caused "
        "cost_low cost_high "
        "verdict"
    )
    return pd.DataFrame(rows, columns=columns.split())


@pytest.fixture
def again() -> pd.DataFrame:
    """Half of those who came with the discount left again within 60 days of its end; of the course too few came."""
    rows = [
        ("discount", 30, 40, 12, 0.3, 0.1807, 0.4543, 40, 0),
        ("discount", 60, 38, 19, 0.5, 0.3485, 0.6515, 38, 2),
        ("course", 30, 5, 1, 0.2, 0.0362, 0.6245, 0, 0),
    ]
    columns = "incentive within_days returned left_again again_rate low high with_end settling"
    return pd.DataFrame(rows, columns=columns.split())


@pytest.fixture
def reasons_back() -> pd.DataFrame:
    """Two incentives, two reasons."""
    rows = [
        ("course", "price", 40, 8, 0.2, 0.105, 0.3476, 60),
        ("course", "not_using", 20, 6, 0.3, 0.1455, 0.519, 60),
        ("discount", "price", 4, 1, 0.25, 0.0456, 0.6994, 4),
    ]
    return pd.DataFrame(rows, columns="incentive reason sent returned conversion low high written".split())


@pytest.fixture
def plans() -> pd.DataFrame:
    """Without a message 10 % come back; 15 % are hoped for."""
    rows = [
        (0.01, False, 0.1, "hold_out", 0.11, 14751, 100.0, 296, "too_small"),
        (0.05, True, 0.1, "hold_out", 0.15, 686, 100.0, 14, "long"),
        (0.1, False, 0.1, "hold_out", 0.2, 199, 100.0, 4, "soon"),
    ]
    columns = "hoped_lift chosen base_rate base_from hoped_rate per_arm monthly months verdict"
    return pd.DataFrame(rows, columns=columns.split())


@pytest.fixture
def changes() -> pd.DataFrame:
    """The registry's worked example: both plans improve, the whole gets worse; a third plan is only beginning."""
    rows = [
        ("(all)", 1000, 55, 0.055, 1.0, 20000, 1159, 0.05795, 1.0, 0.00295, -0.0124, 0.0161, -0.004325, 0.007275),
        ("Monthly", 700, 49, 0.07, 0.7, 17000, 1105, 0.065, 0.85, -0.005, -0.026, 0.013, -0.003875, 0.001654),
        ("Annual", 300, 6, 0.02, 0.3, 3000, 54, 0.018, 0.15, -0.002, -0.025, 0.011, -0.00045, 0.005621),
        ("Trial%", 0, 0, None, 0.0, 8, 0, 0.0, 0.0004, None, None, None, 0.0, 0.0),
    ]
    columns = (
        "segment active_before churned_before rate_before weight_before active_after churned_after rate_after "
        "weight_after change low high behaviour mix"
    )
    days = {
        "before_first": "2026-05-01",
        "before_last": "2026-05-31",
        "after_first": "2026-06-01",
        "after_last": "2026-07-31",
    }
    answer = pd.DataFrame(rows, columns=columns.split())
    answer = answer.assign(members_before=answer["active_before"], members_after=answer["active_after"])
    return answer.assign(state="settled", simpson="worse", **{name: pd.Timestamp(day) for name, day in days.items()})


@pytest.fixture
def triangle() -> pd.DataFrame:
    """Two cohorts and their mean; of the second not all have come to month 1, and nobody to month 2."""
    rows = [
        ("2026-01-01", 0, "settled", "2026-01-31", 40, 40, 40, 40, 1.0, 0.912, 1.0, None, 400.0, 1.0),
        ("2026-01-01", 1, "settled", "2026-02-28", 40, 40, 36, 36, 0.9, 0.769, 0.960, 0.9, 380.0, 0.95),
        ("2026-01-01", 2, "settled", "2026-03-31", 40, 40, 30, 28, 0.75, 0.598, 0.858, 0.8333, 300.0, 0.75),
        ("2026-02-01", 0, "settled", "2026-02-28", 30, 30, 30, 30, 1.0, 0.886, 1.0, None, 300.0, 1.0),
        ("2026-02-01", 1, "settling", "2026-03-28", 30, 12, 9, 9, 0.75, 0.467, 0.911, None, 90.0, None),
        (None, 0, "settled", None, 70, 70, 70, 70, 1.0, 0.948, 1.0, None, 700.0, 1.0),
        (None, 1, "settled", None, 40, 40, 36, 36, 0.9, 0.769, 0.960, 0.9, 380.0, 0.95),
        (None, 2, "settled", None, 40, 40, 30, 28, 0.75, 0.598, 0.858, 0.8333, 300.0, 0.75),
    ]
    columns = (
        "cohort age state settles_on size observed active unbroken share_of_start low high "
        "share_of_previous mrr mrr_of_start"
    )
    answer = pd.DataFrame(rows, columns=columns.split())
    for day in ("cohort", "settles_on"):
        answer[day] = pd.to_datetime(answer[day])
    return answer.astype({"share_of_previous": float, "mrr_of_start": float})


@pytest.fixture
def medians() -> pd.DataFrame:
    """A median with its interval, one whose upper end is not reached, and a group that has lost too few."""
    rows = [
        ("Monthly", 200, 120, 366, 337, 396, 60, 900, 3, 21.4, 2, 0.00002),
        ("Lite", 50, 26, 303, 273, None, 12, 400, 3, 21.4, 2, 0.00002),
        ("Annual", 40, 5, None, None, None, None, 380, 3, 21.4, 2, 0.00002),
    ]
    columns = "segment spells ended median low high at_risk followed compared chi_square df p"
    answer = pd.DataFrame(rows, columns=columns.split())
    answer = answer.assign(begins=None)
    return answer.astype(dict.fromkeys(("median", "low", "high", "at_risk", "begins"), "Int64"))


@pytest.fixture
def gone_by_cause() -> pd.DataFrame:
    """Two causes over three days; on the last fewer than ten are left to observe."""
    rows = [
        ("involuntary", 30, 20, 1, 3, 0.05, 0.0487, 0.0035, 0.2054, 0.05),
        ("involuntary", 300, 12, 2, 4, 0.19, 0.09, 0.06, 0.37, 0.21),
        ("involuntary", 400, 6, 0, 1, 0.19, 0.09, 0.06, 0.37, 0.21),
        ("voluntary", 30, 20, 2, 3, 0.1, 0.067, 0.0175, 0.272, 0.1),
        ("voluntary", 300, 12, 2, 4, 0.24, 0.1, 0.09, 0.44, 0.26),
        ("voluntary", 400, 6, 1, 1, 0.33, 0.11, 0.13, 0.54, 0.38),
    ]
    columns = "cause day at_risk ended left_all share std_error low high alone"
    return pd.DataFrame(rows, columns=columns.split()).assign(begins=None)


@pytest.fixture
def lifetimes() -> pd.DataFrame:
    """A plan known for both horizons, one that is too young for the longer."""
    rows = [
        ("Monthly", 12, 200, 20.94, 9.03, 189.2, 185.8, 192.6, 35, 412.2),
        ("Monthly", 24, 200, 20.94, 13.78, 288.6, 280.9, 296.4, 35, 412.2),
        ("Lite", 12, 50, 9.0, 8.43, 75.7, 73.4, 78.0, 14, 130.5),
        ("Lite", 24, 50, 9.0, None, None, None, None, 14, 130.5),
    ]
    return pd.DataFrame(rows, columns="segment horizon spells mrr months value low high followed by_formula".split())


@pytest.fixture
def ahead() -> pd.DataFrame:
    """A hundred members of today; from the second month on much rests on the assumption."""
    rows = [
        (0, "2026-10-31", 100, 100.0, 100.0, 100.0, 0.0, 1000.0),
        (1, "2026-11-30", 100, 95.2, 91.0, 99.4, 0.05, 952.0),
        (2, "2026-12-31", 100, 90.1, 84.2, 96.0, 0.3, 901.0),
    ]
    answer = pd.DataFrame(rows, columns="months_ahead day base members low high assumed mrr".split())
    return answer.assign(day=pd.to_datetime(answer["day"]))


@pytest.fixture
def lower_churn() -> pd.DataFrame:
    """A hundred members with five and with four percent a month."""
    rows = [
        (0, "2026-10-31", 0.05, 0.04, 100.0, 100.0, 1000.0, 1000.0, 0.0, 0.0),
        (1, "2026-11-30", 0.05, 0.04, 95.0, 96.0, 950.0, 960.0, 1.0, 10.0),
    ]
    columns = "months_ahead day churn churn_lower members members_lower mrr mrr_lower more_members more_mrr"
    answer = pd.DataFrame(rows, columns=columns.split())
    return answer.assign(day=pd.to_datetime(answer["day"]))


def course(rate: str, counted: str, of: str) -> pd.DataFrame:
    """Three months of a rate: within its range, above it with a step marked, and one that still moves."""
    rows = [
        (
            "2026-07-01",
            "2026-07-31",
            "settled",
            "2026-08-14",
            4,
            100,
            0.04,
            0.016,
            0.098,
            0.035,
            0.01,
            0.06,
            "within",
            None,
        ),
        (
            "2026-08-01",
            "2026-08-31",
            "settled",
            "2026-09-14",
            16,
            200,
            0.08,
            0.05,
            0.126,
            0.035,
            0.01,
            0.06,
            "above",
            "2026-08-10",
        ),
        (
            "2026-09-01",
            "2026-09-30",
            "settling",
            "2026-10-14",
            1,
            9,
            0.1111,
            0.0199,
            0.435,
            0.035,
            0.01,
            0.2,
            "unsettled",
            None,
        ),
    ]
    columns = ["period_start", "last_day", "state", "settles_on", counted, of, rate, "low", "high"]
    answer = pd.DataFrame(rows, columns=[*columns, "center", "lower_limit", "upper_limit", "signal", "step_on"])
    for day in ("period_start", "last_day", "settles_on", "step_on"):
        answer[day] = pd.to_datetime(answer[day])
    return answer


@pytest.fixture
def renewed() -> pd.DataFrame:
    """Renewals of long plans."""
    return course("renewal_rate", "not_renewed", "due").assign(mid_term=1)


@pytest.fixture
def recovered() -> pd.DataFrame:
    """Failed charges."""
    return course("recovery_rate", "recovered", "failed")


@pytest.fixture
def asked() -> pd.DataFrame:
    """Requests to cancel."""
    return course("request_rate", "asked", "active").assign(left_by_now=1)


@pytest.fixture
def revenue() -> pd.DataFrame:
    """A month with a downgrade, one in which upgrades outweigh the losses, one that still moves."""
    rows = [
        (
            "2026-07-01",
            "settled",
            100,
            4,
            2000,
            80,
            40,
            20,
            1900,
            0.04,
            0.016,
            0.098,
            0.06,
            0.02,
            0.1,
            0.05,
            0.01,
            0.09,
        ),
        ("2026-08-01", "settled", 100, 3, 2000, 60, 0, 160, 2100, 0.03, 0.01, 0.08, 0.03, 0.0, 0.06, -0.05, -0.1, 0.0),
        ("2026-09-01", "settling", 9, 0, 180.0, 0.0, 0.0, 0.0, 180.0, 0.0, 0.0, 0.3, 0.0, None, None, 0.0, None, None),
    ]
    columns = (
        "period_start state active churned mrr_at_start mrr_lost mrr_downgraded mrr_upgraded mrr_kept churn_rate "
        "churn_low churn_high gross_rate gross_low gross_high net_rate net_low net_high"
    )
    answer = pd.DataFrame(rows, columns=columns.split())
    answer["period_start"] = pd.to_datetime(answer["period_start"])
    return answer


@pytest.fixture
def movements() -> pd.DataFrame:
    """From 1,000 to 1,090 a month."""
    rows = [
        ("start", 100, 1000.0, 1000.0),
        ("new", 12, 120.0, 1120.0),
        ("expansion", 1, 20.0, 1140.0),
        ("lost", 5, -50.0, 1090.0),
        ("end", 107, 1090.0, 1090.0),
    ]
    answer = pd.DataFrame(rows, columns=["movement", "members", "amount", "level"])
    return answer.assign(first_day=pd.Timestamp("2026-07-01"), last_day=pd.Timestamp("2026-07-31"), state="settled")


@pytest.fixture
def by_term() -> pd.DataFrame:
    """Two terms in two months, the second still moving, one of them nearly empty."""
    rows = [
        ("2026-07-01", "short", "settled", 100, 6, 0.06, 0.0278, 0.1248),
        ("2026-07-01", "long", "settled", 50, 1, 0.02, 0.0035, 0.105),
        ("2026-08-01", "short", "settling", 110, 5, 0.0455, 0.0196, 0.102),
        ("2026-08-01", "long", "settling", 9, 0, 0.0, 0.0, 0.2992),
    ]
    answer = pd.DataFrame(rows, columns="period_start term state active churned churn_rate low high".split())
    answer["period_start"] = pd.to_datetime(answer["period_start"])
    return answer.assign(settles_on=pd.Timestamp("2026-09-14"))


@pytest.fixture
def newcomers(by_term) -> pd.DataFrame:
    """The same as newcomers; two of six left on the first day."""
    named = by_term.rename(columns={"active": "joined", "churned": "first_period", "churn_rate": "first_period_rate"})
    zero = {"zero_day": [2, 0, 0, 0], "zero_day_rate": [0.02, 0.0, 0.0, 0.0], "zero_day_low": 0.0}
    zero["zero_day_high"] = 0.07
    return named.assign(observed=named["joined"], **zero)


@pytest.fixture
def definitions() -> pd.DataFrame:
    """Two months of four definitions, one without a value."""
    rows = [
        ("member_churn", "settled", 4, 100.0, 0.04, 0.0157, 0.0984, "one"),
        ("churn_events", "settled", 6, 100.0, 0.06, 0.0219, 0.1306, "other"),
        ("cancel_requests", "settled", None, 100.0, None, None, None, None),
        ("renewal_churn", "settled", 3, 9.0, 0.3333, 0.1206, 0.6458, None),
    ]
    columns = "definition state numerator denominator value low high chosen".split()
    month = pd.DataFrame(rows, columns=columns)
    months = [month.assign(period_start=pd.Timestamp(day)) for day in ("2026-07-01", "2026-08-01")]
    return pd.concat(months, ignore_index=True).assign(settles_on=pd.Timestamp("2026-09-14"))


@pytest.fixture
def near(definitions) -> pd.DataFrame:
    """Another tool says 4.1 %: nobody says so, member churn is nearest."""
    known = definitions[definitions["value"].notna()].drop(columns=["chosen", "settles_on"])
    known = known.assign(told=0.041, distance=known["value"] - 0.041, rounds=False)
    known["inside"] = (known["low"] <= 0.041) & (known["high"] >= 0.041)
    return known.sort_values(["period_start", "distance"], ignore_index=True)


@pytest.fixture
def between() -> pd.DataFrame:
    """From 4 of 100 to 6 of 120."""
    rows = [
        ("one", "member_churn", None, 4, 100.0, 0.04, 0.04),
        ("events", None, "joined_and_left", 3, None, 0.03, 0.07),
        ("events", None, "returned", -1, None, -0.01, 0.06),
        ("denominator", None, None, None, None, -0.01, 0.05),
        ("other", "churn_with_newcomers", None, 6, 120.0, 0.05, 0.05),
    ]
    answer = pd.DataFrame(rows, columns="step definition kind counted denominator value level".split())
    day = pd.Timestamp("2026-07-01")
    return answer.astype({"counted": "Int64"}).assign(period_start=day, last_day=day, state="settled")
