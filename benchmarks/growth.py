"""How the cost of the questions about churn and staying grows with the site: 100,000, 1 million, 10 million."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from math import ceil, floor, log10
from pathlib import Path

from benchmarks.at_scale import QUESTIONS, Load, asking, load
from benchmarks.timing import race

SIZES = (100_000, 1_000_000, 10_000_000)
LIMIT = 12  # a site ten times as large may take so many times as long
ROUNDS = 3
PICTURE = Path(__file__).parent / "growth.svg"
HOW = (
    "Each size is a process of its own: generated, loaded, then every question asked in turn; the fastest of "
    f"{ROUNDS} runs counts. A site ten times as large may take {LIMIT} times as long. Peak memory is that of the "
    "process that loads and answers."
)


@dataclass(frozen=True)
class Grown:
    """Milliseconds of one question at each size."""

    question: str
    milliseconds: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The largest size against the one before it."""
        return self.milliseconds[-1] / self.milliseconds[-2]

    @property
    def kept(self) -> bool:
        """Does the cost grow linearly or better, a fifth of slack allowed?"""
        return self.ratio <= LIMIT


def measure() -> tuple[list[Load], list[Grown]]:
    """Loads and questions at all sizes."""
    told = [_one(size) for size in SIZES]
    loads = [Load(**one["load"]) for one in told]
    return loads, [Grown(name, tuple(one["asked"][name] for one in told)) for name in QUESTIONS]


def table(loads: list[Load], found: list[Grown]) -> list[str]:
    """Markdown: a row per question, the load and its memory last."""
    heads = [f"{size:,}" for size in SIZES]
    lines = [f"| question | {' ms | '.join(heads)} ms | {heads[-1]} per {heads[-2]} | limit | kept |",
             f"|---|{'--:|' * len(SIZES)}--:|--:|---|"]
    for one in found:
        times = " | ".join(f"{value:.1f}" for value in one.milliseconds)
        word = "yes" if one.kept else "**no**"
        lines.append(f"| {one.question} | {times} | {one.ratio:.1f} × | ≤ {LIMIT} | {word} |")
    seconds = " | ".join(f"{one.seconds * 1000:,.0f}" for one in loads)
    memory = " | ".join(f"{one.peak_mb:,.0f} MB" for one in loads)
    lines += [f"| *load, derive, seal* | {seconds} | {loads[-1].seconds / loads[-2].seconds:.1f} × | | |",
              f"| *peak memory* | {memory} | | | |"]
    return [*lines, "", f"![Milliseconds by number of subscriptions]({PICTURE.name})"]


def draw(found: list[Grown]) -> None:
    """A line per question on two logarithmic axes, with the slope of ten times the cost for ten times the rows."""
    wide, tall, left, bottom = 760, 420, 70, 40
    values = [value for one in found for value in one.milliseconds]
    least, most = _power(min(values), down=True), _power(max(values), down=False)

    def place(step: int, value: float) -> tuple[float, float]:
        across = left + step * (wide - left - 190) / (len(SIZES) - 1)
        share = (log10(value) - log10(least)) / (log10(most) - log10(least))
        return across, tall - bottom - share * (tall - bottom - 20)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" font-family="sans-serif" '
             'font-size="12"><rect width="100%" height="100%" fill="#ffffff"/>']
    mark = least
    while mark <= most * 1.01:
        _, down = place(0, mark)
        parts.append(f'<line x1="{left}" x2="{wide - 190}" y1="{down:.1f}" y2="{down:.1f}" stroke="#dddddd"/>'
                     f'<text x="{left - 8}" y="{down + 4:.1f}" text-anchor="end">{mark:,.0f} ms</text>')
        mark *= 10
    for step, size in enumerate(SIZES):
        across, _ = place(step, least)
        parts.append(f'<text x="{across:.1f}" y="{tall - 14}" text-anchor="middle">{size:,}</text>')
    for one in found:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*pair) for pair in enumerate(one.milliseconds)))
        parts.append(f'<polyline points="{points}" fill="none" stroke="#0f766e" stroke-opacity="0.55"/>')
    start = min(one.milliseconds[0] for one in found)
    slope = " ".join(f"{x:.1f},{y:.1f}" for x, y in (
        place(step, min(start * size / SIZES[0], most)) for step, size in enumerate(SIZES)))
    parts.append(f'<polyline points="{slope}" fill="none" stroke="#b45309" stroke-dasharray="5 4"/>')
    slowest = sorted(found, key=lambda one: one.milliseconds[-1])
    for one in (slowest[0], slowest[len(slowest) // 2], slowest[-1]):
        across, down = place(len(SIZES) - 1, one.milliseconds[-1])
        parts.append(f'<text x="{across + 8:.1f}" y="{down + 4:.1f}">{one.question}, '
                     f'{one.milliseconds[-1]:,.0f} ms</text>')
    parts.append(f'<text x="{left}" y="14" fill="#b45309">dashed: ten times the rows, ten times the time</text></svg>')
    PICTURE.write_text("\n".join(parts), encoding="utf-8")


def _power(value: float, down: bool) -> float:
    return 10.0 ** (floor(log10(value)) if down else ceil(log10(value)))


def _one(size: int) -> dict:
    """Run this module for one size; its memory is then its own."""
    ran = subprocess.run([sys.executable, "-m", "benchmarks.growth", str(size)], check=True, capture_output=True,
                         text=True)
    return json.loads(ran.stdout.splitlines()[-1])


def _asked(warehouse) -> dict[str, float]:
    """Milliseconds of the fastest run of each question."""
    return {name: times.least * 1000 for name, times in race(asking(warehouse), ROUNDS).items()}


def main(size: int) -> None:
    """Print, as JSON, what one size cost."""
    with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder:
        warehouse, loaded = load(Path(folder), size)
    asked = _asked(warehouse)
    warehouse.close()
    print(json.dumps({"load": vars(loaded), "asked": asked}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
