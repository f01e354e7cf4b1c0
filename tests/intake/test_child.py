"""Files are read in a child process: what kills it, or takes too long, harms neither the parent nor the other files."""

import subprocess
import sys
import tempfile
import threading
import time
import zipfile

import duckdb
import psutil
import pytest

from retention.intake import limits
from retention.intake.worker import parent
from retention.intake.worker.parent import Cancelled, bring
from retention.intake.worker.sandbox import seal
from retention.model import FileRequest, ReadSettings

MEMBERS = "email,plan,joined_at,cancelled_at\n"


@pytest.fixture
def members(tmp_path):
    def write(name: str, rows: int) -> FileRequest:
        path = tmp_path / name
        path.write_text(MEMBERS + "".join(f"{name[0]}{row}@x.org,basic,2025-01-10,2025-06-30\n" for row in range(rows)))
        return FileRequest(name, str(path))
    return write


@pytest.fixture
def deadly(tmp_path, shared):
    """A workbook whose far cell the checks do not see: calamine asks for 549 GB and takes its process with it."""
    path = tmp_path / "deadly.xlsx"
    with zipfile.ZipFile(shared / "badfiles" / "219_sparse_cell_XFD1048576.xlsx") as source, \
            zipfile.ZipFile(path, "w") as target:
        for part in source.infolist():
            content = source.read(part).replace(b'<dimension ref="A1:XFD1048576"/>', b"")
            content = content.replace(b' r="XFD1048576"', b"\tr='XFD1048576'").replace(b'r="1048576"', b"r='1048576'")
            target.writestr(part.filename, content)
    return FileRequest("deadly.xlsx", str(path))


def codes(report):
    return [finding.code for finding in report.findings if finding.severity == "refused"]


def stored(into, table):
    return duckdb.connect().execute(f"select count(*) from read_parquet('{into / table}.parquet')").fetchone()[0]


def test_files_become_parquet_tables_and_one_report_each_in_their_order(tmp_path, members):
    into = tmp_path / "out"
    steps = []
    reports = bring([members("b.csv", 30), members("a.csv", 20)], ReadSettings(), into,
                    lambda step, done, file: steps.append((step, done, file)))
    assert [(report.file, report.rows_read, report.rows_taken) for report in reports] == [
        ("b.csv", 30, 30), ("a.csv", 20, 20)]
    assert [stored(into, table) for table in ("imports", "subscriptions")] == [2, 50]
    assert {step for step, _, _ in steps} == {
        "reading", "recognising", "typing", "checking", "taking", "settling", "writing"}
    assert {file for _, _, file in steps} == {"b.csv", "a.csv", ""}
    assert [done for _, done, _ in steps] == sorted(done for _, done, _ in steps)
    assert {path.suffix for path in into.iterdir()} == {".parquet"}


@pytest.mark.parametrize("file", ["219_sparse_cell_XFD1048576.xlsx", "217_zipbomb_one_cell_1GB.xlsx"])
def test_a_bomb_leaves_the_parent_alive_and_small_within_five_seconds(tmp_path, shared, file):
    before, started = psutil.Process().memory_info().rss, time.monotonic()
    [report] = bring([FileRequest(file, str(shared / "badfiles" / file))], ReadSettings(), tmp_path)
    assert time.monotonic() - started < 5
    assert psutil.Process().memory_info().rss - before < 50 * limits.MEBIBYTE
    assert codes(report) == ["workbook_too_large"]


def test_a_file_that_kills_its_reader_is_refused_and_the_others_are_taken(tmp_path, members, deadly):
    into = tmp_path / "out"
    reports = bring([members("a.csv", 20), deadly, members("b.csv", 30)], ReadSettings(), into)
    assert [(report.rows_taken, codes(report)) for report in reports] == [(20, []), (0, ["reader_died"]), (30, [])]
    assert reports[1].sha256
    assert [stored(into, table) for table in ("imports", "subscriptions")] == [3, 50]


def test_a_single_file_that_kills_its_reader_leaves_nothing_behind(tmp_path, deadly):
    into = tmp_path / "out"
    [report] = bring([deadly], ReadSettings(), into)
    assert codes(report) == ["reader_died"]
    assert list(into.iterdir()) == []


def test_a_reading_that_takes_too_long_is_ended(tmp_path, members, monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 0.01)
    [report] = bring([members("a.csv", 20)], ReadSettings(), tmp_path / "out")
    assert codes(report) == ["too_slow_to_read"]


def test_a_reading_that_outgrows_its_memory_is_ended_by_the_watchdog(tmp_path, members, monkeypatch):
    monkeypatch.setattr(limits, "RESIDENT_BYTES", 20 * limits.MEBIBYTE)
    [report] = bring([members("a.csv", 20)], ReadSettings(), tmp_path / "out")
    assert codes(report) == ["too_large_to_read"]


def test_the_owner_can_stop_the_reading_and_nothing_of_it_is_left(tmp_path, members):
    into, stop = tmp_path / "out", threading.Event()
    into.mkdir()
    (into / "kept.txt").write_text("of somebody else")
    with pytest.raises(Cancelled):
        bring([members("a.csv", 20)], ReadSettings(), into, lambda *_: stop.set(), stop)
    assert [path.name for path in into.iterdir()] == ["kept.txt"]
    assert _readers() == []


def test_whatever_the_progress_bar_raises_ends_the_reading_too(tmp_path, members):
    class Gone(Exception):
        """The page was closed."""

    def close(_step, _done, _file):
        raise Gone

    with pytest.raises(Gone):
        bring([members("a.csv", 20)], ReadSettings(), tmp_path / "out", close)
    assert list((tmp_path / "out").iterdir()) == []
    assert _readers() == []


def _readers():
    return [process for process in psutil.Process().children() if process.status() != psutil.STATUS_ZOMBIE
            and "retention.intake.worker.main" in " ".join(process.cmdline())]


def test_an_error_that_no_rule_foresaw_is_told_by_its_place_and_never_by_its_words(tmp_path, members, capfd):
    wrong = members("a.csv", 20)
    wrong.mapping, wrong.kind = {"member_id": "no such heading secret@x.org"}, "no such kind"
    reports = bring([wrong, members("b.csv", 30)], ReadSettings(), tmp_path / "out")
    assert reports[1].rows_taken == 30
    assert all("secret" not in str(finding.example) for finding in reports[0].findings if "read" in finding.code)
    assert capfd.readouterr() == ("", "")


def test_the_child_may_touch_its_files_and_its_folder_and_nothing_else(tmp_path, members, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", None)  # seal points it at the child's folder
    own = members("a.csv", 1)
    other = members("b.csv", 1)
    with duckdb.connect() as connection:
        seal(connection, tmp_path / "out", [own.path])
        assert connection.execute(f"select count(*) from read_csv('{own.path}', all_varchar = true)").fetchone() == (1,)
        for statement in (f"select * from read_csv('{other.path}')", "select * from read_text('/etc/passwd')",
                          f"copy (select 1) to '{tmp_path / 'x.csv'}'", "set enable_external_access = true",
                          f"attach '{tmp_path / 'x.duckdb'}'", "install spatial"):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)


def test_the_time_allowed_grows_with_the_size_of_the_files():
    assert limits.seconds_for(1000) == 60
    assert limits.seconds_for(200 * limits.MEBIBYTE) == 105


def test_the_reader_starts_without_the_libraries_of_the_page():
    script = ("import sys, retention.intake.worker.main, retention.intake.combine.normalise;"
              "print([name for name in ('pandas', 'numpy', 'pyarrow', 'streamlit', 'plotly') if name in sys.modules])")
    answer = subprocess.run([sys.executable, "-c", script], cwd=parent.ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
