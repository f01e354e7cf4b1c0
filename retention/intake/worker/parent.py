"""Read files in a child process and outlive it: one bad file is refused with a reason, the others are taken."""

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from retention.intake import limits
from retention.intake.open.decode import fingerprint
from retention.intake.worker.protocol import report_to_wire, settings_to_wire
from retention.intake.worker.watchdog import Cancelled, Died, Progress, converse
from retention.model import FileRequest, Finding, ReadSettings, Report
from retention.paths import ROOT

__all__ = ["Cancelled", "bring"]

Numbered = dict[int, FileRequest]


@dataclass(frozen=True)
class Errand:
    """What stays the same for every child of one call."""

    settings: ReadSettings
    into: Path
    progress: Progress | None
    stop: threading.Event | None


def bring(files: list[FileRequest], settings: ReadSettings, into: Path, progress: Progress | None = None,
          stop: threading.Event | None = None) -> list[Report]:
    """Read the files into Parquet tables in `into`; one report per file, in their order.

    Raises Cancelled when `stop` is set; whatever `progress` raises ends the reading too. Either leaves nothing behind.
    """
    into.mkdir(parents=True, exist_ok=True)
    before = set(into.iterdir())
    errand = Errand(settings, into, progress, stop)
    try:
        reports = _bring(dict(enumerate(files, start=1)), errand, before)
    except BaseException:
        _clear(into, before)
        raise
    shutil.rmtree(into / ".work", ignore_errors=True)
    return [reports[number] for number in sorted(reports)]


def _bring(files: Numbered, errand: Errand, before: set[Path]) -> dict[int, Report]:
    answer = _run(files, errand, {})
    if not isinstance(answer, Died):
        return answer
    _clear(errand.into, before)
    refused = {number: _refusal(file, answer) for number, file in files.items()} if len(files) == 1 else {}
    for number, file in files.items() if len(files) > 1 else ():
        alone = errand.into / f".alone_{number}"
        tried = _run({number: file}, replace(errand, into=alone, progress=None), {})
        shutil.rmtree(alone, ignore_errors=True)
        if isinstance(tried, Died):
            refused[number] = _refusal(file, tried)
    good = {number: file for number, file in files.items() if number not in refused}
    answer = _run(good, errand, refused) if good else refused
    if not isinstance(answer, Died):
        return answer
    _clear(errand.into, before)
    return {number: _refusal(file, Died("too_large_together")) for number, file in files.items()}


def _refusal(file: FileRequest, died: Died) -> Report:
    return Report(file.name, fingerprint(Path(file.path)), findings=[Finding(died.code, "refused", example=died.place)])


def _clear(into: Path, before: set[Path]) -> None:
    for path in set(into.iterdir()) - before:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _run(files: Numbered, errand: Errand, refused: dict[int, Report]) -> dict[int, Report] | Died:
    paths = [Path(file.path) for file in files.values()]
    seconds = limits.seconds_for(sum(path.stat().st_size for path in paths if path.is_file()))
    request = {"files": [{"number": number, **asdict(file)} for number, file in files.items()],
               "settings": settings_to_wire(errand.settings), "into": str(errand.into.absolute()),
               "refused": [[number, report_to_wire(report)] for number, report in refused.items()]}
    child = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "retention.intake.worker.main", str(seconds)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        return converse(child, request, seconds, errand.progress, errand.stop)
    finally:
        child.kill()
        child.wait()
