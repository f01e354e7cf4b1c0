"""Measures everything or one part, prints the tables and keeps them in benchmarks/results.md."""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import at_scale, growth, machine, plans, reading, report

RESULTS = Path(__file__).parent / "results.md"
USUAL_SIZE = 1_000_000
HOW = (
    "Ways to the same answer run in turn in one process; the fastest run of each counts. Answers are compared first: "
    "counts exactly, rates to 1e-9. The statements by hand (`by_hand/`) know no filters and no other grain; they read "
    "spells, stints, leavers, lifespans, renewals, requests, answers and named_reasons in memory, pandas the same as "
    "DataFrames made before the clock runs; whatever ours counts at load is in the load time. Pandas leaves the usual "
    "range out, ours always computes it. Planning a statement takes DuckDB the same time at every size; ours, which "
    "answer for any filter, are longer: that is what remains of their distance at small sites."
)


def main(words: list[str] | None = None) -> int:
    """Measure, print, keep what was measured at the usual size, and return 1 where a limit is not kept."""
    options = _parser().parse_args(words)
    kept = []
    for part, measure in PARTS.items():
        if options.part in ("all", part):
            lines: list[str] = []
            kept += measure(options, lines)
            text = "\n".join([*lines, "Measured on:", "", *machine.described()])
            print(text, flush=True)
            if options.subscriptions == USUAL_SIZE:
                RESULTS.write_text(_with(RESULTS.read_text(encoding="utf-8"), part, text), encoding="utf-8")
    return 0 if all(kept) else 1


def _with(results: str, part: str, text: str) -> str:
    """What was measured before, this part of it in place of the older one."""
    begin, end = f"<!-- {part} -->", f"<!-- end of {part} -->"
    before, _, rest = results.partition(begin)
    after = rest.partition(end)[2] or "\n"
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--part", choices=("all", *PARTS), default="all")
    parser.add_argument("--subscriptions", type=int, default=USUAL_SIZE, metavar="N")
    parser.add_argument("--rounds", type=int, default=9, metavar="N")
    return parser


def _at_scale(options: argparse.Namespace, lines: list[str]) -> list[bool]:
    with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder:
        warehouse, load = at_scale.load(Path(folder), options.subscriptions)
    found = list(at_scale.compare(warehouse, options.rounds))
    looked = list(plans.plans(warehouse))
    warehouse.close()
    lines += [f"## Questions at {options.subscriptions:,} subscriptions", "", HOW, "", *report.loading(load), "",
              *report.questions(found), "", "## What the plans read", "", *report.scans(looked), ""]
    return [one.kept for one in found] + [plan.kept and not plan.multiplies for plan in looked]


def _growth(_: argparse.Namespace, lines: list[str]) -> list[bool]:
    loads, found = growth.measure()
    growth.draw(found)
    lines += ["## From 100,000 to 10,000,000 subscriptions", "", growth.HOW, "", *growth.table(loads, found), ""]
    return [one.kept for one in found]


def _reading(options: argparse.Namespace, lines: list[str]) -> list[bool]:
    found = list(reading.measure(options.subscriptions, min(options.rounds, 5)))
    lines += [f"## Reading {options.subscriptions:,} subscriptions", "", reading.HOW, "", *reading.table(found), ""]
    return [one.kept for one in found]


def _pages(options: argparse.Namespace, lines: list[str]) -> list[bool]:
    """Streamlit is imported here, so that its memory is not counted with the load."""
    from benchmarks import pages

    found = pages.measure(options.rounds)
    lines += ["## A filter change on the churn page", "", *pages.table(found), ""]
    return [one.kept for one in found]


PARTS = {"questions": _at_scale, "growth": _growth, "reading": _reading, "pages": _pages}

if __name__ == "__main__":
    sys.exit(main())
