"""How the cells of one column become a value: one small reader per word that a format file may write behind `as`."""

from collections.abc import Callable
from dataclasses import replace

from retention.intake.columns import currency_signs, dates, numbers
from retention.intake.columns.clarifications import date_question, decimal_question
from retention.intake.columns.column_context import Reading
from retention.intake.columns.column_value import Typed
from retention.intake.columns.vocabulary import NO_WORD, flag, status, term, vocabulary
from retention.intake.recognise.format_files import Column, words
from retention.intake.sql import text, texts, trimmed

UNSEEN = r"[\x{00ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{feff}]"
ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#039;": "'", "&#39;": "'", "&#8217;": "’", "&#8211;": "–",
            "&#8212;": "—", "&#8220;": "“", "&#8221;": "”", "&nbsp;": " ", "&#038;": "&", "&amp;": "&"}
DATED = ("day", "moment", "expiry", "cut")


def _text(reading: Reading, column: Column, place: int) -> Typed:
    cell = reading.cell(place)
    plain = f"nullif({trimmed(cell)}, '')"
    if column.parse in ("html", "text") and reading.found.form.options.get("guard"):
        plain = f"regexp_replace({plain}, '^''([=+@-])', '\\1')"
    if column.parse == "html":
        for entity, sign in ENTITIES.items():
            plain = f"replace({plain}, {text(entity)}, {text(sign)})"
    seen = _seen(plain, cell)
    if column.name == "plan":
        few = reading.few(place)
        quiet = few is not None and not set(NO_WORD) & set(few.values())
        said = None if quiet else reading.noticed(place, _says_nothing(cell), "null_words", "note")
        return Typed(_shortest(reading, place, seen), [said] if said else [])
    return Typed(_shortest(reading, place, f"case when {_says_nothing(cell)} then null else {seen} end"))


def _shortest(reading: Reading, place: int, value: str) -> str:
    """Plans and currencies are few: where reading changes none of them, the million cells are taken as they are."""
    return reading.cell(place) if reading.stays(place, value) else value


def _says_nothing(cell: str) -> str:
    """Only what begins like one of the words, or with a blank, is looked at as a whole."""
    first = ", ".join(sorted({str(ord(letter)) for word in NO_WORD for letter in word[0] + word[0].upper()} | {"32"}))
    return f"case when ascii({cell}) in ({first}) then lower(trim({cell})) in ({texts(NO_WORD)}) else false end"


def _seen(plain: str, cell: str) -> str:
    """Take out invisible characters; most cells are plain ASCII and skip the search."""
    return f"case when {wide(cell)} then regexp_replace({plain}, {text(UNSEEN)}, '', 'g') else {plain} end"


def wide(value: str) -> str:
    """Return the condition that a text holds more than ASCII."""
    return f"strlen({value}) > length({value})"


def _words(reading: Reading, _column: Column, place: int) -> Typed:
    return Typed(_shortest(reading, place, f"nullif({trimmed(reading.cell(place))}, '')"))


def _email(reading: Reading, _column: Column, place: int) -> Typed:
    cell = reading.cell(place)
    composed = f"case when {wide(cell)} then trim(nfc_normalize({_seen(cell, cell)})) else {trimmed(cell)} end"
    return Typed(f"nullif(lower({composed}), '')")


def _date(reading: Reading, column: Column, place: int) -> Typed:
    siblings, one, table = list(reading.dated.values()), reading.dated[place], reading.raw.table
    one.told = reading.request.date_orders.get(one.heading)
    typed = dates.decide(reading.connection, table, one, siblings, reading.settings)
    moment = typed.sql
    clock = f"(hour({moment}) = 23 and minute({moment}) = 59)"
    typed.sql = {
        "moment": moment,
        "day": f"cast({moment} as date)",
        "expiry": f"cast({moment} as date) + case when {clock} then 1 else 0 end",
        "cut": f"not ({clock})",
    }[column.parse]
    if column.options.get("shared"):
        typed.findings, typed.changed = [], None
    if any(finding.code == "dates_ambiguous" for finding in typed.findings):
        reading.questions.append(date_question(reading.connection, table, one, reading.settings))
    return typed


def _number(reading: Reading, column: Column, place: int) -> Typed:
    least = 0.0 if column.parse in ("price", "cents") else None
    cell, heading = reading.cell(place), reading.heading(place)
    settings = replace(reading.settings, decimal=reading.request.decimals.get(heading, reading.settings.decimal))
    typed = numbers.decide(reading.connection, reading.raw.table, cell, heading, settings, least)
    if any(finding.code == "decimals_ambiguous" for finding in typed.findings):
        reading.questions.append(decimal_question(reading.connection, reading.raw.table, cell, heading))
    for other in column.options.get("less", ()):
        if other in reading.raw.headings:
            taken = reading.cell(reading.raw.headings.index(other))
            typed.sql = f"({typed.sql}) - coalesce(try_cast({taken} as double), 0)"
    if column.parse in ("price", "money") and not reading.found.has("currency"):
        _currency(reading, typed, place)
    whole = {"cents": f"({typed.sql}) / 100", "whole": f"cast(round({typed.sql}) as integer)"}
    typed.sql = whole.get(column.parse, typed.sql)
    return typed


def _currency(reading: Reading, typed: Typed, place: int) -> None:
    """Where the file has no column for it, the sign beside an amount tells its currency."""
    told = currency_signs.decide(
        reading.connection, reading.raw.table, reading.cell(place), reading.heading(place), reading.settings
    )
    if told and "currency" not in typed.stands_for:
        typed.stands_for["currency"], findings = told
        typed.findings = [*typed.findings, *findings]


def _tag(reading: Reading, column: Column, place: int) -> Typed:
    """A yes/no column becomes a tag of its own name; anything else is tags already."""
    flags = {*words()["flag"]["true"], *words()["flag"]["false"]}
    if not flags >= set(reading.distinct(place)):
        return _text(reading, column, place)
    return Typed(f"case when {flag(reading, column, place).sql} then {text(reading.heading(place))} end")


def _pattern(reading: Reading, column: Column, place: int) -> Typed:
    return Typed(f"nullif(regexp_extract({reading.cell(place)}, {text(column.options['pattern'])}, 1), '')")


READERS: dict[str, Callable[[Reading, Column, int], Typed]] = {
    "text": _text, "html": _text, "id": _text, "words": _words, "email": _email, "pattern": _pattern,
    "day": _date, "moment": _date, "expiry": _date, "cut": _date,
    "price": _number, "money": _number, "cents": _number, "number": _number, "whole": _number,
    "status": status, "term": term, "flag": flag, "tag": _tag,
    "cause": vocabulary("cause", keep=False), "payment_status": vocabulary("payment_status", keep=True),
    "incentive": vocabulary("incentive", keep=True), "arm": vocabulary("arm", keep=False),
}
