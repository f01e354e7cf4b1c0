"""A filter change on the churn page against a bare page: the server's time, and click to repaint in Chromium."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from benchmarks.browser import chromium, clicks
from retention.texts import Texts

ROOT = Path(__file__).resolve().parent.parent
HOW = (
    "Ours and the bare page (same figures as constants, same choice) are clicked in turn, on the sample data, both "
    "served as `serve` serves them. `asked`: each click asks DuckDB anew; `kept`: that grain was seen before. The "
    "fastest click of each grain counts, averaged over grains; spread is how far the median click lies above that."
)
GRAINS = ("quarter", "year", "week", "month")
LABELS = {grain: Texts("en")(f"filter.grain.{grain}") for grain in GRAINS}
LIMITS = {"server": 3.0, "click to repaint": 1.5}


@dataclass(frozen=True)
class Change:
    """Milliseconds of ours and of the bare page: of each grain the fastest click, averaged over the grains."""

    what: str
    answers: str
    ours: float
    bare: float
    spread: float

    @property
    def ratio(self) -> float:
        """Ours per bare."""
        return self.ours / self.bare

    @property
    def kept(self) -> bool:
        """Is the limit kept?"""
        return self.ratio <= LIMITS[self.what]


def figures() -> dict[str, list[str]]:
    """What the churn page draws for each grain, by the grain's label, as JSON, taken from the page itself."""
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120).run()
    app.switch_page("pages/churn.py").run()
    drawn = {}
    for grain in GRAINS:
        app.session_state["filter_grain"] = grain
        app.run()
        drawn[LABELS[grain]] = [chart.proto.spec for chart in app.get("plotly_chart")]
    return drawn


def measure(rounds: int) -> list[Change]:
    """Both pages side by side, first with answers asked anew for each click, then with answers kept."""
    found = []
    with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder, chromium() as browser:
        place = Path(folder)
        (place / "figures.json").write_text(json.dumps(figures()), encoding="utf-8")
        for answers in ("asked", "kept"):
            with server("ours", answers, place) as ours, server("bare", answers, place) as bare:
                both = clicks(browser, {"ours": f"{ours}/churn", "bare": bare}, tuple(LABELS.values()), rounds)
            for what, of in (("server", _runs(place, answers)), ("click to repaint", both)):
                found.append(_change(what, answers, of["ours"], of["bare"]))
    return found


def table(found: list[Change]) -> list[str]:
    """Markdown."""
    lines = [HOW, "", "| filter change | answers | ours ms | bare ms | ratio | limit | kept | spread |",
             "|---|---|--:|--:|--:|--:|---|--:|"]
    for one in found:
        lines.append(f"| {one.what} | {one.answers} | {one.ours:.0f} | {one.bare:.0f} | {one.ratio:.2f} × "
                     f"| ≤ {LIMITS[one.what]:g} | {'yes' if one.kept else '**no**'} | {one.spread:.0%} |")
    return lines


@contextmanager
def server(page: str, answers: str, place: Path) -> Iterator[str]:
    """Start a server of its own, hand over its address, end it."""
    command = [sys.executable, "-m", "benchmarks.timed_server", page, str(_log(place, page, answers)), answers]
    environment = {**os.environ, "BENCHMARK_FIGURES": str(place / "figures.json")}
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield next(word for word in running.stdout.readline().split() if word.startswith("http"))
    finally:
        running.terminate()
        running.wait(20)


def _log(place: Path, page: str, answers: str) -> Path:
    return place / f"{page}-{answers}.jsonl"


def _runs(place: Path, answers: str) -> dict[str, list[float]]:
    """Milliseconds of the script runs that clicks caused, but for the first round, which warms."""
    found = {}
    for page in ("ours", "bare"):
        lines = _log(place, page, answers).read_text(encoding="utf-8").splitlines()
        clicked = len(lines) // len(GRAINS) * len(GRAINS) - len(GRAINS)
        found[page] = [json.loads(line) * 1000 for line in lines][-clicked:]
    return found


def _change(what: str, answers: str, ours: list[float], bare: list[float]) -> Change:
    """Clicks come grain by grain, so every fourth is the same one again: the least of each, then their mean."""
    least = {name: mean(min(all_of[place::len(GRAINS)]) for place in range(len(GRAINS)))
             for name, all_of in (("ours", ours), ("bare", bare))}
    return Change(what, answers, **least, spread=median(ours) / least["ours"] - 1)
