"""Every bad file of the owner's collection through the command line: action, counts and words as its manifest says."""

import json
import resource
import tempfile
from dataclasses import asdict
from pathlib import Path

import pytest

from retention.__main__ import main
from retention.intake.worker import parent
from retention.intake.worker.main import read_files
from retention.intake.worker.protocol import settings_to_wire

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "badfiles"


def cases() -> list:
    if not FOLDER.is_dir():
        missing = pytest.mark.skip(reason=f"the shared files are not on this machine ({FOLDER})")
        return [pytest.param(None, marks=missing)]
    told = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["files"]
    return [pytest.param(one, id=one["file"]) for one in told]


def seconds() -> float:
    """Seconds of work by us and our children: others on this machine do not count."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def action(report: dict) -> str:
    severities = {finding["severity"] for finding in report["findings"]}
    if "refused" in severities:
        return "reject"
    return "warn" if "doubtful" in severities or report["rows_set_aside"] else "accept"


def said(report: dict) -> str:
    """All messages, with `lines 3 and 5` told one by one as the manifest has them."""
    messages = " ".join(finding["message"] for finding in report["findings"])
    lines = " ".join(f"line {row}" for finding in report["findings"] for row in finding["rows"])
    return f"{messages} {lines}"


@pytest.fixture
def in_this_process(monkeypatch):
    """Starting a child takes longer than reading a small text, for which it has the same code (test_child.py)."""
    def run(files, errand, refused):
        request = {"files": [{"number": number, **asdict(file)} for number, file in files.items()],
                   "settings": settings_to_wire(errand.settings), "into": str(errand.into), "refused": []}
        assert not refused
        try:
            return dict(read_files(request, lambda *_told: None))
        finally:
            tempfile.tempdir = None  # which the reader has set for the rest of its own process

    monkeypatch.setattr(parent, "_run", run)


@pytest.mark.parametrize("case", cases())
def test_check_says_of_a_bad_file_what_its_manifest_says(case, capfd, request):
    if case["file"] < "1":  # from 100 on they are large, workbooks, or made to kill who reads them
        request.getfixturevalue("in_this_process")
    files = [FOLDER / "000_control_valid.csv"] if case["table"] == "winback" else []
    before = seconds()
    code = main(["check", "--json", "--time-zone", "Europe/Berlin", *map(str, [*files, FOLDER / case["file"]])])
    assert seconds() - before < 5
    out, err = capfd.readouterr()
    report, expected = json.loads(out.splitlines()[-1]), case["expect"]
    assert (action(report), report["rows_taken"], report["rows_set_aside"]) == (
        expected["action"], expected["rows_accepted"], expected["rows_set_aside"])
    assert [word for word in expected["message_must_mention"] if word not in said(report)] == []
    assert code == (0 if expected["rows_accepted"] or files else 1)
    assert "Traceback" not in out + err
    assert "@" not in err
