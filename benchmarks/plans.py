"""Looks into the plan of every question: does a page scan raw rows, and does any join multiply them?"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.at_scale import cursor_of
from retention.filters import Filters
from retention.questions import names, question
from retention.warehouse import Warehouse

RAW = {"subscriptions", "survey_answers", "answer_reasons", "outreach", "members", "cancellations", "payments"}
# Charges are listed as they are: nothing is derived of them that could be derived at load.
FORBIDDEN = RAW - {"payments"}
CHOSEN = Filters(plan=("Monthly",), interval=("month",), cause=("voluntary",), source=("search",), by="plan")


@dataclass(frozen=True)
class Plan:
    """What one question reads, and the most rows that any of its joins hands on."""

    question: str
    raw: tuple[str, ...]
    most_joined: int
    subscriptions: int

    @property
    def kept(self) -> bool:
        """Are raw rows left alone?"""
        return not FORBIDDEN & set(self.raw)

    @property
    def multiplies(self) -> bool:
        """Does a join hand on many more rows than there are subscriptions, as periods × subscriptions would?"""
        return self.most_joined > 2 * self.subscriptions


def plans(warehouse: Warehouse) -> Iterator[Plan]:
    """Every question, without filters and with all of them; EXPLAIN ANALYZE tells what really ran."""
    subscriptions = cursor_of(warehouse).execute("select count(*) from subscriptions").fetchone()[0]
    for name in names():
        steps = [step for filters in (Filters(), CHOSEN) for step in _steps(warehouse, name, filters)]
        scanned = {step["extra_info"]["Table"].rpartition(".")[2] for step in steps if "Table" in step["extra_info"]}
        joined = [step["intermediate_rows"] for step in steps if "JOIN" in step["type"] or "PRODUCT" in step["type"]]
        yield Plan(name, tuple(sorted(RAW & scanned)), max(joined, default=0), subscriptions)


def _steps(warehouse: Warehouse, name: str, filters: Filters) -> Iterator[dict]:
    asked = question(name)
    statement = f"explain (analyze, format json) {asked.sql}"
    rows = cursor_of(warehouse).execute(statement, filters.parameters(asked.parameters) or None).fetchall()
    waiting = list(json.loads(rows[0][1])["operator"])
    while waiting:
        step = waiting.pop()
        waiting += step.get("children", [])
        yield {"extra_info": {}, "intermediate_rows": 0, **step}
