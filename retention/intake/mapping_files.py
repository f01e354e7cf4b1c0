"""A mapping of columns made by hand, kept as TOML and known again by the headings that it was made for."""

import hashlib
import json
import tomllib

from retention.intake.headings import normalised
from retention.intake.kinds import KINDS

PARTS = ("columns", "date_orders", "decimals")


class BadMapping(ValueError):
    """The text is no mapping; the message says what is wrong with it."""


def header_key(headings: list[str]) -> str:
    """Return by what files with the same headings are known, whatever their order, case and blanks."""
    told = sorted(normalised(heading) for heading in headings)
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]


def mapping_to_toml(
    mapping: dict[str, str], headings: list[str], kind: str = "subscriptions",
    date_orders: dict[str, str] | None = None, decimals: dict[str, str] | None = None,
) -> str:
    """Return a mapping (canonical column -> heading) as TOML, with the key of the headings that it belongs to."""
    lines = ["# Which column holds what, for files with these headings.", f'kind = "{kind}"',
             f'headings = "{header_key(headings)}"']
    for part, told in zip(PARTS, (mapping, date_orders or {}, decimals or {}), strict=True):
        if told:
            lines += ["", f"[{part}]", *(f"{_quoted(key)} = {_quoted(value)}" for key, value in told.items() if value)]
    return "\n".join(lines) + "\n"


def mapping_from_toml(text: str) -> dict[str, str]:
    """Return canonical column -> heading. Raises BadMapping."""
    return request_from_toml(text)["mapping"]


def request_from_toml(text: str) -> dict:
    """Return what a FileRequest takes: mapping, kind, mapping_key, date_orders, decimals. Raises BadMapping."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(str(error)) from None
    columns, orders, decimals = (_words(told, part) for part in PARTS)
    if not columns or told.get("kind", "subscriptions") not in KINDS:
        raise BadMapping("columns" if not columns else f"kind = {told['kind']!r}"[:80])
    if not set(orders.values()) <= {"day", "month"} or not set(decimals.values()) <= {"point", "comma"}:
        raise BadMapping("date_orders, decimals")
    key = told.get("headings")
    return {"mapping": columns, "kind": told.get("kind", "subscriptions"), "date_orders": orders, "decimals": decimals,
            "mapping_key": key if isinstance(key, str) else None}


def _words(told: dict, part: str) -> dict[str, str]:
    words = told.get(part, {})
    if not isinstance(words, dict) or not all(isinstance(value, str) for value in words.values()):
        raise BadMapping(part)
    return words


def _quoted(word: str) -> str:
    """JSON writes strings as TOML reads them, but for the one sign that TOML wants escaped too."""
    return json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")
