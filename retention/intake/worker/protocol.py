"""What crosses between the parent and the reading child, as plain JSON."""

from dataclasses import asdict, fields
from datetime import date

from retention.model import FileRequest, Finding, ReadSettings, Report

REPORTED_DAYS = ("as_of", "observed_from")


def report_to_wire(report: Report) -> dict:
    """A report as JSON can hold it."""
    days = {name: getattr(report, name) for name in REPORTED_DAYS}
    return {**asdict(report), **{name: day and day.isoformat() for name, day in days.items()}}


def report_from_wire(sent: dict) -> Report:
    """The report that was sent."""
    findings = [Finding(**{**finding, "rows": tuple(finding["rows"])}) for finding in sent["findings"]]
    return Report(**{**sent, **{name: _day(sent[name]) for name in REPORTED_DAYS}, "findings": findings})


def settings_to_wire(settings: ReadSettings) -> dict:
    """The settings as JSON can hold them."""
    return {**asdict(settings), "as_of": settings.as_of and settings.as_of.isoformat()}


def settings_from_wire(sent: dict) -> ReadSettings:
    """The settings that were sent."""
    return ReadSettings(**{**sent, "as_of": _day(sent["as_of"])})


def file_from_wire(sent: dict) -> FileRequest:
    """The file to read; its number travels beside it."""
    return FileRequest(**{field.name: sent[field.name] for field in fields(FileRequest)})


def _day(sent: str | None) -> date | None:
    return date.fromisoformat(sent) if sent else None
