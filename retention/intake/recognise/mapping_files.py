"""A mapping of columns made by hand, kept as TOML and known again by the headings that it was made for."""

import hashlib
import json
import tomllib
from typing import Literal

import msgspec

from retention.intake.recognise.headings import normalised
from retention.intake.recognise.kinds import KINDS

PARTS = ("columns", "date_orders", "decimals")


MOST_CHARACTERS = 200_000


class BadMapping(ValueError):
    """The text is no mapping; the message says what is wrong with it."""


class Mapping(msgspec.Struct):
    """A mapping file; every value is checked by type."""

    columns: dict[str, str] = {}
    kind: str = "subscriptions"
    headings: str | None = None
    date_orders: dict[str, Literal["day", "month"]] = {}
    decimals: dict[str, Literal["point", "comma"]] = {}


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
    if len(text) > MOST_CHARACTERS:
        raise BadMapping("size")
    try:
        told = msgspec.convert(tomllib.loads(text), Mapping)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise BadMapping(str(error)[:200]) from None
    if not told.columns or told.kind not in KINDS:
        raise BadMapping("columns" if not told.columns else f"kind = {told.kind!r}"[:80])
    return {"mapping": told.columns, "kind": told.kind, "date_orders": told.date_orders, "decimals": told.decimals,
            "mapping_key": told.headings}


def _quoted(word: str) -> str:
    """JSON writes strings as TOML reads them, but for the one sign that TOML wants escaped too."""
    return json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")
