"""What every test may ask for: the owner's shared files and a running dashboard."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 60


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real exports, oracles and bad files that lies beside the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"the shared files are not on this machine ({folder})")
    return folder


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Start `python ARGUMENTS…` until the tests end; returns the address that it prints."""
    running: list[subprocess.Popen] = []

    def start_and_wait(*arguments: str) -> str:
        log = tmp_path_factory.mktemp("server") / "log.txt"
        with log.open("w") as output:
            process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=output, stderr=output)
        running.append(process)
        return _address(process, log)

    yield start_and_wait
    for process in running:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def server(start: Callable[..., str]) -> str:
    """The address of the dashboard as `make run` serves it, with the sample data."""
    return start("-m", "retention", "serve", "--port", "0")


def _address(process: subprocess.Popen, log: Path) -> str:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        for line in log.read_text().splitlines():
            if line.startswith("Retention dashboard: "):
                return line.split()[-1]
        time.sleep(0.05)
    return pytest.fail(f"the server did not start:\n{log.read_text()}")
