"""Data on its way to a place that renders Markdown."""

import re

_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")  # spaces that hold a number to its unit stay what they are
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&])")


def escaped(value: object) -> str:
    """Text that Markdown shows letter by letter, on one line."""
    return _MARKDOWN.sub(r"\\\1", _BREAKS.sub(" ", str(value)))
