"""A past month whose number has moved since it was shown is told in one sentence, with the members behind it."""

from datetime import date

import pytest

from retention import restating
from retention.dataset import build
from retention.filters import Filters
from retention.keeping import Store
from retention.kept_data import keep
from retention.model import FileRequest
from retention.texts import Texts
from retention.warehouse import Settings
from tests.test_pages import open_app, said

DAY = date(2026, 11, 3)


def export(folder, name: str, ends: dict[int, str]):
    """Twenty members since January 2025; some have left by the end of 2025."""
    path = folder / f"{name}.csv"
    path.write_text("email,name,joined_at,ended_on\n" + "".join(
        f"m{n}@example.org,Person {n},2025-01-01,{ends.get(n, '')}\n" for n in range(20)
    ))
    return build([FileRequest(path.name, str(path))], settings=Settings(as_of=date(2025, 12, 31)))


@pytest.fixture
def then(tmp_path):
    data = export(tmp_path, "then", {1: "2025-06-10", 2: "2025-06-12"})
    yield data
    data.forget()


@pytest.fixture
def now(tmp_path):
    data = export(tmp_path, "now", {1: "2025-06-10", 3: "2025-06-15", 4: "2025-06-20", 5: "2025-09-01"})
    yield data
    data.forget()


def log(data, shown: dict | None = None) -> dict:
    return restating.remembered(
        shown or {}, data.ask("member_churn", Filters()), data.ask("churned_ids", Filters()), DAY)


def test_what_was_shown_stays_remembered_as_it_was_shown(then, now):
    first = log(then)
    assert first["2025-06-01"] == {
        "churned": 2, "active": 20, "on": "2026-11-03", "ids": ["m1@example.org", "m2@example.org"]}
    assert log(now, first)["2025-06-01"] == first["2025-06-01"]


def test_months_that_moved_are_found_newest_first(then, now):
    found = restating.moved(log(then), now.ask("member_churn", Filters()))
    assert [one.month.month for one in found][-1] == 6
    assert (found[-1].before, found[-1].now) == (0.1, 0.15)
    assert restating.moved(log(then), then.ask("member_churn", Filters())) == []


@pytest.mark.parametrize(("language", "expected"), [
    ("en", "Jun 2025: 10.0\u202f% when shown on 3 November 2026, 15.0\u202f% now: 2 more are counted as gone, "
           "one is no longer counted."),
    ("de", "Juni 2025: 10,0\u202f%, als es am 3. November 2026 gezeigt wurde, 15,0\u202f% jetzt: 2 mehr zählen als "
           "gegangen, einer zählt nicht mehr."),
])
def test_the_sentence_says_both_numbers_and_why(then, now, language, expected):
    june = restating.moved(log(then), now.ask("member_churn", Filters()))[-1]
    people = now.ask("restated_people", Filters(key=june.key))
    assert people[["name", "restated"]].values.tolist() == [
        ["Person 3", "added"], ["Person 4", "added"], ["Person 2", "dropped"]]
    assert restating.sentence(june, people, Texts(language)) == expected


def test_where_only_the_start_moved_it_says_so(then):
    churn = then.ask("member_churn", Filters())
    shown = log(then)
    shown["2025-06-01"]["active"] = 25
    [one] = restating.moved(shown, churn)
    assert "the members at its start are others now" in restating.sentence(
        one, then.ask("restated_people", Filters(key=one.key)), Texts("en"))


@pytest.mark.parametrize("broken", [3, {}, {"churned": "x", "active": 1}, {"churned": 1, "active": 0}])
def test_a_log_that_somebody_damaged_is_no_crash(then, broken):
    assert restating.moved({"2025-06-01": broken}, then.ask("member_churn", Filters())) == []


def test_the_churn_page_tells_it_until_it_is_noted(then, now, tmp_path, monkeypatch):
    monkeypatch.setenv("RETENTION_HOME", str(tmp_path / "home"))
    home = Store(tmp_path / "home")
    home.begin()
    keep(then, home)
    assert "when shown on" not in said(open_app("churn"))
    assert home.shown()["2025-06-01"]["churned"] == 2
    keep(now, home)
    app = open_app("churn")
    assert "2 more are counted as gone, one is no longer counted." in said(app)
    assert "when shown on" in said(open_app("overview"))
    app.button(key="noted_2025-06-01").click().run()
    assert "Jun 2025: 10.0" not in said(app)
    assert home.shown()["2025-06-01"]["churned"] == 3


def test_nothing_is_remembered_while_keeping_is_off(then, tmp_path, monkeypatch):
    monkeypatch.setenv("RETENTION_HOME", str(tmp_path / "home"))
    open_app("churn", uploaded=then)
    assert not (tmp_path / "home").exists()
