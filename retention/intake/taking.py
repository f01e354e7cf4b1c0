"""From a text table to canonical rows: recognised, typed, filled in; and, when all files are read, how things ended."""

from pathlib import Path

from retention.intake import settling
from retention.intake.as_of import as_of
from retention.intake.format_files import FOLDER
from retention.intake.raw import FileRequest, Finding, RawTable, ReadSettings, Report
from retention.intake.reading import Reading
from retention.intake.reasons import name_reasons
from retention.intake.recognise import Recognised, guesses, recognise
from retention.intake.small_numbers import small_findings
from retention.intake.staging import stage
from retention.intake.statements import run
from retention.intake.unusable import row_findings

PREVIEW = 10


def take(
    connection, raw: RawTable, request: FileRequest, settings: ReadSettings, import_id: int, folder: Path = FOLDER
) -> Report:
    """Read one text table into the canonical tables and report on it; takes nothing of a refused file."""
    report = Report(raw.file_name, raw.sha256, rows_read=raw.rows_read, rows_set_aside=raw.rows_set_aside)
    report.headings, report.findings = list(raw.headings), list(raw.findings)
    found = recognise(raw, request.mapping, request.kind, folder)
    if found is None:
        return _not_recognised(connection, raw, report, folder)
    report.system, report.kind = found.form.system, found.form.kind
    _addresses_in_ids(connection, found, raw)
    connection.execute("set TimeZone = 'UTC'")
    run(connection, "_fill.sql", "prepare")
    reading = Reading(connection, raw, found, settings, import_id)
    report.findings += [*found.findings, *_page_only(found, raw), *_unused(found, raw), *stage(reading)]
    if not report.refused:
        _fill(reading, report)
    return report


def settle(connection, reports: list[Report], settings: ReadSettings) -> None:
    """Derive, once all files are taken, what depends on the day of the data and on the other files."""
    settling.settle(connection, reports, settings)


def _not_recognised(connection, raw: RawTable, report: Report, folder: Path) -> Report:
    report.guesses = guesses(raw, folder)
    columns = ", ".join(f"left({column}, 200)" for column in raw.columns[:40])
    rows = connection.execute(f"select {columns} from {raw.table} order by source_row limit {PREVIEW}").fetchall()
    report.preview = [[cell or "" for cell in row] for row in rows]
    shown = ", ".join(raw.headings[:8])
    report.findings.append(Finding("columns_unknown", "refused", None, (), 0, shown[:200]))
    return report


def _page_only(found: Recognised, raw: RawTable) -> list[Finding]:
    if raw.rows_read in found.form.options.get("page_rows", ()):
        return [Finding("page_only", "doubtful", None, (), raw.rows_read, str(raw.rows_read))]
    return []


def _addresses_in_ids(connection, found: Recognised, raw: RawTable) -> None:
    """Read a column of ids that mostly holds e-mail addresses as the e-mail."""
    if "email" in found.places or "own_id" not in found.places:
        return
    column = raw.columns[found.places["own_id"][0]]
    share = f"select avg(case when contains({column}, '@') then 1 else 0 end) from {raw.table}"
    if (connection.execute(share).fetchone()[0] or 0) > 0.5:
        found.places["email"] = found.places.pop("own_id")


def _unused(found: Recognised, raw: RawTable) -> list[Finding]:
    """Say which columns are not needed: they are not stored."""
    used = {place for places in found.places.values() for place in places}
    spare = [heading for place, heading in enumerate(raw.headings) if place not in used and heading.strip()]
    if not spare:
        return []
    return [Finding("columns_unused", "note", None, (), len(spare), ", ".join(spare[:8])[:200])]


def _fill(reading: Reading, report: Report) -> None:
    connection, found, form = reading.connection, reading.found, reading.found.form
    report.findings += row_findings(reading)
    places = found.places.get("reasons", [])
    report.findings += name_reasons(connection, reading.heading(places[0]) if places else None, not form.generic)
    values = {
        "import_id": reading.import_id,
        "system": form.system,
        "currency": reading.settings.currency,
        "lapses": bool(form.options.get("lapses")),
    }
    for section in _sections(found):
        run(connection, "_fill.sql", section, **values)
    report.as_of, report.as_of_basis = as_of(connection, form.kind, report.file, reading.settings)
    kept = "select count(*) filter (where aside is null), count(aside) from staged"
    taken, aside = connection.execute(kept).fetchone()
    report.rows_taken, report.rows_set_aside = taken, report.rows_set_aside + aside
    report.findings += small_findings(connection, found, taken)
    connection.execute("drop view staged; drop table staged_rows; drop table wordings")


def _sections(found: Recognised) -> list[str]:
    kind = found.form.kind
    sections = [kind]
    if kind == "subscriptions" and found.has("email", "name", "first_name", "source", "country"):
        sections.append("members_of_subscriptions")
    if kind == "subscriptions" and found.has("reasons", "comment"):
        sections.append("answers_of_subscriptions")
    if found.has("email") and found.has("own_id"):
        sections.append("aliases")
    if found.has("reasons"):
        sections.append("answer_reasons")
    return sections
