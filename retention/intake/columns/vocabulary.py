"""Cells that hold one of a few words: status, billing interval, cause, yes and no."""

from collections.abc import Callable

from retention.intake.columns.column_context import Reading
from retention.intake.columns.column_value import Typed
from retention.intake.recognise.format_files import Column, words
from retention.intake.sql import literal, text, texts
from retention.model import Finding

NO_WORD = ("null", "none", "n/a", "na", "-", "#n/a", "nan")


def mapped(reading: Reading, place: int, known: dict[str, object], otherwise: str) -> tuple[str, list[str]]:
    """Return a CASE over the words that the column really holds, and those that nobody knows."""
    there, few = reading.distinct(place), reading.few(place)
    value = reading.cell(place) if few else f"lower(trim({reading.cell(place)}))"
    spelled = few or {word: word for word in there}
    meant = {cell: known[word] for cell, word in spelled.items() if word in known}
    cases = " ".join(f"when {text(cell)} then {literal(value)}" for cell, value in meant.items())
    unknown = [word for word in there if word and word not in known and word not in NO_WORD]
    return (f"case {value} {cases} else {otherwise} end" if cases else otherwise), unknown


def status(reading: Reading, _column: Column, place: int) -> Typed:
    """Read the words of a system's status as ours; a word that nobody knows is `unknown`."""
    cell = reading.cell(place)
    known = reading.found.form.status
    sql, unknown = mapped(reading, place, known, f"case when {cell} is not null then 'unknown' end")
    return Typed(sql, _strange(reading, place, unknown, "status_unknown", "note"))


def vocabulary(section: str, keep: bool) -> Callable[[Reading, Column, int], Typed]:
    """Return a reader for one section of the shared words; what it does not know is kept, or empty."""

    def read(reading: Reading, column: Column, place: int) -> Typed:
        known = {**words()[section], **{raw.casefold(): told for raw, told in column.options.get("words", {}).items()}}
        return Typed(mapped(reading, place, known, f"nullif(trim({reading.cell(place)}), '')" if keep else "null")[0])

    return read


def term(reading: Reading, _column: Column, place: int) -> Typed:
    """Read a billing interval: its unit, and beside it how many of them one word means (quarterly: 3 months)."""
    known = words()["interval"]
    unit, unknown = mapped(reading, place, {word: one for word, (one, _) in known.items()}, "null")
    count, _ = mapped(reading, place, {word: times for word, (_, times) in known.items()}, "null")
    typed = Typed(unit, stands_for={"term_count": count})
    typed.findings = _strange(reading, place, unknown, "term_unknown", "doubtful")
    return typed


def _strange(reading: Reading, place: int, unknown: list[str], code: str, severity: str) -> list[Finding]:
    if not unknown:
        return []
    condition = f"lower(trim({reading.cell(place)})) in ({texts(unknown)})"
    return [reading.noticed(place, condition, code, severity)]


def flag(reading: Reading, _column: Column, place: int) -> Typed:
    """Read yes and no."""
    known = {**dict.fromkeys(words()["flag"]["true"], True), **dict.fromkeys(words()["flag"]["false"], False)}
    return Typed(mapped(reading, place, known, "cast(null as boolean)")[0])
