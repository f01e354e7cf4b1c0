"""What is kept is there whole after any kill, readable by its owner alone, and gone when the owner says so."""

import io
import os
import random
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from retention.dataset import build
from retention.filters import Filters
from retention.keeping import BadArchive, NotKept, Store, damaged_tables, lock
from retention.kept_data import NotReadable, keep, kept
from retention.kept_import import take_over
from retention.model import FileRequest, ReadSettings
from retention.warehouse import Settings
from tests.test_pages import open_app, said

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def store(tmp_path):
    found = Store(tmp_path / "home")
    found.begin()
    return found


@pytest.fixture
def members(tmp_path):
    path = tmp_path / "members.csv"
    path.write_text("email,plan,joined_at,cancelled_at,price\n" + "".join(
        f"m{n}@example.org,Gold,2025-01-{n:02},{'2025-06-01' if n < 4 else ''},9.90\n" for n in range(1, 13)
    ))
    built = build([FileRequest("members.csv", str(path))], settings=Settings(grace_days=7, rates=(("USD", 0.9),)),
                  read=ReadSettings(currency="EUR"))
    yield built
    built.forget()


def test_only_its_owner_reads_it(store):
    store.make("note", "private")
    store.keep_data(lambda folder: (folder / "members.parquet").write_bytes(b"x"), {})
    for path in [store.folder, *store.folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_data_set_comes_back_with_the_same_answers(store, members):
    keep(members, store)
    back = kept(store)
    for name in ("member_churn", "extent", "reconciliation", "derivations", "files"):
        pd.testing.assert_frame_equal(back.ask(name, Filters()), members.ask(name, Filters()))
    assert (back.fingerprint, back.read, back.settings) == (members.fingerprint, members.read, members.settings)
    assert [(report.file, report.rows_taken, report.findings) for report in back.reports] == [
        (report.file, report.rows_taken, report.findings) for report in members.reports]
    assert back.origin == "kept"
    back.forget()


def test_the_files_themselves_are_not_kept(store, members):
    keep(members, store)
    assert {path.suffix for path in store.data().folder.iterdir()} == {".parquet", ".json"}


def test_a_newer_data_set_takes_the_place_of_the_older_one(store, members):
    keep(members, store)
    first = store.data().folder
    keep(members, store)
    assert store.data().folder != first
    assert first.exists(), "one step back"
    keep(members, store)
    assert not first.exists()
    store.undo()
    assert kept(store).fingerprint == members.fingerprint


WRITER = """
import sys
from pathlib import Path
from retention.keeping import Store
store = Store(Path(sys.argv[1]))
number = 0
print("begun", flush=True)
while True:
    number += 1
    store.make("number", [number] * 2000)
    store.keep_data(lambda folder: [(folder / f"{name}.parquet").write_bytes(str(number).encode() * 5000)
                                    for name in ("members", "payments")], {"number": number})
"""


def test_a_kill_at_any_moment_leaves_the_last_good_state(store):
    chance = random.Random(7)
    lock.release(store.folder)  # the child writes
    for _ in range(8):  # at every step: test_keeping_attacks
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(store.folder)], cwd=ROOT, stdout=subprocess.PIPE)
        child.stdout.readline()
        time.sleep(chance.uniform(0.005, 0.08))
        child.kill()
        child.wait()
        child.stdout.close()
        number = store.made().get("number", [0] * 2000)
        assert len(set(number)) == 1
        assert len(number) == 2000
        if data := store.data():
            told = str(data.about["number"])
            assert {path.read_text() for path in data.folder.glob("*.parquet")} == {told * 5000}
            assert damaged_tables(data) == []
    assert store.data(), "some of it was written"
    store.keep_data(lambda _folder: None, {})
    assert len(list(store.folder.glob("data-*"))) == 2, "the current one, and one step back"
    assert len(list(store.folder.glob("made-*"))) == 1
    assert list(store.folder.rglob(".*.new")) == []


def test_what_a_full_disk_interrupts_leaves_the_old_state(store, members):
    keep(members, store)
    before = store.data().folder

    def fill(folder):
        (folder / "members.parquet").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(NotKept) as told:
        store.keep_data(fill, {})
    assert told.value.reason == "full"
    assert store.data().folder == before
    assert len(list(store.folder.glob("data-*"))) == 1, "nothing half-written is left"
    assert kept(store).usable


@pytest.mark.parametrize(("broken", "content"), [
    ("about.json", b"{"), ("about.json", b'{"reports": 3}'), ("subscriptions.parquet", b"x"), ("imports.parquet", b""),
])
def test_a_data_set_that_somebody_damaged_is_not_opened_and_said_to_be_damaged(store, members, broken, content):
    keep(members, store)
    (store.data().folder / broken).write_bytes(content)
    with pytest.raises(NotReadable):
        kept(store)


def test_a_damaged_table_is_left_out_and_named_and_the_others_are_used(store, members):
    keep(members, store)
    (store.data().folder / "payments.parquet").write_bytes(b"x")
    found = kept(store)
    assert found.missing == ("payments",)
    assert found.fingerprint != members.fingerprint
    assert found.ask("member_churn").churned.sum() == 3


def test_everything_moves_to_another_computer_as_one_zip(store, members, tmp_path):
    keep(members, store)
    store.make("author", "Käthe")
    store.show({"2025-06": 0.1})
    other = Store(tmp_path / "other")
    other.begin()
    take_over(other, store.packed())
    assert other.made() == {"author": "Käthe"}
    assert other.shown() == {"2025-06": 0.1}
    back = kept(other)
    assert back.fingerprint != members.fingerprint, "one from elsewhere may be that of other data"
    pd.testing.assert_frame_equal(back.ask("member_churn"), members.ask("member_churn"))
    back.forget()
    assert stat.S_IMODE(other.folder.stat().st_mode) == 0o700


def archive(**entries) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize("content", [
    b"", b"PK\x03\x04", archive(), archive(**{"made.json": "[1]"}), archive(**{"made.json": "{"}),
    archive(**{"made.json": "{}", "../evil": "x"}), archive(**{"made.json": "{}", "data/../../evil.parquet": "x"}),
    archive(**{"made.json": "{}", "data/members.parquet": "x"}), archive(**{"made.json": "{}", "evil.parquet": "x"}),
    archive(**{"made.json": "{}", "data/about.json": "{}"}),
])
def test_a_zip_of_another_kind_is_refused_and_changes_nothing(store, content):
    store.make("author", "me")
    with pytest.raises(BadArchive):
        take_over(store, content)
    assert store.made() == {"author": "me"}
    assert not (store.folder.parent / "evil").exists()


def test_nothing_of_ours_is_left_afterwards_and_nothing_else_is_touched(store, members):
    keep(members, store)
    other = store.folder / "somebody's.txt"
    other.write_text("mine")
    store.end()
    assert [path.name for path in store.folder.iterdir()] == ["somebody's.txt"]
    other.unlink()
    store.begin()
    store.end()
    assert not store.folder.exists()


def test_looking_writes_nothing(tmp_path):
    store = Store(tmp_path / "never")
    assert not store.on
    assert (store.made(), store.shown(), store.data(), store.can_undo()) == ({}, {}, None, False)
    assert kept(store) is None
    assert os.listdir(tmp_path) == []


def test_the_page_keeps_what_was_made_only_once_it_is_switched_on(tmp_path, monkeypatch):
    monkeypatch.setenv("RETENTION_HOME", str(tmp_path / "home"))
    app = open_app("settings")
    app.text_input(key="setting_author").set_value("Käthe").run()
    assert not (tmp_path / "home").exists()
    app.toggle(key="keep_on_this_computer").set_value(True).run()
    assert Store(tmp_path / "home").made() == {"author": "Käthe"}
    assert str(tmp_path / "home") in said(app)
    app.number_input(key="setting_grace_days").set_value(30).run()
    assert open_app("settings").number_input(key="setting_grace_days").value == 30
    app.button(key="delete_kept").click().run()
    assert not (tmp_path / "home").exists()


def test_what_is_kept_opens_by_itself_and_is_gone_once_forgotten(tmp_path, monkeypatch, members):
    monkeypatch.setenv("RETENTION_HOME", str(tmp_path / "home"))
    found = Store(tmp_path / "home")
    found.begin()
    keep(members, found)
    app = open_app("data", "de")
    assert "auf diesem Computer behalten: insgesamt 12 zahlende Mitglieder" in said(app)
    app.button(key="forget").click().run()
    assert not app.exception
    assert found.data() is None
    assert found.on
    assert "Beispieldaten" in said(app)


@pytest.mark.parametrize("name", ["RETENTION_SERVES_OTHERS", "RETENTION_DATA"])
def test_where_others_reach_the_server_nothing_is_kept(tmp_path, monkeypatch, name):
    monkeypatch.setenv("RETENTION_HOME", str(tmp_path / "home"))
    monkeypatch.setenv(name, str(ROOT / "sample_data"))
    app = open_app("settings")
    assert "Others reach this server" in said(app)
    assert [toggle.key for toggle in app.toggle] == ["hide_names"]
