"""The bad files that a reader of rows must judge, with the day up to which they are complete told by the owner."""

import json
from datetime import date
from pathlib import Path

import pytest

from retention.model import ReadSettings
from tests.intake.data_set import DataSet

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "badfiles"
JUDGED = ("000", "027", "028", "05", "06", "07", "08", "09", "11", "12")
NOT_HERE = ("097",)  # refused before there is a table


def cases() -> list:
    if not FOLDER.is_dir():
        missing = pytest.mark.skip(reason=f"the shared files are not on this machine ({FOLDER})")
        return [pytest.param(None, marks=missing)]
    told = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["files"]
    return [pytest.param(one, id=one["file"]) for one in told
            if one["file"].startswith(JUDGED) and not one["file"].startswith(NOT_HERE)]


@pytest.mark.parametrize("case", cases())
def test_a_bad_file_is_judged_as_its_manifest_says(case):
    files = [FOLDER / case["file"]]
    if case["table"] == "winback":
        files.insert(0, FOLDER / "000_control_valid.csv")
    data = DataSet(files, ReadSettings(as_of=date(2026, 1, 1), time_zone="Europe/Berlin"))
    report, expected = data.reports[-1], case["expect"]
    warned = report.rows_set_aside or data.codes("doubtful")
    action = "reject" if report.refused else "warn" if warned else "accept"
    assert (action, report.rows_taken, report.rows_set_aside) == (
        expected["action"], expected["rows_accepted"], expected["rows_set_aside"])
