"""Times several ways to the same answer side by side, so that a busy machine is unfair to none of them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Times:
    """Seconds of one runner: the least and the median on the clock, the least of the processor (all threads)."""

    least: float
    middle: float
    processor: float

    @property
    def noise(self) -> float:
        """How much longer the median run took than the least, as a fraction."""
        return self.middle / self.least - 1


def race(runners: dict[str, Callable[[], object]], rounds: int) -> dict[str, Times]:
    """Run all in turn, round by round; what counts is the least of each."""
    clock: dict[str, list[float]] = {name: [] for name in runners}
    processor: dict[str, list[float]] = {name: [] for name in runners}
    for _ in range(rounds):
        for name, run in runners.items():
            before, worked = time.perf_counter(), time.process_time()
            run()
            clock[name].append(time.perf_counter() - before)
            processor[name].append(time.process_time() - worked)
    return {name: Times(min(clock[name]), median(clock[name]), min(processor[name])) for name in runners}
