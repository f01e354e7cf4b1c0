"""Questions about a large site: ours against SQL by hand, pandas and lifelines over the same tables in memory."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from benchmarks import hand, in_pandas
from benchmarks.agreeing import must_agree
from benchmarks.membership import AS_OF
from benchmarks.timing import Times, race
from retention.filters import Filters
from retention.warehouse import Settings, Warehouse

# The figures of the pages Churn, Which churn?, Why it changed and How long they stay, as the page asks first; not
# payment_recovery, for the invented site has no charges.
QUESTIONS: dict[str, dict] = {
    "member_churn": {}, "churn_by_term": {}, "revenue_churn": {}, "mrr_bridge": {}, "renewal_churn": {},
    "early_loss": {}, "cancel_requests": {}, "churn_definitions": {}, "definition_bridge": {},
    "definition_nearest": {"told": 3.0}, "churn_change": {}, "survival": {}, "survival by plan": {"by": "plan"},
    "median_stay": {"by": "plan"}, "leaving_by_cause": {}, "cohorts": {}, "lifetime_value": {}, "forecast": {},
    "worth_of_a_point": {"points": 0.5},
}
IN_PANDAS = ("member_churn", "reasons", "survival")
# At most so many times as slow as the peer, or at least so many times as fast (False).
LIMITS = {"SQL by hand": (1.5, True), "SQL by hand, no usual range": (None, True), "pandas": (2, False)}


@dataclass(frozen=True)
class Load:
    """What it took to bring the canonical files into a sealed warehouse."""

    seconds: float
    peak_mb: float
    before_mb: float
    sizes: dict[str, int]


@dataclass(frozen=True)
class Against:
    """Ours against one peer on one question, and the limit for the ratio (at most, or at least for slower peers)."""

    question: str
    peer: str
    ours: Times
    theirs: Times
    limit: float | None
    at_most: bool

    @property
    def ratio(self) -> float:
        """Ours per theirs where that is limited, else how many times faster ours is."""
        return self.ours.least / self.theirs.least if self.at_most else self.theirs.least / self.ours.least

    @property
    def processor_ratio(self) -> float:
        """The same by processor time, which other programs on the machine disturb less."""
        ours, theirs = self.ours.processor, self.theirs.processor
        return ours / theirs if self.at_most else theirs / ours

    @property
    def kept(self) -> bool:
        """Is the limit kept, where there is one?"""
        if self.limit is None:
            return True
        return self.ratio <= self.limit if self.at_most else self.ratio >= self.limit


def load(folder: Path, subscriptions: int) -> tuple[Warehouse, Load]:
    """Generate in another process, so that its memory is not ours, then load."""
    subprocess.run([sys.executable, "-m", "benchmarks.membership", str(folder), str(subscriptions)], check=True)
    before, begun = _peak_mb(), time.perf_counter()
    warehouse = Warehouse(folder, Settings(as_of=AS_OF))
    seconds, peak = time.perf_counter() - begun, _peak_mb()
    cursor = cursor_of(warehouse)
    tables = ("subscriptions", "people", "spells", "stints", "leavers", "answers", "named_reasons", "messages")
    sizes = {table: cursor.execute(f"select count(*) from {table}").fetchone()[0] for table in tables}
    return warehouse, Load(seconds, peak, before, sizes)


def cursor_of(warehouse: Warehouse):
    """The peers read the very tables that ours reads, so they look behind the door that questions go through."""
    return warehouse._connection.cursor()


def asking(warehouse: Warehouse) -> dict[str, Callable[[], pd.DataFrame]]:
    """A way to ask each of the questions."""
    return {name: partial(warehouse.ask, name.partition(" ")[0], Filters(**words)) for name, words in QUESTIONS.items()}


def compare(warehouse: Warehouse, rounds: int) -> Iterator[Against]:
    """Each question with its peers; raises Disagreement where an answer differs."""
    frames = in_pandas.Frames(cursor_of(warehouse))
    for question, ask in {**asking(warehouse), "reasons": partial(warehouse.ask, "reasons")}.items():
        runners = {"ours": ask, **_by_hand(warehouse, question)}
        if question in IN_PANDAS:
            runners["pandas"] = partial(getattr(in_pandas, question), frames)
        ours = ask()
        for peer, run in runners.items():
            must_agree(f"{question}, {peer}", ours, run())
        times = race(runners, rounds)
        for peer in list(runners)[1:]:
            limit, at_most = LIMITS[peer]
            yield Against(question, peer, times["ours"], times[peer], limit, at_most)
    yield from _lifelines(warehouse, frames)


def _by_hand(warehouse: Warehouse, question: str) -> dict[str, Callable[[], pd.DataFrame]]:
    """The statement for the same answer; where that holds a usual range, the one that leaves it out beside it."""
    def run(statement: str) -> pd.DataFrame:
        return cursor_of(warehouse).execute(statement).df()

    if not hand.has_range(question):
        return {"SQL by hand": partial(run, hand.statement(question))}
    return {"SQL by hand": partial(run, hand.statement(question + hand.WITH_RANGE)),
            "SQL by hand, no usual range": partial(run, hand.statement(question))}


def _lifelines(warehouse: Warehouse, frames: in_pandas.Frames) -> Iterator[Against]:
    """From the same rows as ours, days in spells: there the limit holds; and from durations taken beforehand."""
    from lifelines import KaplanMeierFitter
    from lifelines.utils import datetimes_to_durations

    def durations(spells: pd.DataFrame) -> tuple:
        return datetimes_to_durations(spells.started_on, spells.ended_on, fill_date=frames.as_of)

    planned_spells = frames["spells"].merge(frames["lifespans"], on="spell_id")

    def by_plan() -> dict:
        return {plan: KaplanMeierFitter().fit(*durations(rows))
                for plan, rows in planned_spells.groupby("plan", observed=True)}

    days, ended = durations(frames["spells"])
    runners = {
        "ours": lambda: warehouse.ask("survival"),
        "lifelines, durations given": lambda: KaplanMeierFitter().fit(days, ended),
        "lifelines, from days": lambda: KaplanMeierFitter().fit(*durations(frames["spells"])),
    }
    _agree_with_lifelines(runners["ours"](), runners["lifelines, from days"]())
    times = race(runners, 3)
    for peer, limit in (("lifelines, from days", 10), ("lifelines, durations given", None)):
        yield Against("survival", peer, times["ours"], times[peer], limit, False)
    planned = Filters(by="plan")
    curves = dict(list(warehouse.ask("survival", planned).groupby("segment")))
    for plan, fitted in by_plan().items():
        _agree_with_lifelines(curves[plan], fitted)
    times = race({"ours": lambda: warehouse.ask("survival", planned), "lifelines, from days": by_plan}, 3)
    yield Against("survival by plan", "lifelines, from days", times["ours"], times["lifelines, from days"], 10, False)


def _agree_with_lifelines(ours: pd.DataFrame, fitted) -> None:
    """Counts, curve and band on every day of ours; lifelines adds a day 0."""
    table, curve = fitted.event_table.loc[ours.day], fitted.survival_function_.KM_estimate.loc[ours.day]
    band = fitted.confidence_interval_.loc[ours.day].to_numpy()
    must_agree("survival, lifelines", ours, pd.DataFrame({
        "day": ours.day.to_numpy(), "at_risk": table.at_risk.to_numpy(), "ended": table.observed.to_numpy(),
        "censored": table.censored.to_numpy(), "survival": curve.to_numpy(), "low": band[:, 0], "high": band[:, 1],
    }))


def _peak_mb() -> float:
    """The most memory that this process ever held; what getrusage says a child inherits from its parent."""
    with open("/proc/self/status", encoding="utf-8") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
