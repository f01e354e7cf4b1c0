"""The rules by which comments fall under themes: read from TOML, the built-in one or the reader's own."""

import tomllib
from functools import cache
from pathlib import Path

BUILT_IN = Path(__file__).resolve().parent / "themes.toml"
MOST_THEMES, MOST_WORDS, LONGEST = 60, 200, 80


class BadRules(ValueError):
    """The text is no set of rules; the message says what is wrong, in words for the reader's eyes."""


@cache
def built_in() -> str:
    """The rules that come with the dashboard, as text."""
    return BUILT_IN.read_text(encoding="utf-8")


def rules_of(text: str, language: str) -> tuple[str, ...]:
    """Each keyword with the name of its theme, theme=keyword, as $themes takes them; raises BadRules."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadRules(str(problem)) from None
    if len(tables) > MOST_THEMES:
        raise BadRules(f"> {MOST_THEMES}")
    return tuple(rule for key, table in tables.items() for rule in _of_theme(key, table, language))


def _of_theme(key: str, table: object, language: str) -> list[str]:
    words = table.get("words") if isinstance(table, dict) else None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words) or len(words) > MOST_WORDS:
        raise BadRules(f"[{key}] words = [\"…\"]")
    name = str(table.get(language) or table.get("en") or key).replace("=", " ").strip()[:LONGEST]
    return [f"{name}={word.replace('=', ' ')[:LONGEST]}" for word in words if word.strip(" *")]
