"""Temporary files end with their process: at once where it can be told, at the next start where it was killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retention import scratch

ROOT = Path(__file__).resolve().parent.parent
HOLDS = """
import pathlib, sys, time
from retention.scratch import scratch_folder
held = scratch_folder("retention-upload-")
pathlib.Path(held.name, "members.csv").write_text("private")
print("held", flush=True)
time.sleep(60)
"""
SERVES = """
import pathlib, sys
from retention.scratch import scratch_folder
from retention.serving import serve
held = scratch_folder("retention-upload-")
pathlib.Path(held.name, "members.csv").write_text("private")
serve(0)
"""


def started(script: str, folder: Path) -> subprocess.Popen:
    child = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                             stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": str(folder)})
    child.stdout.readline()
    return child


def private(folder: Path) -> list[Path]:
    return list(folder.rglob("members.csv"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda told: told.name)
def test_a_server_that_is_told_to_end_leaves_no_upload(folder, told):
    child = started(SERVES, folder)
    assert len(private(folder)) == 1
    child.send_signal(told)
    assert child.wait(20) in (0, 128 + told)
    assert list(folder.iterdir()) == []
    assert "Traceback" not in child.stderr.read()
    child.stderr.close()
    child.stdout.close()


def test_what_a_killed_process_left_is_removed_at_the_next_start_and_that_of_a_living_one_stays(folder):
    dead, living = started(HOLDS, folder), started(HOLDS, folder)
    dead.kill()
    dead.wait()
    assert len(private(folder)) == 2
    assert scratch.sweep() == 1
    [left] = private(folder)
    assert f"retention-{living.pid}-" in str(left)
    for child in (dead, living):
        child.kill()
        child.wait()
        child.stdout.close()
        child.stderr.close()


def test_a_folder_of_an_older_version_is_removed_after_a_day_and_what_is_not_ours_never(folder):
    old, young, other = (folder / name for name in ("retention-upload-a", "retention-read-b", "somebody's"))
    for made in (old, young, other):
        made.mkdir()
        (made / "members.csv").write_text("private")
    for made in (old, other):
        os.utime(made, (time.time() - 2 * 24 * 3600,) * 2)
    link = folder / "retention-link"
    link.symlink_to(other)
    assert scratch.sweep() == 1
    assert (old.exists(), young.exists(), other.exists(), link.exists()) == (False, True, True, True)


def test_temporary_folders_of_a_process_are_one_folder_that_others_cannot_read(folder):
    with scratch.scratch_folder("retention-read-") as one, scratch.scratch_folder("retention-upload-") as other:
        assert Path(one).parent == Path(other).parent
        assert Path(one).parent.stat().st_mode & 0o077 == 0
    scratch.clear()
