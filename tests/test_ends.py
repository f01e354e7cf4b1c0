"""How commands and servers end: with their own exit code, without an abort, a traceback or a word too many."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from retention.stopping import Work

ROOT = Path(__file__).resolve().parent.parent
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell and signals")


def run(*words: object, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "retention", *map(str, words)], cwd=ROOT, capture_output=True, text=True, timeout=60,
        check=False, **options,
    )


@pytest.fixture
def refused(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize("times", [6, pytest.param(40, marks=pytest.mark.slow)])
def test_a_refused_file_never_aborts_a_command(refused, times):
    words = {"check": ["--json"], "ask": [], "report": ["--out", str(refused.parent / "m.html")]}
    for number in range(times):
        command = list(words)[number % 3 if number % 2 else 0]
        question = ["member_churn"] if command == "ask" else []
        done = run(command, *question, refused, *words[command])
        assert done.returncode == 1
        assert "terminate" not in done.stderr
        assert "exception" not in done.stderr
        assert command != "check" or done.stderr == ""


@POSIX
@pytest.mark.parametrize("words", ["ask --list", "--help", "check sample_data/pauses.csv --json"])
def test_a_reader_that_has_seen_enough_ends_a_command_quietly(words):
    pipe, end = os.pipe()
    os.close(pipe)  # `| head` that is gone already
    done = subprocess.run(
        [sys.executable, "-m", "retention", *words.split()], cwd=ROOT, stdout=end, stderr=subprocess.PIPE, text=True,
        timeout=60, check=False,
    )
    os.close(end)
    assert done.stderr == ""
    assert done.returncode in (141, 0)  # argparse itself swallows it


@POSIX
@pytest.mark.parametrize(("redirected", "code", "said"), [
    (">&-", 0, ""), (">&- <&-", 0, ""), (">/dev/full", 2, "stdout cannot be written: No space left on device.\n"),
])
def test_an_output_that_is_closed_or_full_is_no_traceback(redirected, code, said):
    if redirected == ">/dev/full" and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m retention ask --list {redirected}'], cwd=ROOT, capture_output=True,
        text=True, timeout=60, check=False,
    )
    assert (done.returncode, done.stderr) == (code, said)


@POSIX
def test_ctrl_c_ends_a_command_without_a_traceback(tmp_path):
    large(tmp_path / "members.csv", 60_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "retention", "check", str(tmp_path)], cwd=ROOT, stdout=-1, stderr=-1, text=True)
    until = time.monotonic() + 30
    while not psutil.Process(process.pid).children() and time.monotonic() < until:  # the child that reads the file
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20)[1] == ""
    assert process.returncode == 130


def large(path: Path, rows: int) -> None:
    lines = (f"m{n}@example.org,P,9,month,20{20 + n % 5}-0{1 + n % 9}-1{n % 10}," for n in range(rows))
    path.write_text("\n".join(["email,plan,price,interval_unit,started_on,ended_on", *lines]) + "\n")


def interrupted(folder: Path, after: float, sent: signal.Signals) -> tuple[int, str, float]:
    """A server that reads a folder for its first session gets a signal; its exit code, words and seconds to its end."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from websockets.sync.client import connect

    process = subprocess.Popen(
        [sys.executable, "-m", "retention", "serve", "--port", "0", "--data", str(folder)], cwd=ROOT, stdout=-1,
        stderr=-1, text=True)
    address = process.stdout.readline().split()[-1].replace("http", "ws")
    opening = BackMsg()
    opening.rerun_script.query_string = ""
    with connect(f"{address}/_stcore/stream", subprotocols=["streamlit"], close_timeout=0.2,
                 origin=address.replace("ws", "http")) as session:
        session.send(opening.SerializeToString())
        time.sleep(after)
        process.send_signal(sent)
        began = time.monotonic()
        said = process.communicate(timeout=60)[1]
        took = time.monotonic() - began
    return process.returncode, said, took


@POSIX
@pytest.mark.parametrize(("sent", "rows", "times"), [
    (signal.SIGINT, 60_000, (2.0,)), (signal.SIGTERM, 60_000, (1.8,)),
    pytest.param(signal.SIGINT, 300_000, (1, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7), marks=pytest.mark.slow),
    pytest.param(signal.SIGTERM, 300_000, (1, 2.5, 3.5, 4, 4.5, 5, 6), marks=pytest.mark.slow),
])
def test_a_server_that_is_ended_while_it_derives_stops_its_reading_and_does_not_abort(tmp_path, sent, rows, times):
    large(tmp_path / "subscriptions.csv", rows)
    for after in times:
        code, said, took = interrupted(tmp_path, after, sent)
        assert code == (0 if sent == signal.SIGINT else 128 + signal.SIGTERM)
        assert said == ""
        assert took < 8


def test_all_work_is_stopped_and_waited_for_and_what_is_held_is_closed():
    work, closed, begun = Work(), [], threading.Event()

    class Held:
        def close(self):
            closed.append(True)

    def reading():
        with work.under_way() as stop:
            begun.set()
            stop.wait(10)

    held, thread = Held(), threading.Thread(target=reading)
    work.hold(held)
    thread.start()
    begun.wait(10)
    assert work.end(seconds=5)
    assert closed == [True]
    thread.join(1)
    assert not thread.is_alive()
    with work.under_way() as late:
        assert late.is_set(), "nothing begins any more"


def test_work_that_does_not_stop_is_waited_for_a_bounded_time():
    work = Work()
    with work.under_way():
        began = time.monotonic()
        assert not work.end(seconds=0.2)
    assert time.monotonic() - began < 2
