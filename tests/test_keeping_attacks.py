"""Attacks on what is kept: killed in the middle, damaged, two servers, a full disk, values of the wrong type."""

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retention.keeping import NotKept, Store, damaged_tables, lock
from retention.keeping.files import parsed
from retention.keeping.rescue import notices, set_aside_files
from retention.kept_data import NotReadable, kept
from tests.kept_attacks import (
    MADE,
    MEMBERS,
    SURVEY,
    another_process,
    answers,
    copied,
    data_of,
    filled,
    killed_at,
    older,
)

ROOT = Path(__file__).resolve().parent.parent
def forgets(store: Store) -> None:
    store.drop_data()


def ends(store: Store) -> None:
    store.end()


def replaces(store: Store) -> None:
    def fill(folder: Path) -> None:
        for name in ("members", "payments"):
            (folder / f"{name}.parquet").write_bytes(b"new" * 999)

    store.replace(fill, {"fingerprint": "new"}, {"author": "new"}, {"new": 1})


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Store:
    """Everything kept once; tests damage copies of it."""
    folder = tmp_path_factory.mktemp("whole")
    data = data_of(folder, members=MEMBERS, survey=SURVEY)
    store = filled(folder / "home", data)
    data.forget()
    another_process(store)
    return store


@pytest.fixture(scope="module")
def right(whole) -> str:
    return answers(whole)


def every_step(make_store: Callable[[Path], Store], folder: Path, does: Callable[[Store], object]) -> Iterator[Store]:
    """The store after a kill at each step of what it does, from the first to the last."""
    for step in range(300):
        store = make_store(folder / f"at-{step}")
        if not killed_at(step, store, does):
            assert step > 5, "it must have died a few times"
            return
        yield store
    raise AssertionError("it never ended")


def folders(store: Store) -> list[str]:
    return sorted(path.name[:5] for path in store.folder.glob("*-*") if path.is_dir())


def check_forgotten(store: Store) -> None:
    """Killed while forgetting: all is there, or nothing of the data is left after the next start, which is said."""
    assert store.writable() is None
    if store.data():
        assert kept(store) is not None
        return
    assert folders(store) in ([], ["made-"])
    assert store.on is bool(folders(store))


def check_taken_over(store: Store) -> None:
    """Killed while taking over: the old data with the old notes, or the new data with the new ones."""
    assert store.writable() is None
    state = (store.data().fingerprint == "new", store.made() == {"author": "new"}, store.shown() == {"new": 1})
    assert state in ((True,) * 3, (False,) * 3)
    if not state[0]:
        assert store.made() == MADE
        assert folders(store) == ["data-", "made-"], "what was half-written is swept"


@pytest.mark.parametrize(("does", "check"), [
    (forgets, check_forgotten), (ends, check_forgotten), (replaces, check_taken_over)])
def test_killed_at_any_step_leaves_all_or_nothing(whole, tmp_path, does, check):
    for store in every_step(lambda folder: copied(whole, folder), tmp_path, does):
        check(store)


def test_what_an_interrupted_deletion_left_is_swept_at_the_next_start_and_said(whole, tmp_path):
    seen = set()
    for store in every_step(lambda folder: copied(whole, folder), tmp_path, forgets):
        before = folders(store)
        store.writable()
        if "data-" in before and not store.data():
            seen |= notices(store.folder)
            assert folders(store) == ["made-"]
    assert seen == {"swept"}


def flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(content))


def flipped(whole: Store, folder: Path, right: str, times: int) -> None:
    """A single flipped bit in any kept file: the same answers and values, or it is noticed."""
    chance = random.Random(5)
    for number in range(times):
        store = copied(whole, folder / f"flip-{number}")
        files = sorted(path for path in store.folder.rglob("*") if path.is_file())
        path = chance.choice(files)
        flip(path, chance)
        assert store.writable() is None
        damaged, answered = False, None
        try:
            data = kept(store)
            damaged = bool(data.missing)
            data.forget()
        except NotReadable:
            damaged = True
        if not damaged:
            answered = answers(store)
        made, shown = store.made(), store.shown()
        noticed = damaged or bool(set_aside_files(store.folder))
        assert noticed or (answered == right and made == MADE and shown), path
        assert noticed, f"{path}: every file has a checksum"
        assert {name: MADE[name] for name in made} == made, "what is used is right"


def test_a_flipped_bit_is_noticed(whole, right, tmp_path):
    flipped(whole, tmp_path, right, 8)


@pytest.mark.slow
def test_each_of_150_flipped_bits_is_noticed(whole, right, tmp_path):
    flipped(whole, tmp_path, right, 150)


def test_a_torn_file_of_notes_is_set_aside_and_the_next_setting_loses_nothing_else(whole, tmp_path):
    store = copied(whole, tmp_path / "home")
    [notes] = store.folder.rglob("notes.json")
    torn = notes.read_bytes()[:-1]
    notes.write_bytes(torn)
    store.make("author", "Anna")
    assert store.made() == {**{name: MADE[name] for name in MADE if name != "notes"}, "author": "Anna"}
    [aside] = set_aside_files(store.folder)
    assert aside.read_bytes() == torn
    assert notices(store.folder) == {"notes"}


@pytest.mark.parametrize("both", [False, True])
def test_a_damaged_index_is_mended_and_nothing_is_removed(whole, tmp_path, both):
    store = copied(whole, tmp_path / "home")
    for name in ("keeping.json", "keeping.copy.json")[: 1 + both]:
        (store.folder / name).write_bytes(b"{}")
    before = folders(store)
    assert store.writable() is None
    assert (store.made(), folders(store)) == (MADE, before)
    assert kept(store).usable


SECOND = """
import pathlib, sys
from retention.keeping import NotKept, Store, damaged_tables, lock
from retention.keeping.files import parsed
store = Store(pathlib.Path(sys.argv[1]))
print(store.writable(), store.made()["author"])
for does in (lambda: store.make("author", "second"), store.drop_data, store.end, store.undo, store.begin,
             lambda: store.keep_data(lambda folder: None, {})):
    try:
        does()
        print("done")
    except NotKept as why:
        print(why.reason)
"""


def second_server(store: Store) -> list[str]:
    ran = subprocess.run([sys.executable, "-c", SECOND, str(store.folder)], cwd=ROOT, capture_output=True, text=True,
                         check=True)
    return ran.stdout.split()


def test_a_second_server_reads_only_until_the_first_one_ends(whole, tmp_path):
    store = copied(whole, tmp_path / "home")
    assert store.writable() is None
    assert second_server(store) == ["other", "Käthe", *["other"] * 6]
    assert store.made() == MADE
    another_process(store)
    assert second_server(store)[:2] == ["None", "Käthe"]


@pytest.mark.parametrize(("error", "reason"), [(28, "full"), (30, "read_only"), (13, "read_only"), (5, "failed")])
def test_a_disk_that_takes_nothing_leaves_the_old_state_whole(whole, right, tmp_path, monkeypatch, error, reason):
    store = copied(whole, tmp_path / "home")
    store.keep_data(lambda _folder: None, {})
    store.undo()  # so that there is something to undo
    assert store.can_undo()

    def refuses(*_):
        raise OSError(error, "words of the system")

    monkeypatch.setattr("os.fsync", refuses)
    for does in (lambda: store.make("author", "x"), lambda: store.show({}, rescue=True), store.undo, store.drop_data,
                 store.end, lambda: store.keep_data(lambda _folder: None, {}), lambda: store.replace(None, {}, {}, {})):
        with pytest.raises(NotKept) as told:
            does()
        assert told.value.reason == reason
    monkeypatch.undo()
    assert (store.made(), answers(store)) == (MADE, right)
    assert folders(store) == ["data-", "data-", "made-"]


def test_killed_while_an_older_layout_is_taken_over_leaves_all_of_it(whole, tmp_path):
    tables = {path.name: path.read_bytes() for path in whole.data().folder.glob("*.parquet")}
    for store in every_step(lambda folder: older(whole, folder), tmp_path, Store.writable):
        assert store.writable() is None
        assert store.made() == MADE
        assert {path.name: path.read_bytes() for path in store.data().folder.glob("*.parquet")} == tables
        assert damaged_tables(store.data()) == []
        assert store.shown()["2025-06-01"]["churned"] == 9


@pytest.mark.parametrize("does", [Store.undo, lambda store: store.make("notes", [], rescue=True)],
                         ids=["undo", "make"])
def test_killed_at_any_step_of_other_changes_leaves_the_old_or_the_new(whole, tmp_path, does):
    def prepared(folder: Path) -> Store:
        store = copied(whole, folder)
        store.keep_data(lambda _folder: None, {"fingerprint": "other"})
        another_process(store)
        return store

    for store in every_step(prepared, tmp_path, does):
        assert store.writable() is None
        assert store.made()["notes"] in (MADE["notes"], [])
        assert store.data().fingerprint in ("other", whole.data().fingerprint)
        assert store.can_undo()


def test_killed_while_keeping_is_switched_on_leaves_it_on_or_off(tmp_path):
    for store in every_step(Store, tmp_path, Store.begin):
        if store.folder.exists():
            assert store.writable() is None
        store.begin()
        store.make("author", "Anna")
        assert store.made() == {"author": "Anna"}
        assert folders(store) == ["made-"]


@pytest.mark.parametrize("name", ["current", "about.json", "made.json"])
def test_a_torn_file_of_an_older_layout_costs_nothing_that_is_whole(whole, tmp_path, name):
    store = older(whole, tmp_path / "home")
    [path] = store.folder.rglob(name)
    path.write_bytes(path.read_bytes()[:-3])
    assert store.writable() is None
    kept_tables = list(store.folder.rglob("subscriptions.parquet"))
    assert kept_tables, "tables that nobody can describe are set aside, not removed"
    assert store.made() == ({} if name == "made.json" else MADE)
    assert set_aside_files(store.folder)


@pytest.mark.parametrize("error", [13, 5])
def test_an_index_that_cannot_be_read_is_not_taken_for_missing(whole, tmp_path, monkeypatch, error):
    store, before = copied(whole, tmp_path / "home"), folders(copied(whole, tmp_path / "same"))

    def refuses(path):
        raise OSError(error, "words of the system") if "keeping" in path.name else AssertionError(path)

    monkeypatch.setattr("retention.keeping.index.read_checked", refuses)
    assert store.writable() == {13: "read_only", 5: "failed"}[error] == store.unreadable
    with pytest.raises(NotKept):
        store.make("author", "x")
    monkeypatch.undo()
    assert folders(store) == before
    assert store.made() == MADE


def test_a_lost_index_is_made_from_what_is_there(whole, right, tmp_path):
    store = copied(whole, tmp_path / "home")
    for name in ("keeping.json", "keeping.copy.json"):
        (store.folder / name).unlink()
    assert store.writable() is None
    assert (store.made(), answers(store)) == (MADE, right)


def test_a_lock_file_that_somebody_removed_does_not_make_two_writers(whole, tmp_path):
    store = copied(whole, tmp_path / "home")
    assert store.writable() is None
    (store.folder / lock.NAME).unlink()
    holder = subprocess.Popen([sys.executable, "-c", HOLDS, str(store.folder)], cwd=ROOT, stdout=subprocess.PIPE)
    assert holder.stdout.readline() == b"None\n"
    assert store.writable() == "other"
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert store.writable() is None


HOLDS = """
import pathlib, sys, time
from retention.keeping import Store
print(Store(pathlib.Path(sys.argv[1])).writable(), flush=True)
time.sleep(60)
"""


def test_the_sweep_leaves_what_is_not_ours(whole, tmp_path):
    store = copied(whole, tmp_path / "home")
    for name in (".mine.new", "data-mine", "made-of-stone.txt"):
        (store.folder / name).write_text("mine")
    (store.folder / ".folder.new").mkdir()
    half = store.folder / f".keeping.json.{'0' * 32}.new"
    half.write_text("half")
    assert store.writable() is None
    assert not half.exists()
    assert {path.name for path in store.folder.iterdir()} >= {
        ".mine.new", "data-mine", "made-of-stone.txt", ".folder.new"}


def test_what_is_too_large_to_be_read_again_is_not_written(whole, tmp_path):
    store = copied(whole, tmp_path / "home")
    with pytest.raises(NotKept) as told:
        store.make("meeting", "x" * (33 << 20))
    assert told.value.reason == "too_large"
    assert store.made() == MADE


@pytest.mark.parametrize("body", [b'{"a": NaN}', b'{"a": 1e999}', b'{"a": "\xed\xa0\x80"}', b'{"a": "\\ud800"}',
                                  b'{"a": Infinity}', b"\xff\xfe{\x00}\x00"])
def test_what_could_not_be_written_again_is_no_value(body, tmp_path):
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds
        parsed(body)
    (tmp_path / "made.json").write_bytes(body)
    assert Store(tmp_path).writable() is None
    assert Store(tmp_path).made() == {}
    assert len(set_aside_files(tmp_path)) == 1


def test_a_folder_that_is_gone_is_said_to_be_gone(whole, tmp_path):
    store = copied(whole, tmp_path / "home")
    assert store.on
    store.folder.rename(tmp_path / "unplugged")
    assert (store.on, store.unreadable, store.writable()) == (False, "gone", "missing")
    with pytest.raises(NotKept):
        store.make("author", "x")
