"""The sample data tells its story: what sample_data/README.md promises, the questions find."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from retention.dataset import SAMPLE
from retention.filters import Filters


@pytest.fixture(scope="module")
def data(the_sample):
    return the_sample


def signals(answer):
    """Month → signal, for the months outside the usual range."""
    outside = answer[answer.signal.isin(["above", "below"])]
    return {f"{row.period_start:%Y-%m}": row.signal for row in outside.itertuples()}


def test_the_generator_writes_the_same_bytes_each_time(tmp_path):
    subprocess.run([sys.executable, str(SAMPLE / "generate.py"), str(tmp_path)], check=True, capture_output=True)
    written = sorted(path.name for path in Path(tmp_path).glob("*.csv"))
    assert written == sorted(path.name for path in SAMPLE.glob("*.csv"))
    for name in written:
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes(), name


def test_every_row_of_the_sample_is_taken(data):
    assert {report.file: report.rows_set_aside for report in data.reports} == {
        report.file: 0 for report in data.reports
    }
    assert [finding.code for report in data.reports for finding in report.findings if finding.severity != "note"] == []
    assert data.ask("extent").as_of.iloc[0].date() == date(2026, 10, 31)


def test_it_is_a_site_of_about_four_thousand_members_over_36_months(data):
    extent = data.ask("extent").iloc[0]
    assert 3500 <= extent.members <= 4500
    assert len(data.ask("member_churn")) == 36
    assert set(data.ask("choices").query("filter == 'plan'").choice) == {"Monthly", "Annual", "Lite"}


def test_only_the_price_rise_and_the_failed_cards_lift_churn_out_of_its_usual_range(data):
    assert signals(data.ask("member_churn")) == {"2025-03": "above", "2025-04": "above", "2025-10": "above"}


def test_the_price_rise_is_the_members_own_decision_and_the_failed_cards_are_not(data):
    assert signals(data.ask("member_churn", Filters(cause=("voluntary",)))) == {"2025-03": "above", "2025-04": "above"}
    assert signals(data.ask("member_churn", Filters(cause=("involuntary",)))) == {"2025-10": "above"}


def test_price_is_named_far_more_often_after_the_price_rise(data):
    after = data.ask("reasons", Filters(first_day=date(2025, 3, 1), last_day=date(2025, 4, 30))).set_index("reason")
    before = data.ask("reasons", Filters(last_day=date(2025, 2, 28))).set_index("reason")
    assert after.loc["price", "low"] > before.loc["price", "high"]


def test_every_plan_improves_while_the_total_worsens(data):
    def pooled(first, last, **filters):
        months = data.ask("member_churn", Filters(first_day=first, last_day=last, **filters))
        return months.churned.sum() / months.active.sum()

    winter, summer = (date(2025, 12, 1), date(2026, 2, 28)), (date(2026, 7, 1), date(2026, 9, 30))
    for plan in ("Monthly", "Annual", "Lite"):
        assert pooled(*summer, plan=(plan,)) < pooled(*winter, plan=(plan,)), plan
    assert pooled(*summer) > pooled(*winter)


def test_the_slow_spring_costs_goodwill(data):
    spring = data.ask("reasons", Filters(first_day=date(2026, 3, 1), last_day=date(2026, 5, 31))).set_index("reason")
    rest = data.ask("reasons", Filters(last_day=date(2026, 2, 28))).set_index("reason")
    assert spring.loc["service", "low"] > rest.loc["service", "high"]


def test_the_discount_mostly_brings_back_who_would_have_come_and_the_course_truly_works(data):
    lift = data.ask("winback_lift").set_index("incentive")
    assert lift.loc["discount", "verdict"] == "not_shown"
    assert lift.loc["discount", "low"] < 0 < lift.loc["discount", "high"]
    assert lift.loc["discount", "came_anyway"] > 0.8
    assert lift.loc["course", "verdict"] == "works"
    assert lift.loc["course", "low"] > 0.02
    assert set(lift.loc[["none", "feedback_request", "free_content"], "verdict"]) == {"no_holdout"}


def test_a_cheaper_tier_comes_later_and_there_are_returns_and_involuntary_ends(data):
    lite = data.ask("member_churn", Filters(plan=("Lite",)))
    assert lite[lite.active > 0].period_start.min() > lite.period_start.min()
    assert data.ask("extent").returns.iloc[0] > 300
    assert data.ask("member_churn").involuntary.sum() > 200


def test_the_members_add_up_from_start_to_end_in_every_grain(data):
    for grain in ("week", "month", "quarter", "year"):
        rows = data.ask("movements", Filters(grain=grain))
        assert (rows.active_at_start + rows.joined + rows.returned - rows.left_in_all == rows.active_at_end).all()
        assert rows.active_at_start.iloc[1:].tolist() == rows.active_at_end.iloc[:-1].tolist()
        assert rows.active_at_end.iloc[-1] == data.ask("extent").active.iloc[0]
