"""How a column of amounts is written: which sign is the decimal one, decided from the column's own values."""

import math
from dataclasses import dataclass

from retention.intake.columns.column_value import Typed, noticed
from retention.intake.sql import text, trimmed
from retention.model import Finding, ReadSettings

# Codes and abbreviations of currencies that may stand beside an amount.
CODES = "eur|euro|usd|gbp|chf|sfr|aud|cad|nzd|sek|nok|dkk|pln|czk|huf|jpy"
DRESS = rf"[\s'’ \x{{00a0}}\x{{202f}}€$£¥]|(?i)\b({CODES}|us|au|ca|nz|a|c|fr|kr|zł|kč|ft)\b\.?"
THREE = r"^[-+]?[1-9]\d{0,2}[.,]\d{3}$"
POINT = r"^[-+]?(\d+\.(\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})$"
COMMA = r"^[-+]?(\d+,(\d{1,2}|\d{4,})|0,\d+|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})$"


@dataclass
class Evidence:
    """What the distinct values of a column say about their decimal sign."""

    point: int
    comma: int
    open: int  # 1.234 or 1,234: one thousand or one and a bit


def decide(connection, table: str, column: str, heading: str, settings: ReadSettings, least: float | None) -> Typed:
    """Return the column as DOUBLE; values below `least`, infinite or unreadable become NULL and are named."""
    value = trimmed(column)
    total, plain, lowest, evidence = _look(connection, table, value)
    if total == plain and not evidence.open and not evidence.comma:
        number, findings = f"try_cast({value} as double)", []
        if total == 0 or (lowest is not None and (least is None or lowest >= least)):
            return Typed(number)
    else:
        number, findings = _separated(connection, table, value, heading, evidence, settings)
    unread = f"{value} is not null and lower({value}) not in ('null', 'n/a', 'na', '-', 'none')"
    usable = f"isfinite({number})" + ("" if least is None else f" and {number} >= {least}")
    bad = f"{unread} and coalesce(not ({usable}), {number} is null)"
    if evidence.open and not (evidence.point or evidence.comma or settings.decimal):
        bad = f"({bad}) and not regexp_matches({_bare(value)}, {text(THREE)})"
    found = noticed(connection, table, bad, "number_unusable", "doubtful", heading, f"left({value}, 40)")
    changed = f"{unread} and not coalesce({usable}, false)" if found or findings else None
    return Typed(f"case when {usable} then {number} end", [*findings, *([found] if found else [])], changed)


def _bare(value: str) -> str:
    """The cell without currency and blanks; bookkeepers' (12.00) and 12.00- are negative."""
    undressed = f"regexp_replace({value}, {text(DRESS)}, '', 'g')"
    return f"regexp_replace({undressed}, '^(?:\\((.+)\\)|(.*\\d)-)$', '-\\1\\2')"


def _look(connection, table: str, value: str) -> tuple[int, int, float | None, Evidence]:
    bare = _bare("v")
    total, plain, lowest, highest, *counts = connection.execute(
        f"""select count(v), count(try_cast(v as double)), min(try_cast(v as double)), max(try_cast(v as double)),
        count(*) filter (regexp_matches({bare}, {text(POINT)})),
        count(*) filter (regexp_matches({bare}, {text(COMMA)})), count(*) filter (regexp_matches({bare}, {text(THREE)}))
        from (select distinct {value} as v from {table})"""
    ).fetchone()
    finite = lowest is not None and math.isfinite(lowest) and math.isfinite(highest)
    return total, plain, lowest if finite else None, Evidence(*counts)


def with_point(value: str) -> str:
    """Return the cell as a number whose decimal sign is a point."""
    return f"try_cast(replace({_bare(value)}, ',', '') as double)"


def with_comma(value: str) -> str:
    """Return the cell as a number whose decimal sign is a comma."""
    return f"try_cast(replace(replace({_bare(value)}, '.', ''), ',', '.') as double)"


def either_way(value: str) -> str:
    """Return the condition that a cell can be a thousand or a number with decimals."""
    return f"regexp_matches({_bare(value)}, {text(THREE)})"


def _separated(connection, table, value, heading, evidence: Evidence, settings) -> tuple[str, list[Finding]]:
    bare = _bare(value)
    point, comma = with_point(value), with_comma(value)
    if evidence.point and evidence.comma:
        by_comma = f"regexp_matches({bare}, {text(COMMA)})"
        found = noticed(connection, table, by_comma, "decimals_mixed", "doubtful", heading, value)
        return f"case when {by_comma} then {comma} else {point} end", [found]
    if evidence.point or evidence.comma:
        return (comma if evidence.comma else point), []
    if evidence.open and settings.decimal is None:
        either = either_way(value)
        found = noticed(connection, table, either, "decimals_ambiguous", "doubtful", heading, value)
        return f"case when not {either} then {point} end", [found]
    return (comma if settings.decimal == "comma" else point), []
