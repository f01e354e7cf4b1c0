"""Data on its way to a place that renders Markdown."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&])")


def escaped(value: object) -> str:
    """Text that Markdown shows letter by letter, on one line."""
    return _MARKDOWN.sub(r"\\\1", re.sub(r"\s+", " ", str(value)))
