"""Up to which day a file is complete, where nobody said: named in its file name, else the newest day in it."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from retention.intake.recognise.kinds import KINDS
from retention.model import ReadSettings

IN_NAME = re.compile(r"-(1[0-9]{9})(?:\s*\(\d+\))?\.\w+$")
DAYS_IN_NAME = (
    re.compile(r"(?<!\d)(?P<year>20\d\d)([-_.]?)(?P<month>\d\d)\2(?P<day>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>20\d\d)(?!\d)"),
)
# who is paid up to a later day: that day shows no day on which the file was written
OVER = {"end_given": " and status is distinct from 'pending_cancel'"}


def own_day(connection, kind: str, file_name: str, settings: ReadSettings) -> tuple[date | None, str | None]:
    """Return the day that the file itself tells, and what it rests on: file_name / newest_row."""
    newest = _newest(connection, kind)
    named = _named(file_name, settings)
    if named and date.today() >= named and (newest is None or named >= newest or IN_NAME.search(file_name)):
        return named, "file_name"
    return newest, "newest_row" if newest else None


def _named(file_name: str, settings: ReadSettings) -> date | None:
    """The seconds that MemberPress puts into the name, else a whole date."""
    if seconds := IN_NAME.search(file_name):
        moment = datetime.fromtimestamp(int(seconds[1]), UTC)
        return moment.astimezone(ZoneInfo(settings.time_zone or "UTC")).date()
    for pattern in DAYS_IN_NAME:
        if found := pattern.search(file_name):
            with suppress(ValueError):
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
    return None


def _newest(connection, kind: str) -> date | None:
    tomorrow = date.today() + timedelta(days=1)
    days = [f"max(cast({name} as date)) filter (where cast({name} as date) <= $tomorrow{OVER.get(name, '')})"
            for name in KINDS[kind].happened]
    found = connection.execute(
        f"select greatest({', '.join(days)}) from staged where aside is null", {"tomorrow": tomorrow}
    ).fetchone()[0]
    return min(found, date.today()) if found else None
