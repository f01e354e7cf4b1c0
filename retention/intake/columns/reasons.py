"""From the owner's words for a reason to the codes of the registry; the words themselves are kept beneath."""

import re
import tomllib
from functools import cache
from pathlib import Path

from retention.intake.columns.column_value import noticed
from retention.intake.recognise.format_files import FOLDER
from retention.model import Finding

MOST = 20_000
LISTED = 500  # wordings shown to the owner


@cache
def rules(folder: Path = FOLDER) -> dict:
    """Return the rules by which wordings become reason codes."""
    own = folder / "reasons.toml"
    return tomllib.loads((own if own.exists() else FOLDER / "reasons.toml").read_text(encoding="utf-8"))


def reason_of(wording: str) -> str | None:
    """Return the reason code of one wording, None where it names no reason: a failed payment (a cause), or junk."""
    return _judged(wording, {})[0]


def is_failure(wording: str) -> bool:
    """Tell whether a wording says that the payment failed."""
    return any(word in _told(wording) for word in rules()["involuntary"]["words"])


def _told(wording: str) -> str:
    return " ".join(re.sub(r"[_\-]+", " ", wording.casefold()).split()).strip(" .!'\"’")


def _judged(wording: str, own: dict[str, str]) -> tuple[str | None, bool]:
    """Return the code, and whether a rule knew the wording; what the owner assigned comes before any rule."""
    told = _told(wording)
    if told in own:
        return own[told], True
    if len(re.sub(r"[\W_]", "", told)) <= 1 or told in rules()["junk"]["words"]:
        return None, True
    if is_failure(told):
        return None, True
    for code, exact in rules()["exact"].items():
        if told == code.replace("_", " ") or told in exact:
            return code, True
    for rule in rules()["contains"]:
        if re.search(rule["pattern"], told):
            return rule["code"], True
    return "other", False


def owners_words(assigned: dict[str, str]) -> dict[str, str]:
    """Return what the owner assigned as it is compared; a code that there is not is passed over."""
    return {_told(wording): code for wording, code in assigned.items() if code in rules()["exact"]}


def choices(cell: str, own: dict[str, str] | None = None) -> list[str]:
    """Return the choices in one cell: parted by ; | or line breaks, by commas where each part is known."""
    own = own or {}
    if _told(cell) in own:
        return [cell.strip()]
    parts = [part.strip() for part in re.split(r"[;|\n]+", cell) if part.strip()]
    if len(parts) == 1 and "," in cell:
        between = [part.strip() for part in cell.split(",") if part.strip()]
        if len(between) > 1 and all(_judged(part, own)[0] != "other" for part in between):
            return between
    return parts if parts and all(len(part) <= 80 for part in parts) else [cell.strip()]


def name_reasons(connection, heading: str | None, declared: bool, assigned: dict[str, str]) -> list[Finding]:
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
    own = owners_words(assigned)
    rows = [row for cell, words in cells for row in _rows(cell, words, own)]
    if rows:
        lists = [list(part) for part in zip(*rows, strict=True)]
        unnested = ", ".join(f"unnest(${number})" for number in range(1, len(lists) + 1))
        connection.execute(f"insert into wordings select {unnested}", lists)
    return _findings(connection, heading, "note" if declared else "doubtful")


def _by_wording(code: str, wording: str, own: dict[str, str]) -> tuple[str | None, bool]:
    """Judge a choice; where the file has a code and the owner's words, what is assigned to the words wins."""
    return _judged(wording, own) if _told(wording) in own else _judged(code, own)


def _rows(cell: str, words: str | None, own: dict[str, str]) -> list[tuple]:
    named = choices(cell, own)
    worded = [part.strip() for part in words.split(";")] if words else named
    if len(worded) != len(named):
        worded = named
    judged = [_by_wording(code, word, own) for code, word in zip(named, worded, strict=True)]
    failed = any(is_failure(code) for code in named)
    cause = "involuntary" if failed and all(code is None for code, _ in judged) else "voluntary"
    chosen = zip(named, worded, judged, strict=True)
    return [(cell, words, wording or name, code, cause, known) for name, wording, (code, known) in chosen]


def unmapped(connection) -> list[dict]:
    """Return the wordings that no rule knows, the most frequent first, for the owner to assign."""
    rows = connection.execute(
        f"""select left(wordings.wording, 500), count(*) from staged join wordings on wordings.cell = staged.reasons
        and wordings.words is not distinct from staged.wording
        where not wordings.known and staged.aside is null group by 1 order by count(*) desc, 1 limit {LISTED}"""
    ).fetchall()
    return [{"wording": wording, "count": count} for wording, count in rows]


def _findings(connection, heading: str, severity: str) -> list[Finding]:
    several = "aside is null and reasons in (select cell from wordings group by cell, words having count(*) > 1)"
    found = [noticed(connection, "staged", several, "reasons_several", severity, heading, "left(reasons, 80)")]
    top = unmapped(connection)
    if top:
        example = ", ".join(f"{one['wording'][:60]} ({one['count']})" for one in top[:10])
        found.append(Finding("reasons_unmapped", "note", heading, (), sum(one["count"] for one in top), example))
    return [finding for finding in found if finding]
