"""What a reader sees of what is kept when something is wrong with it: every page lives, and says what happened."""

import json
import os

import pytest

from retention.keeping import Store, lock
from retention.keeping.files import write_checked
from retention.ui.navigation import PAGES
from tests.kept_attacks import MADE, MEMBERS, NOTE, SURVEY, another_process, copied, data_of, filled, older
from tests.test_forget import bring
from tests.test_pages import open_app, said

JUNK = (None, True, -1, 10**30, 3.5, "", "x" * 3000, [], [None], [[]], [{}], {"a": 1}, [{"id": "x"}], [10**30])
NAMES = ("author", "promise_hours", "grace_days", "winback_days", "fiscal_month", "week_start", "currency", "visit",
         "notes", "published")
# one set of values in which every name holds junk of a kind
SETS = [{name: JUNK[(number + place) % len(JUNK)] for place, name in enumerate(NAMES)} for number in range(len(JUNK))]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    data = data_of(folder, members=MEMBERS, survey=SURVEY)
    store = filled(folder / "home", data)
    data.forget()
    another_process(store)
    return store


@pytest.fixture
def home(whole, tmp_path, monkeypatch) -> Store:
    """A copy of everything kept, as this reader's own."""
    monkeypatch.setenv("RETENTION_HOME", str(tmp_path / "home"))
    return copied(whole, tmp_path / "home")


def put(store: Store, name: str, value: object) -> None:
    """A kept value with a right checksum, whatever it is."""
    [made] = store.folder.glob("made-*")
    write_checked(made / f"{name}.json", value)


def everything(app) -> str:
    return said(app) + "\n".join(error.value for error in app.error).replace("\\", "")


def check_pages(home: Store, values: dict, pages) -> None:
    for name, value in values.items():
        put(home, name, value)
    put(home, "shown", {"2025-06-01": values["notes"]})
    before = {path.name: path.read_bytes() for path in home.folder.glob("made-*/*") if path.stem in NAMES}
    for page in pages:
        open_app(page)
    after = {path.name: path.read_bytes() for path in home.folder.glob("made-*/*") if path.stem in NAMES}
    assert after == before, "the file stays for rescue"


@pytest.mark.parametrize("number", [4, 9])
def test_values_of_the_wrong_type_break_no_page(home, number):
    check_pages(home, SETS[number], ("overview", "churn", "lens", "farewell", "settings"))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(SETS)))
def test_values_of_the_wrong_type_break_none_of_all_pages(home, number):
    check_pages(home, SETS[number], PAGES)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "Promised time for a request: the value kept cannot be used, so the default applies"),
    ("de", "Versprochene Zeit für eine Kündigungsanfrage: Der behaltene Wert ist unbrauchbar"),
])
def test_a_value_that_cannot_be_used_is_said_and_the_default_holds(home, language, words):
    put(home, "promise_hours", None)
    put(home, "promise_hours", "soon")
    app = open_app("settings", language)
    assert app.number_input(key="setting_promise_hours").value == 24
    assert words in everything(app)


def test_one_note_that_cannot_be_used_leaves_the_others_and_the_file_is_set_aside_when_a_note_is_written(home):
    put(home, "notes", [NOTE, {**NOTE, "id": "x"}, 3, {**NOTE, "text": ["a"]}, NOTE])
    app = open_app("churn")
    assert "Notes: 4 entries cannot be used and are left out" in everything(app)
    app.session_state["notes_member_churn"] = True
    app.run()
    app.text_input(key="note_text_member_churn").set_value("Another")
    app.button(key="add_note_member_churn").click().run()
    assert not app.exception
    assert [note["text"] for note in home.made()["notes"]] == ["Prices raised", "Another"]
    assert len(list((home.folder / "damaged").glob("notes-*.json"))) == 1


def test_damaged_data_never_gives_way_to_the_sample_without_a_word(home):
    [table] = home.folder.glob("data-*/subscriptions.parquet")
    table.write_bytes(table.read_bytes()[:-1])
    for page, language, words in (("overview", "en", "those of the sample data, not of your members"),
                                  ("churn", "de", "die der Beispieldaten, nicht die Ihrer Mitglieder")):
        assert words in everything(open_app(page, language))
    assert table.exists()


def test_a_damaged_table_is_named_on_every_page_and_the_rest_is_shown(home):
    [table] = home.folder.glob("data-*/survey_answers.parquet")
    table.write_bytes(table.read_bytes()[:-1])
    app = open_app("churn")
    assert "damaged and not used: survey answers" in everything(app)
    assert "12 paying members" in said(app)


def test_a_newer_file_replaces_nothing_kept_before_the_reader_has_said_so(home):
    kept = home.data().folder
    app = bring(open_app("data"), ("newer.csv", MEMBERS.replace("m12", "m13").encode()))
    assert home.data().folder == kept
    words = everything(app)
    assert "These files are kept and are not among the new ones: “members.csv”, “survey.csv”." in words
    assert "survey answers 3 → 0" in words
    assert "read in this session only" in words
    app.button(key="replace_kept").click().run()
    assert not app.exception
    assert home.data().folder != kept
    assert "kept on this computer" in said(app)
    app.button(key="undo_replacing").click().run()
    assert home.data().folder == kept
    assert {report["file"] for report in home.data().about["reports"]} == {"members.csv", "survey.csv"}


def test_files_that_hold_all_that_is_kept_are_kept_without_a_question(home):
    kept = home.data().folder
    app = bring(open_app("data"), ("members.csv", MEMBERS.encode()), ("survey.csv", SURVEY.encode()),
                ("pauses.csv", b"email,paused_on,resumed_on\nm5@example.org,2025-03-01,2025-04-01\n"))
    assert home.data().folder != kept
    assert [button.key for button in app.button if button.key == "replace_kept"] == []


def test_a_reader_may_leave_what_is_kept_as_it_is(home):
    kept = home.data().folder
    app = bring(open_app("data", "de"), ("newer.csv", MEMBERS.replace("m12", "m13").encode()))
    assert "Die auf diesem Computer behaltenen Daten ersetzen?" in everything(app)
    app.button(key="leave_kept").click().run()
    assert "behaltenen Daten ersetzen?" not in everything(app)
    assert home.data().folder == kept


def test_a_second_dashboard_says_that_it_changes_nothing_and_lives(home, monkeypatch):
    monkeypatch.setattr(lock, "hold", lambda _folder: False)
    app = open_app("settings", "de")
    assert "Ein anderes Dashboard auf diesem Computer benutzt" in everything(app)
    app.number_input(key="setting_grace_days").set_value(30).run()
    assert "Kulanztage: nicht behalten." in everything(app)
    assert app.number_input(key="setting_grace_days").value == 30
    assert home.made()["grace_days"] == 7
    app.button(key="delete_kept").click().run()
    assert not app.exception
    assert home.on


@pytest.mark.parametrize(("error", "words"), [(28, "The disk is full."), (30, "Access to the folder is denied.")])
def test_a_disk_that_takes_nothing_ends_in_a_sentence_and_pages_that_read_go_on(home, monkeypatch, error, words):
    assert home.writable() is None

    def refuses(*_):
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr("retention.keeping.files.write", refuses)
    monkeypatch.setattr("retention.keeping.tables.write", refuses)
    app = open_app("settings")
    app.text_input(key="setting_author").set_value("Anna").run()
    assert f"Your name for notes: not kept. {words}" in everything(app)
    assert app.text_input(key="setting_author").value == "Anna"
    app = bring(open_app("data"), ("newer.csv", MEMBERS.replace("m12", "m13").encode()))
    app.button(key="replace_kept").click().run()
    assert f"Data: not kept. {words}" in everything(app)
    assert "read in this session only" in everything(app), "it must not claim that it was kept"
    for page in PAGES:
        open_app(page)
    monkeypatch.undo()
    assert home.made() == MADE


def test_keeping_that_cannot_be_switched_on_stays_off_and_says_why(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RETENTION_HOME", str(tmp_path / "file" / "home"))
    app = open_app("settings")
    app.toggle(key="keep_on_this_computer").set_value(True).run()
    assert not app.exception
    assert not app.toggle(key="keep_on_this_computer").value
    assert "Data: not kept. The folder cannot be found." in everything(app)


def test_a_folder_that_is_gone_is_said_on_the_page(home, tmp_path):
    assert "kept on this computer" in said(open_app("churn"))
    home.folder.rename(tmp_path / "unplugged")
    assert "is gone: the data, notes and settings kept there cannot be shown" in everything(open_app("churn"))


def test_what_an_older_version_kept_is_taken_over(whole, tmp_path, monkeypatch):
    store = older(whole, tmp_path / "older")
    monkeypatch.setenv("RETENTION_HOME", str(store.folder))
    app = open_app("churn")
    assert "12 paying members" in said(app)
    assert "when shown on" in said(app)
    assert store.made() == MADE
    assert sorted(path.name.split("-")[0] for path in store.folder.iterdir()) == [
        "data", "keeping.copy.json", "keeping.json", "lock", "made"]


def test_bringing_the_same_files_again_repairs_damaged_data(home):
    [table] = home.folder.glob("data-*/subscriptions.parquet")
    table.write_bytes(table.read_bytes()[:-1])
    app = bring(open_app("data"), ("members.csv", MEMBERS.encode()), ("survey.csv", SURVEY.encode()))
    if [button for button in app.button if button.key == "replace_kept"]:
        app.button(key="replace_kept").click().run()
    assert "kept on this computer" in said(app)
    assert "is damaged" not in everything(open_app("churn"))
    assert "12 paying members" in said(open_app("churn"))


def test_a_reading_that_takes_fewer_rows_of_the_same_file_replaces_nothing_unasked(home):
    kept = home.data().folder
    about = home.data().about
    write_checked(kept / "about.json", {**about, "rows": {**about["rows"], "payments": 40}})
    app = bring(open_app("data"), ("members.csv", MEMBERS.encode()), ("survey.csv", SURVEY.encode()))
    assert "payments 40 → 0" in everything(app)
    assert home.data().folder == kept


def test_a_change_that_loses_nothing_does_not_use_up_the_one_step_back(home):
    first = home.data().folder
    app = bring(open_app("data"), ("newer.csv", MEMBERS.replace("m12", "m13").encode()))
    app.button(key="replace_kept").click().run()
    bring(app, ("pauses.csv", b"email,paused_on,resumed_on\nm5@example.org,2025-03-01,2025-04-01\n"))
    assert len(home.data().about["reports"]) == 2
    home.undo()
    assert home.data().folder == first


LOGS = ({"2025-06-01": {"churned": 10**30, "active": 1, "on": "2025-07-01", "ids": []}},
        {"2025-06-01": {"churned": 10**400, "active": 10**400, "on": "2025-07-01", "ids": []}},
        {"2025-06-01": {"churned": 5, "active": 1, "on": "2025-07-01", "ids": []}, "my-note": "precious"},
        ["2025-06-01"], 3)


@pytest.mark.parametrize("log", LOGS, ids=range(len(LOGS)))
def test_a_log_of_shown_months_that_cannot_be_used_breaks_no_page_and_is_set_aside(home, log):
    put(home, "shown", log)
    for page in ("overview", "churn"):
        app = open_app(page)
    [aside] = (home.folder / "damaged").glob("shown-*.json")
    assert json.dumps(log).encode() in aside.read_bytes()
    assert all(one["churned"] <= one["active"] for one in home.shown().values())
    assert "when shown on" not in said(app)
