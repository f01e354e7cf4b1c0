"""From the owner's words for a reason to the codes of the registry; the words themselves are kept beneath."""

import re
import tomllib
from functools import cache
from pathlib import Path

from retention.intake.format_files import FOLDER
from retention.intake.raw import Finding
from retention.intake.typed import noticed

MOST = 20_000


@cache
def rules(folder: Path = FOLDER) -> dict:
    """Return the rules by which wordings become reason codes."""
    own = folder / "reasons.toml"
    return tomllib.loads((own if own.exists() else FOLDER / "reasons.toml").read_text(encoding="utf-8"))


def reason_of(wording: str) -> str | None:
    """Return the reason code of one wording, None for a failed payment, which is a cause and no reason."""
    return _judged(wording)[0]


def _judged(wording: str) -> tuple[str | None, bool]:
    """Return the code, and whether a rule knew the wording."""
    told = " ".join(re.sub(r"[_\-]+", " ", wording.casefold()).split()).strip(" .!'\"’")
    if any(word in told for word in rules()["involuntary"]["words"]):
        return None, True
    for code, exact in rules()["exact"].items():
        if told == code.replace("_", " ") or told in exact:
            return code, True
    for rule in rules()["contains"]:
        if re.search(rule["pattern"], told):
            return rule["code"], True
    return "other", False


def choices(cell: str) -> list[str]:
    """Return the choices in one cell: parted by ; | or line breaks, by commas where each part is known."""
    parts = [part.strip() for part in re.split(r"[;|\n]+", cell) if part.strip()]
    if len(parts) == 1 and "," in cell:
        between = [part.strip() for part in cell.split(",") if part.strip()]
        if len(between) > 1 and all(reason_of(part) not in ("other",) for part in between):
            return between
    return parts if parts and all(len(part) <= 80 for part in parts) else [cell.strip()]


def name_reasons(connection, heading: str | None, declared: bool) -> list[Finding]:
    """Create `wordings`: one row per different cell and choice, with reason code and cause."""
    connection.execute(
        """create or replace temporary table wordings
        (cell varchar, words varchar, wording varchar, reason varchar, cause varchar, known boolean)"""
    )
    if heading is None:
        return []
    cells = connection.execute(
        f"select distinct reasons, wording from staged where reasons is not null order by 1, 2 limit {MOST}"
    ).fetchall()
    rows = [row for cell, words in cells for row in _rows(cell, words)]
    if rows:
        lists = [list(part) for part in zip(*rows, strict=True)]
        unnested = ", ".join(f"unnest(${number})" for number in range(1, len(lists) + 1))
        connection.execute(f"insert into wordings select {unnested}", lists)
    return _findings(connection, heading, "note" if declared else "doubtful")


def _rows(cell: str, words: str | None) -> list[tuple]:
    named = choices(cell)
    worded = [part.strip() for part in words.split(";")] if words else named
    if len(worded) != len(named):
        worded = named
    judged = [_judged(code) for code in named]
    cause = "involuntary" if all(code is None for code, _ in judged) else "voluntary"
    chosen = zip(named, worded, judged, strict=True)
    return [(cell, words, wording or name, code, cause, known) for name, wording, (code, known) in chosen]


def _findings(connection, heading: str, severity: str) -> list[Finding]:
    several = "aside is null and reasons in (select cell from wordings group by cell, words having count(*) > 1)"
    found = [noticed(connection, "staged", several, "reasons_several", severity, heading, "left(reasons, 80)")]
    top = connection.execute(
        """select wordings.wording, count(*) from staged join wordings on wordings.cell = staged.reasons
        where not wordings.known and staged.aside is null
        group by wordings.wording order by count(*) desc, wordings.wording"""
    ).fetchall()
    if top:
        example = ", ".join(f"{wording[:60]} ({count})" for wording, count in top[:10])
        found.append(Finding("reasons_unmapped", "note", heading, (), sum(count for _, count in top), example))
    return [finding for finding in found if finding]
