"""What every test may ask for: the owner's shared files and a running dashboard."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

with suppress(ImportError):  # comes with tests/requirements.txt
    from hypothesis import settings

    # The same inputs on every machine: a green run stays green. HYPOTHESIS_PROFILE=explore looks for new ones.
    settings.register_profile("same", derandomize=True, deadline=None)
    settings.register_profile("explore", deadline=None)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

os.environ.setdefault("RETENTION_HOME", "/nonexistent/kept")  # what this machine's owner keeps is none of ours
for _name in ("LANGUAGE", "LC_MESSAGES", "LANG"):  # the command line speaks its reader's language: here English
    os.environ.pop(_name, None)
os.environ["LC_ALL"] = "C.UTF-8"
ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 60


def pytest_collection_finish() -> None:
    """Thousands of tests and all they import are no garbage: looking for some among them took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def no_search_for_components() -> Iterator[None]:
    """Streamlit's tester reads the metadata of every installed package on every run, a second each; we bring none."""
    from streamlit.components.v2 import manifest_scanner

    search, manifest_scanner.scan_component_manifests = manifest_scanner.scan_component_manifests, list
    yield
    manifest_scanner.scan_component_manifests = search


@pytest.fixture(scope="session")
def the_sample() -> Iterator:
    """The invented site, read once for all tests that only ask."""
    from retention.dataset import sample

    data = sample()
    yield data
    data.forget()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real exports, oracles and bad files that lies beside the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"the shared files are not on this machine ({folder})")
    return folder


class Served(str):
    """The address of a running server, and the number of its process."""

    pid: int


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """Start `python ARGUMENTS…` until the tests end; returns the address that it prints."""
    running: list[subprocess.Popen] = []

    def start_and_wait(*arguments: str) -> Served:
        log = tmp_path_factory.mktemp("server") / "log.txt"
        with log.open("w") as output:
            process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=output, stderr=output)
        running.append(process)
        served = Served(_address(process, log))
        served.pid = process.pid
        return served

    yield start_and_wait
    for process in running:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def uploaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable]:
    """uploaded(text of a CSV) -> the data set it makes, read once for all tests that only ask."""
    from retention.dataset import DataSet, build
    from retention.model import FileRequest

    built: dict[str, DataSet] = {}

    def make(text: str) -> DataSet:
        if text not in built:
            path = tmp_path_factory.mktemp("uploaded") / "members.csv"
            path.write_text(text, encoding="utf-8")
            built[text] = build([FileRequest(name="members.csv", path=str(path))])
        return built[text]

    yield make
    for data in built.values():
        data.forget()


@pytest.fixture(scope="session")
def server(start: Callable[..., Served]) -> Served:
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
