"""Up to which day a file is complete: asked, named in its file name, else the newest day of what happened in it."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from retention.intake.kinds import KINDS
from retention.intake.raw import ReadSettings

IN_NAME = re.compile(r"-(1[0-9]{9})(?:\s*\(\d+\))?\.\w+$")


def as_of(connection, kind: str, file_name: str, settings: ReadSettings) -> tuple[date | None, str | None]:
    """Return the day of one file and what it rests on: asked / file_name / newest_row."""
    if settings.as_of:
        return settings.as_of, "asked"
    named = IN_NAME.search(file_name)
    if named:
        moment = datetime.fromtimestamp(int(named[1]), UTC)
        return moment.astimezone(ZoneInfo(settings.time_zone or "UTC")).date(), "file_name"
    newest = _newest(connection, kind)
    return newest, "newest_row" if newest else None


def _newest(connection, kind: str) -> date | None:
    tomorrow = date.today() + timedelta(days=1)
    days = [f"max(cast({name} as date)) filter (where cast({name} as date) <= $tomorrow)"
            for name in KINDS[kind].happened]
    found = connection.execute(
        f"select greatest({', '.join(days)}) from staged where aside is null", {"tomorrow": tomorrow}
    ).fetchone()[0]
    return min(found, date.today()) if found else None
