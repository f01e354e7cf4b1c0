"""Real data, read as an owner would, against figures computed by others."""

import json
from datetime import date

import pytest

from retention.dataset import build
from retention.filters import Filters
from retention.model import FileRequest, ReadSettings
from retention.warehouse import Settings


@pytest.fixture(scope="module")
def oracles(shared):
    return json.loads((shared / "oracles" / "oracles.json").read_text(encoding="utf-8"))


def requests(folder, *names):
    return [FileRequest(name=name, path=str(folder / name)) for name in names]


@pytest.fixture(scope="module")
def maven(shared):
    files = requests(shared / "data" / "maven", "subscription_cohort_analysis_data.csv")
    day = date(2023, 9, 8)
    data = build(files, read=ReadSettings(as_of=day), settings=Settings(as_of=day, grace_days=0))
    yield data
    data.forget()


@pytest.fixture(scope="module")
def ravenstack(shared):
    data = build(requests(shared / "data" / "ravenstack", "ravenstack_accounts.csv", "ravenstack_subscriptions.csv",
                          "ravenstack_churn_events.csv"))
    yield data
    data.forget()


def test_maven_is_read_whole(maven, oracles):
    truth = oracles["maven_subscription"]
    [report] = maven.reports
    assert (report.rows_read, report.rows_taken, report.rows_set_aside) == (truth["subscriptions"], 3069, 0)
    extent = maven.ask("extent").iloc[0]
    assert (extent.members, extent.active, extent.leavers) == (2877, 1065, 1996)
    assert extent.not_counted == 0, "was_subscription_paid must not be read as never paid"


def test_maven_month_by_month_equals_the_oracle(maven, oracles):
    truth = oracles["maven_subscription"]["monthly_member_level_spells"]
    found = maven.ask("movements")
    assert len(found) == len(truth) == 13
    for row, month in zip(found.itertuples(), truth, strict=True):
        assert f"{row.period_start:%Y-%m}" == month["month"]
        assert row.active_at_start == month["active_at_start"]
        assert row.joined + row.returned == month["new"]
        assert row.left_in_all == month["ended_all"]
        assert row.left_of_start_base == month["ended_of_start_base"]
        assert row.active_at_end == month["active_at_end"]
        if month["churn_start_base"] is not None:
            assert row.start_base_rate == pytest.approx(month["churn_start_base"], abs=1e-9)
            assert row.churn_events_rate == pytest.approx(month["churn_all_over_start"], abs=1e-9)


def test_mavens_definitions_equal_the_oracle_where_it_knows_them(maven, oracles):
    found = maven.ask("churn_definitions").set_index(["period_start", "definition"])
    for month in oracles["maven_subscription"]["monthly_member_level_spells"][1:]:
        events = found.loc[(f"{month['month']}-01", "churn_events")]
        assert (events.numerator, events.denominator) == (month["ended_all"], month["active_at_start"])
        assert events.value == pytest.approx(month["churn_all_over_start"], abs=1e-9)


def test_mavens_bridge_from_members_to_events_names_everybody_who_makes_the_difference(maven, oracles):
    people = maven.ask("churned_members")
    for month in oracles["maven_subscription"]["monthly_member_level_spells"][1:]:
        day = date.fromisoformat(f"{month['month']}-01")
        gone = maven.ask("definition_members", Filters(definition="member_churn", against="churn_events", period=day))
        back = people[(people.period_start == f"{day}") & people.back]
        assert len(gone) == month["ended_all"] - month["ended_of_start_base"] + len(back)
        assert sorted(gone[gone.kind == "back_by_end"].name) == sorted(back.name)


def test_maven_wilson_intervals_equal_the_oracle(maven, oracles):
    ask = maven.warehouse._connection.cursor().execute
    for month in oracles["maven_subscription"]["monthly_member_level_spells"][1:]:
        k, n = month["ended_of_start_base"], month["active_at_start"]
        both = "select wilson_low(?::bigint, ?::bigint), wilson_high(?::bigint, ?::bigint)"
        found = ask(both, [k, n, k, n]).fetchone()
        assert found == pytest.approx(month["wilson95"], abs=1e-9)


def test_the_headline_differs_from_the_oracle_only_by_members_who_were_back(maven, oracles):
    churned = maven.ask("member_churn").set_index("period_start")
    people = maven.ask("churned_members")
    for month in oracles["maven_subscription"]["monthly_member_level_spells"]:
        day = f"{month['month']}-01"
        back = people[(people.period_start == day) & people.back]
        assert churned.loc[day, "active"] == month["active_at_start"]
        assert churned.loc[day, "churned"] == month["ended_of_start_base"] - len(back)
    february = people[(people.period_start == "2023-02-01") & people.back]
    assert sorted(february.name) == sorted(set(february.name))
    assert len(february) == 2
    assert (february.returned_on <= "2023-02-28").all()
    assert (people.back.sum(), len(people)) == (22, 1575)


def test_mavens_last_month_of_eight_days_is_marked_as_running(maven):
    last = maven.ask("member_churn").iloc[-1]
    assert (f"{last.period_start:%Y-%m-%d}", f"{last.last_day:%Y-%m-%d}") == ("2023-09-01", "2023-09-08")
    assert last.state == "running"


def test_maven_returns_equal_the_oracle(maven, oracles):
    truth = oracles["maven_subscription"]["reactivation"]
    found = maven.ask("returns").set_index("within_days")
    for days in (30, 60, 90):
        expected = truth[f"returned_within_{days}d_of_eligible"]
        assert (found.loc[days, "returned"], found.loc[days, "observed"]) == (expected["k"], expected["n"])
        assert found.loc[days, "return_rate"] == pytest.approx(expected["p"], abs=1e-9)
        assert found.loc[days, ["low", "high"]].tolist() == pytest.approx(expected["wilson95"], abs=1e-9)
    curve = maven.ask("natural_return").set_index("day")
    for point in truth["km_return_1_minus_S"]:
        assert curve.loc[point["t"], "share"] == pytest.approx(point["F"], abs=1e-9)


@pytest.mark.parametrize(("by", "segment", "key"), [
    ("none", "(all)", "km_days_all_spells"), ("spell", "first", "km_days_first_spell"),
])
def test_maven_survival_equals_the_oracle(maven, oracles, by, segment, key):
    found = maven.ask("survival", Filters(by=by))
    curve = found[found.segment == segment].set_index("day")
    for point in oracles["maven_subscription"][key]["at"]:
        row = curve.loc[: point["t"]].iloc[-1]
        assert row.survival == pytest.approx(point["S"], abs=1e-9)
        assert row.std_error == pytest.approx(point["se_greenwood"], abs=1e-9)
        assert (row.low, row.high) == pytest.approx(point["ci_loglog"], abs=1e-9)
    assert curve.at_risk.iloc[0] == oracles["maven_subscription"][key]["n"]
    assert curve.ended.sum() == oracles["maven_subscription"][key]["events"]


def test_mavens_cohort_triangle_equals_the_oracle(maven, oracles):
    truth = oracles["maven_subscription"]["cohort_triangle_anniversary_[retained,observable]_first_spell"]
    found = maven.ask("cohorts")
    rows = found.dropna(subset="cohort").itertuples()
    cells = {(f"{row.cohort:%Y-%m}", row.age): (row.unbroken, row.observed) for row in rows}
    expected = {(month, age): tuple(cell) for month, line in truth.items() for age, cell in enumerate(line) if cell[1]}
    assert cells == expected


def test_ravenstack_is_read_whole(ravenstack, oracles):
    truth = oracles["ravenstack"]
    files = ravenstack.ask("files").set_index("file_name")
    assert files.loc["ravenstack_accounts.csv", "members"] == truth["accounts"] == 500
    assert files.loc["ravenstack_subscriptions.csv", "subscriptions"] == truth["subscriptions"] == 5000
    assert ravenstack.ask("extent").answers.iloc[0] == truth["churn_events"] == 600
    claims = ravenstack.ask("claims").set_index("claim")
    assert claims.loc["subscriptions_ended", "gone"] == 486


def test_ravenstacks_shares_by_wording_equal_the_oracle(ravenstack, oracles):
    found = ravenstack.ask("reasons_by_wording", Filters(unit="answer")).set_index("wording")
    truth = oracles["ravenstack"]["reasons"]["rows"]
    assert set(found.index) == {row["reason"] for row in truth}
    for row in truth:
        assert (found.loc[row["reason"], "named"], found.loc[row["reason"], "answered"]) == (row["k"], row["n"])
        assert found.loc[row["reason"], ["low", "high"]].tolist() == pytest.approx(row["wilson95"], abs=1e-9)


def test_ravenstacks_three_conflicting_rates_are_shown(ravenstack, oracles):
    truth = oracles["ravenstack"]["three_conflicting_churn_rates"]
    claims = ravenstack.ask("claims").set_index("claim")
    names = {"flagged_members": "accounts_churn_flag", "members_with_answer": "accounts_with_a_churn_event",
             "subscriptions_ended": "subscriptions_ended"}
    for claim, name in names.items():
        assert (claims.loc[claim, "gone"], claims.loc[claim, "of_all"]) == (truth[name]["k"], truth[name]["n"])
        assert claims.loc[claim, "gone_rate"] == pytest.approx(truth[name]["p"], abs=1e-9)


def test_almost_no_answer_of_ravenstack_finds_the_end_of_a_membership(ravenstack):
    found = ravenstack.ask("answers_found").set_index("matched")
    assert found.answers.sum() == 600
    assert found.loc["end", "share"] < 0.15


def test_ravenstacks_feedback_equals_the_oracle(ravenstack, oracles):
    """Its feedback is a comment of the answer: three fixed sentences, and none for a quarter."""
    found = ravenstack.ask("comments", Filters(unit="answer")).comment.value_counts()
    truth = {row["reason"]: row["k"] for row in oracles["ravenstack"]["feedback"]["rows"]}
    silent = truth.pop("(none)")
    assert found.to_dict() == truth
    assert found.sum() + silent == oracles["ravenstack"]["churn_events"]
    rules = tuple(f"{sentence}={sentence}" for sentence in truth)
    themes = ravenstack.ask("comment_themes", Filters(unit="answer", themes=rules)).set_index("theme").comments
    assert themes.to_dict() == truth
