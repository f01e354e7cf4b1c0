"""Holds the pinned versions to their word: what is installed here is what a fresh machine gets."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pins(file: str) -> dict[str, str]:
    lines = [line.strip() for line in (ROOT / file).read_text().splitlines()]
    named = [line for line in lines if line and not line.startswith(("#", "-r "))]
    return dict(re.fullmatch(r"([A-Za-z0-9_-]+)==([0-9.]+)", line).groups() for line in named)


def test_what_is_pinned_is_what_these_tests_run_with():
    pinned = pins("requirements.txt")
    assert {name: version(name) for name in pinned} == pinned


@pytest.mark.parametrize("file", ["tests/requirements.txt", "tests/judges.txt"])
def test_what_is_pinned_for_the_tests_is_what_they_run_with(file):
    pinned = pins(file)
    try:
        installed = {name: version(name) for name in pinned}
    except PackageNotFoundError as missing:
        pytest.skip(f"needs tests/requirements.txt ({missing.name})")
    assert installed == pinned


def test_the_five_packages_of_the_card_are_pinned():
    assert {"streamlit", "plotly", "duckdb", "pandas", "pytest"} <= pins("requirements.txt").keys()
