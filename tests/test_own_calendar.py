"""Weeks from Sunday and years from another month: every period follows, and everything still adds up."""

from datetime import date

import pandas as pd
import pytest

from retention.data_settings import Settings, calendar_sections
from retention.dataset import build
from retention.filters import Filters
from retention.model import FileRequest
from retention.texts import Texts
from tests.test_pages import open_app


@pytest.fixture
def members(tmp_path):
    """members(settings) -> sixty members since 2023, a third of whom have left."""
    path = tmp_path / "members.csv"
    days = pd.date_range("2023-01-03", periods=60, freq="11D")
    path.write_text("email,joined_at,ended_on\n" + "".join(
        f"m{n}@example.org,{day:%Y-%m-%d},{day + pd.Timedelta(days=100):%Y-%m-%d}\n" if n % 3 == 0
        else f"m{n}@example.org,{day:%Y-%m-%d},\n" for n, day in enumerate(days)
    ))
    built = []

    def make(**told):
        built.append(build([FileRequest("members.csv", str(path))], settings=Settings(as_of=date(2025, 6, 30), **told)))
        return built[-1]

    yield make
    for data in built:
        data.forget()


def test_the_usual_calendar_needs_no_macro_of_its_own():
    assert calendar_sections(Settings()) == ()


@pytest.mark.parametrize(("told", "grain", "first"), [
    ({"week_start": "sunday"}, "week", "2023-01-01"), ({}, "week", "2023-01-02"),
    ({"fiscal_month": 4}, "year", "2022-04-01"), ({"fiscal_month": 4}, "quarter", "2023-01-01"),
    ({"fiscal_month": 2}, "quarter", "2022-11-01"), ({"fiscal_month": 12}, "year", "2022-12-01"),
    ({"fiscal_month": 12}, "month", "2023-01-01"),
])
def test_periods_begin_where_the_owner_says(members, told, grain, first):
    answer = members(**told).ask("member_churn", Filters(grain=grain))
    assert str(answer["period_start"].iloc[0].date()) == first
    ends = answer["last_day"] + pd.Timedelta(days=1)
    assert ends.iloc[:-1].tolist() == answer["period_start"].iloc[1:].tolist(), "without gaps"


@pytest.mark.parametrize("told", [
    {"week_start": "sunday"}, {"fiscal_month": 7}, {"fiscal_month": 2, "week_start": "sunday"},
])
def test_everything_adds_up_and_months_stay_as_they_were(members, told):
    own, usual = members(**told), members()
    assert (own.ask("reconciliation", Filters())["unexplained"] == 0).all()
    pd.testing.assert_frame_equal(own.ask("member_churn", Filters()), usual.ask("member_churn", Filters()))


@pytest.mark.parametrize(("language", "start", "grain", "name"), [
    ("en", date(2025, 4, 1), "year", "2025/26"), ("de", date(1999, 7, 1), "year", "1999/00"),
    ("en", date(2025, 1, 1), "year", "2025"), ("en", date(2025, 4, 1), "quarter", "Q2 2025"),
    ("en", date(2025, 2, 1), "quarter", "Feb–Apr 2025"), ("en", date(2025, 11, 1), "quarter", "Nov–Jan 2026"),
    ("en", date(2025, 12, 1), "quarter", "Dec–Feb 2026"),
])
def test_a_period_of_the_owner_has_a_name(language, start, grain, name):
    assert Texts(language).period(start, grain) == name


def test_the_page_shows_the_owners_year():
    app = open_app("settings")
    app.selectbox(key="setting_fiscal_month").set_value(7).run()
    app.switch_page("pages/churn.py")
    app.session_state["filter_grain"] = "year"
    app.run()
    assert not app.exception
    assert any("2025/26" in chart.proto.spec.replace("\\u002f", "/") for chart in app.get("plotly_chart"))
