"""What no column says and the file as a whole must: which of a system's lists it is, which campaign its name bears."""

import re
from pathlib import Path

from retention.intake.columns.column_context import Reading
from retention.intake.recognise.mapping_files import header_key
from retention.model import Finding

SHOWN = 3
STANDS_FOR = {"active": "active", "expired": "expired", "cancelled": "cancelled", "old": "cancelled"}
ENDS = ("end_given", "cancel_requested_at", "expires_on", "status", "last_charge_on")
EVENT = r"(?i)(^|[ _-]+)(opens?|opened|clicks?|clicked)([ _-]+|$)"


def member_list(reading: Reading) -> tuple[str | None, list[Finding]]:
    """Return which list the file is: told, proven by a column, hinted at by its name, else unknown."""
    rules = reading.found.form.options.get("lists")
    if not rules:
        return None, []
    name = reading.request.member_list or _proven(reading, rules) or _hinted(reading.raw.file_name, rules)
    if name in STANDS_FOR:
        return name, [Finding(f"list_{name}", "note")]
    return "unknown", [Finding("list_unknown", "doubtful")]


def _proven(reading: Reading, rules: dict) -> str | None:
    return next((name for name, column in rules.get("proven", {}).items() if reading.found.has(column)), None)


def _hinted(file_name: str, rules: dict) -> str | None:
    found = [name for name, pattern in rules.get("names", {}).items() if re.search(pattern, file_name.casefold())]
    return found[0] if found else None


def list_question(reading: Reading) -> dict | None:
    """Ask which list it is, showing what three rows come to under each answer; needs `staged`."""
    if reading.member_list != "unknown":
        return None
    rows = reading.connection.execute(
        f"""select source_row, cast(expires_on as varchar), subscription_id is null from staged where aside is null
        order by expires_on is null, source_row limit {SHOWN}"""
    ).fetchall()
    tells = reading.found.has("subscription_id")
    readings = {name: [_comes_to(name, day, bare and tells) for _, day, bare in rows] for name in STANDS_FOR}
    return {"about": "member_list", "column": None, "rows": [row for row, _, _ in rows], "readings": readings}


def _comes_to(name: str, day: str | None, without_subscription: bool) -> str:
    """A status code of ours, and the day on which access ends, where there is one."""
    leaving = name == "active" and day and without_subscription
    return " ".join(filter(None, ("pending_cancel" if leaving else STANDS_FOR[name], day)))


def campaign(reading: Reading) -> str | None:
    """Return the campaign that a file of opens or clicks is named after."""
    stem = re.sub(r" ?\(\d+\)$", "", Path(reading.raw.file_name).stem)
    return re.sub(EVENT, " ", stem).strip(" _-") or None


def source(reading: Reading) -> str:
    """Return what exports of one list have in common: the format and the list, for an owner's table its headings."""
    form = reading.found.form
    kind_of_list = header_key(reading.raw.headings) if form.generic else (reading.member_list or "")
    return f"{form.stem} {kind_of_list.replace('unknown', 'active')}".strip()


def holds(reading: Reading) -> str:
    """Return whom the list holds: all / today (no leavers) / today_unless_ended / no_ends (no such column) / left."""
    form = reading.found.form
    if reading.member_list in ("expired", "cancelled", "old"):
        return "left"
    if form.generic and not reading.found.has(*ENDS):
        return "no_ends"
    return form.options.get("holds", "all")


OF_FILE = {"list": lambda reading: reading.member_list, "campaign": campaign}
