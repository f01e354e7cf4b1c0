"""Attacks by a zip brought under Settings: SQL in its values, bombs, broken tables, paths, wrong types."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from retention.keeping import BadArchive, Store, lock, opened
from retention.kept_data import about_of, kept
from retention.kept_import import take_over
from tests.kept_attacks import MADE, MEMBERS, SURVEY, another_process, answers, copied, data_of, filled

ROOT = Path(__file__).resolve().parent.parent
MEBIBYTE = 1 << 20


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> dict[str, bytes]:
    """The entries of an honest archive, by name."""
    folder = tmp_path_factory.mktemp("packed")
    data = data_of(folder, members=MEMBERS, survey=SURVEY)
    content = filled(folder / "home", data).packed()
    data.forget()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def kept_before(tmp_path_factory) -> tuple[Store, str]:
    """What the owner keeps before the archive comes, and what it answers."""
    folder = tmp_path_factory.mktemp("before")
    data = data_of(folder, members=MEMBERS.replace("Gold", "Silver"))
    found = filled(folder / "home", data)
    data.forget()
    another_process(found)
    return found, answers(found)


@pytest.fixture
def store(tmp_path, kept_before) -> Store:
    return copied(kept_before[0], tmp_path / "home")


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def with_about(packed: dict[str, bytes], **changed: object) -> bytes:
    about = json.loads(packed["data/about.json"])
    about["settings"] |= changed.pop("settings", {})
    return zipped(packed | {"data/about.json": json.dumps(about | changed).encode()})


def refused(store: Store, content: bytes) -> None:
    """The archive is refused, and all that was kept is as before."""
    before = {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()}
    with pytest.raises(BadArchive):
        take_over(store, content)
    after = {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()}
    assert {path: content for path, content in after.items() if path.name != lock.NAME} == before


def test_an_honest_archive_is_taken_over_and_one_step_brings_back_what_it_replaced(store, packed, kept_before):
    take_over(store, zipped(packed))
    data = kept(store)
    assert data.ask("extent").paying.iloc[0] == 12
    assert {report.file for report in data.reports} == {"members.csv", "survey.csv"}
    data.forget()
    store.undo()
    assert (store.made(), answers(store)) == (MADE, kept_before[1])


@pytest.mark.parametrize("name", ["memory", "threads"])
def test_nothing_in_an_archive_decides_what_the_engine_may_use_or_becomes_sql(store, packed, tmp_path, name):
    spy = tmp_path / "spy.csv"
    take_over(store, with_about(packed, settings={name: f"4GB'; copy (select 1) to '{spy}'; set memory_limit='4GB"}))
    data = kept(store)
    limit, threads = data.warehouse._connection.execute(
        "select current_setting('memory_limit'), current_setting('threads')").fetchone()
    assert (limit, threads) == ("3.7 GiB", 2)
    assert not spy.exists()


@pytest.mark.parametrize("settings", [
    {"grace_days": None}, {"grace_days": "14"}, {"grace_days": 10**30}, {"grace_days": -1}, {"grace_days": 3.5},
    {"winback_days": 0}, {"fiscal_month": 13}, {"week_start": "friday'; drop table members; --"}, {"week_start": []},
    {"as_of": "9999-12-31"}, {"as_of": "soon"}, {"as_of": 3}, {"currency": "';drop"}, {"currency": {}},
    {"rates": [["USD", "x"]]}, {"rates": [["USD", -1.0]]}, {"rates": [["'; --", 1.0]]}, {"rates": 3},
])
def test_a_setting_of_the_wrong_type_or_out_of_range_is_refused(packed, settings):
    assert about_of(json.loads(packed["data/about.json"])) is not None
    about = json.loads(packed["data/about.json"])
    assert about_of({**about, "settings": {**about["settings"], **settings}}) is None


@pytest.mark.parametrize("changed", [
    {"reports": 3}, {"reports": [{"file": []}]}, {"reports": None}, {"read": []}, {"usable": "yes"},
    {"fingerprint": 3}, {"settings": {"grace_days": True}},
])
def test_an_archive_with_values_of_the_wrong_type_changes_nothing(store, packed, changed):
    refused(store, with_about(packed, **changed))


@pytest.mark.parametrize("values", [b'{"author": NaN}', b'{"author": 1e999}', b'{"author": "\\ud800"}',
                                    b'{"author": "\xed\xa0\x80"}', b'\xff\xfe{\x00}\x00', b"[]", b"3"])
@pytest.mark.parametrize("name", ["made.json", "shown.json", "data/about.json"])
def test_values_that_could_not_be_kept_again_are_refused(store, packed, name, values):
    refused(store, zipped(packed | {name: values}))


@pytest.mark.parametrize("name", ["data/subscriptions.parquet", "data/payments.parquet"])
@pytest.mark.parametrize("cut", [0, 4, -1])
def test_an_archive_with_a_broken_table_changes_nothing(store, packed, name, cut):
    refused(store, zipped(packed | {name: packed[name][:cut]}))


def test_an_archive_whose_table_has_other_columns_changes_nothing(store, packed):
    table = io.BytesIO()
    parquet.write_table(pa.table({"member_id": ["a"], "evil": ["x"]}), table)
    refused(store, zipped(packed | {"data/members.parquet": table.getvalue()}))


@pytest.mark.parametrize("name", ["../evil", "evil", "/etc/evil", "../made", "a/b", "a.b", "", "shown", "Ä"])
def test_a_name_in_an_archive_never_becomes_a_path(store, name):
    take_over(store, zipped({"made.json": json.dumps({name: "x", "author": "new"}).encode()}))
    assert store.made() == {"author": "new"}
    assert {path.name for path in store.folder.parent.iterdir()} == {"home"}


# made only where they are tried: they are large
BOMBS = {
    "values of 200 MB": lambda: {"made.json": b'{"a": "' + b" " * (200 * MEBIBYTE) + b'"}'},
    "a description of 200 MB": lambda: {"data/about.json": b" " * (200 * MEBIBYTE)},
    "deep brackets": lambda: {"made.json": b"[" * 5_000_000},
    "many lists": lambda: {"made.json": b'{"notes": [' + b"[]," * 10_000_000 + b"[]]}"},
    "as many parts as are allowed, three times": lambda: {
        "made.json": b'{"notes": [' + b"{}," * 990_000 + b"{}]}", "shown.json": b'{"a": [' + b"{}," * 990_000 + b"{}]}",
    },
}
TAKES = """
import pathlib, resource, sys
from retention.keeping import BadArchive, Store
from retention.kept_import import take_over
Store(pathlib.Path(sys.argv[1])).begin()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    take_over(Store(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2]).read_bytes())
    print("taken")
except BadArchive:
    print("refused")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def taken_alone(folder: Path, content: bytes) -> tuple[str, int]:
    """What became of an archive in a process of its own, and by how many MB that process grew."""
    path = folder / "bomb.zip"
    path.write_bytes(content)
    (folder / "home").mkdir()
    ran = subprocess.run([sys.executable, "-c", TAKES, str(folder / "home"), str(path)], cwd=ROOT, capture_output=True,
                         text=True, check=True)
    word, grown = ran.stdout.split()
    return word, int(grown)


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_of_values_is_refused_in_little_memory(packed, tmp_path, bomb):
    word, grown = taken_alone(tmp_path, zipped(packed | BOMBS[bomb]()))
    assert word == ("taken" if "allowed" in bomb else "refused")
    assert grown < 400, "megabytes"


def test_a_size_that_the_zip_lies_about_is_counted_while_it_is_unpacked(packed, tmp_path, monkeypatch):
    found = opened(zipped(packed))
    monkeypatch.setattr("retention.keeping.archive.MOST_BYTES", 1000)
    with pytest.raises(BadArchive):
        found.extract(tmp_path)
    with pytest.raises(BadArchive):
        opened(zipped(packed))


def test_a_text_longer_than_any_cell_is_refused(store, packed):
    table = io.BytesIO()
    parquet.write_table(pa.table({"import_id": pa.array([1], pa.int32()), "name": ["x" * 40_000]}), table)
    refused(store, zipped(packed | {"data/members.parquet": table.getvalue()}))


@pytest.mark.slow
def test_a_table_that_unpacks_to_gigabytes_is_refused_in_little_memory(packed, tmp_path):
    text = pa.table({"import_id": pa.array([1], pa.int32()), "name": ["x" * (400 * MEBIBYTE)]})
    table = io.BytesIO()
    parquet.write_table(text, table, compression="zstd", use_dictionary=False)
    word, grown = taken_alone(tmp_path, zipped(packed | {"data/members.parquet": table.getvalue()}))
    assert word == "refused"
    assert grown < 300, "megabytes"


@pytest.mark.slow
def test_a_table_of_300_million_rows_is_refused_in_seconds(packed, tmp_path):
    import duckdb

    path = tmp_path / "pauses.parquet"
    duckdb.connect().execute(f"copy (select 1::integer as import_id from range(300000000)) to '{path}'")
    word, grown = taken_alone(tmp_path, zipped(packed | {"data/pauses.parquet": path.read_bytes()}))
    assert word == "refused"
    assert grown < 300, "megabytes"
