"""How a column of dates is read, decided from its own values; what stays open is asked, never guessed."""

import re

from retention.intake.columns.column_value import Typed, noticed
from retention.intake.columns.date_shapes import DAY_FIRST, SHAPES, DateColumn, nothing
from retention.intake.sql import text, texts
from retention.model import Finding, ReadSettings

TIMES = ["", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", "T%H:%M:%S", "T%H:%M", " %H:%M:%S.%f"]
PATTERNS = {
    "iso": ["%Y-%m-%d"],
    "year_slash": ["%Y/%m/%d", "%Y.%m.%d"],
    "dot": ["%d.%m.%Y"],
    "dot_short": ["%d.%m.%y"],
    "compact": ["%Y%m%d"],
    "month_first": ["%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%b. %d, %Y"],
    "day_month": ["%d %B %Y", "%d %b %Y", "%d. %B %Y", "%d-%b-%Y", "%d-%B-%Y", "%d. %b %Y"],
}
NUMERIC = {
    "serial": "timestamp '1899-12-30' + to_seconds(cast("
    "round(try_cast(replace({v}, ',', '.') as double) * 86400) as bigint))",
    "unix": "make_timestamp(try_cast({v} as bigint) * 1000000)",
    "unix_ms": "make_timestamp(try_cast({v} as bigint) * 1000)",
}
PLACEHOLDERS = ["1900-01-01", "1899-12-30", "1899-12-31", "1901-01-01", "1970-01-01", "0001-01-01", "1904-01-01"]
GERMAN = {"januar": "January", "februar": "February", "märz": "March", "mai": "May", "juni": "June", "juli": "July",
          "oktober": "October", "dezember": "December", "dez": "Dec", "okt": "Oct", "mrz": "Mar"}


def decide(connection, table: str, one: DateColumn, siblings: list[DateColumn], settings: ReadSettings) -> Typed:
    """Return the column as a TIMESTAMP in the zone of the data, with what the owner must know."""
    value = one.column if one.bare else f"trim({one.column})"
    if one.order == "both":
        return Typed("cast(null as timestamp)", [_conflict(connection, table, one)])
    order, findings = _order(connection, table, one, siblings, settings)
    told = f"try_cast({value} as timestamp)" if one.quick else moment(value, one, order, settings)
    if one.clean:
        return Typed(told)
    findings += _notes(connection, table, one, settings)
    return _without_placeholders(connection, table, one, told, findings)


def _order(connection, table, one, siblings, settings) -> tuple[str, list[Finding]]:
    if not one.ordered or one.order or one.told:
        return one.order or one.told or "day", []
    proven = {other.order for other in siblings if set(other.ordered) & set(one.ordered) and other.order}
    if len(proven) == 1 and "both" not in proven:
        return proven.pop(), []
    if settings.date_order:
        return settings.date_order, []
    value = f"trim({one.column})"
    found = noticed(connection, table, turned(one), "dates_ambiguous", "doubtful", one.heading, value)
    return "day", [found] if found else []


def turned(one: DateColumn) -> str:
    """Return the condition that a cell is another day when day and month change places."""
    shaped = " or ".join(f"regexp_matches(trim({one.column}), {text(SHAPES[shape])})" for shape in one.ordered)
    return f"({shaped}) and {_part(one) % 1} <> {_part(one) % 2}"


def _part(one: DateColumn) -> str:
    return f"try_cast(regexp_extract(trim({one.column}), '^(\\d+)[./-](\\d+)', %d) as integer)"


def _conflict(connection, table: str, one: DateColumn) -> Finding:
    part = _part(one)
    count, rows, first, second = connection.execute(
        f"""select count(*), min(source_row, 20), min(trim({one.column})) filter (where {part % 1} > 12),
        min(trim({one.column})) filter (where {part % 2} > 12) from {table}
        where {part % 1} > 12 or {part % 2} > 12"""
    ).fetchone()
    return Finding("dates_conflicting", "refused", one.heading, tuple(rows), count, f"{first} / {second}")


def moment(value: str, one: DateColumn, order: str, settings: ReadSettings) -> str:
    """Return the cell as a TIMESTAMP in the zone of the data, read day or month first."""
    patterns = [pattern for shape in one.shapes for pattern in PATTERNS.get(shape, [])]
    patterns += [_ordered(DAY_FIRST[shape], order) for shape in one.ordered]
    branches = [
        f"when regexp_matches({value}, {text(SHAPES[shape])}) then {NUMERIC[shape].format(v=value)}"
        for shape in one.shapes
        if shape in NUMERIC
    ]
    if "iso_zone" in one.shapes:
        zone = text(settings.time_zone or "UTC")
        zoned = f"timezone({zone}, try_cast(replace({value}, ' UTC', 'Z') as timestamptz))"
        branches.append(f"when regexp_matches({value}, {text(SHAPES['iso_zone'])}) then {zoned}")
    parsed = "cast(null as timestamp)"
    if patterns:
        formats = texts(pattern + time for pattern in patterns for time in TIMES)
        parsed = f"try_strptime({_plain(value, one)}, [{formats}])"
    found = f"case {' '.join(branches)} else {parsed} end" if branches else parsed
    return f"case when {nothing(value, one.empties)} then null else {found} end"


def _plain(value: str, one: DateColumn) -> str:
    """Take off what strptime does not know: Uhr, German months, a stated offset (its clock is the writer's own)."""
    plain = f"regexp_replace({value}, '( Uhr| ?(GMT|UTC)([+-][0-9:]+)?)$', '')"
    if {"month_first", "day_month"} & set(one.shapes):
        for german, english in GERMAN.items():
            plain = f"regexp_replace({plain}, '(?i)\\b{german}\\b', '{english}')"
    return plain


def _ordered(pattern: str, order: str) -> str:
    return pattern if order == "day" else re.sub("%d(.)%m", r"%m\1%d", pattern)


def _notes(connection, table: str, one: DateColumn, settings: ReadSettings) -> list[Finding]:
    shown = {
        "serial": ("dates_excel", "note"),
        "unix": ("dates_unix", "doubtful"),
        "unix_ms": ("dates_unix", "doubtful"),
        "dot_short": ("dates_short_year", "doubtful"),
        "slash_short": ("dates_short_year", "doubtful"),
        "dash_short": ("dates_short_year", "doubtful"),
    }
    findings = [_shape_finding(connection, table, one, shape, *shown[shape]) for shape in one.shapes if shape in shown]
    if "iso_zone" in one.shapes:
        findings.append(Finding("dates_zone", "note", one.heading, (), 0, settings.time_zone or "UTC"))
    return findings


def _shape_finding(connection, table: str, one: DateColumn, shape: str, code: str, severity: str) -> Finding:
    value = f"trim({one.column})"
    condition = f"regexp_matches({value}, {text(SHAPES[shape])})"
    return noticed(connection, table, condition, code, severity, one.heading, value)


def _without_placeholders(connection, table: str, one: DateColumn, moment: str, findings: list[Finding]) -> Typed:
    """Take days that stand for none (1900-01-01, 9999-12-31, 0000-00-00) out, keeping them as originals."""
    value = f"trim({one.column})"
    told = f"not ({nothing(value, one.empties)})"
    stand_in = f"""(regexp_matches({value}, '^(0000-00-00|00[./-]00[./-]0000)')
        or cast({moment} as date) in ({texts(PLACEHOLDERS)}) or {moment} >= timestamp '2900-01-01')"""
    found = noticed(connection, table, f"{told} and {stand_in}", "dates_placeholder", "doubtful", one.heading, value)
    typed = Typed(moment, [*findings, *([found] if found else [])])
    if found:
        typed.sql = f"case when {stand_in} then null else {moment} end"
        typed.changed = f"{told} and {stand_in}"
    if not one.quick:
        lost = f"{one.column} is not null and {told} and {moment} is null and not coalesce({stand_in}, false)"
        unread = noticed(connection, table, lost, "dates_unreadable", "doubtful", one.heading, f"left({value}, 40)")
        typed.findings += [unread] if unread else []
        typed.changed = " or ".join(f"({part})" for part in (typed.changed, lost if unread else None) if part) or None
    return typed
