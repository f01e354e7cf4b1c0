"""Writes what was measured as Markdown tables, each ratio with its limit."""

from collections.abc import Iterable

from benchmarks.at_scale import Against, Load
from benchmarks.plans import Plan


def loading(load: Load) -> list[str]:
    """Size of the site, seconds and memory of the load."""
    sizes = ", ".join(f"{count:,} {table}" for table, count in load.sizes.items())
    return [
        f"Canonical Parquet → sealed warehouse with everything derived: **{load.seconds:.1f} s**, "
        f"peak memory of the process {load.peak_mb:,.0f} MB ({load.before_mb:,.0f} MB before).",
        "", f"{sizes}.",
    ]


def questions(found: Iterable[Against]) -> list[str]:
    """Ours against each peer; noise is how far the median run lies above the fastest."""
    lines = ["| question | against | ours ms | theirs ms | ratio | by processor time | limit | kept | noise |",
             "|---|---|--:|--:|--:|--:|--:|---|--:|"]
    for one in found:
        sign, unit = ("≤", "×") if one.at_most else ("≥", "× faster")
        limit = f"{sign} {one.limit:g}" if one.limit else "none"
        kept = "" if one.limit is None else "yes" if one.kept else "**no**"
        lines.append(
            f"| {one.question} | {one.peer} | {one.ours.least * 1000:.1f} | {one.theirs.least * 1000:.1f} "
            f"| {one.ratio:.2f} {unit} | {one.processor_ratio:.2f} | {limit} | {kept} "
            f"| {one.ours.noise:.0%} / {one.theirs.noise:.0%} |"
        )
    return lines


def scans(found: Iterable[Plan]) -> list[str]:
    """Questions that read raw rows, and the joins that hand on the most rows."""
    found = list(found)
    bad = [plan.question for plan in found if not plan.kept]
    raw = [f"`{plan.question}` ({', '.join(plan.raw)})" for plan in found if plan.raw]
    wide = [f"`{plan.question}` {plan.most_joined:,}" for plan in found if plan.multiplies]
    widest = max(found, key=lambda plan: plan.most_joined)
    return [
        f"- Questions that read rows as the files brought them, charges apart: {', '.join(bad) or 'none'}. "
        f"{_word(not bad)}",
        f"- Questions that read any raw table: {', '.join(raw) or 'none'}",
        f"- Joins that hand on more than twice as many rows as there are subscriptions: {', '.join(wide) or 'none'}. "
        f"{_word(not wide)} (the most: {widest.most_joined:,} rows in `{widest.question}`)",
    ]


def _word(kept: bool) -> str:
    return "Kept: yes" if kept else "Kept: **no**"
