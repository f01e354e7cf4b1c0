"""Escapes text for Markdown, so that an owner's words are shown as they are and become no link."""

import re

_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")  # spaces that hold a number to its unit stay what they are
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&])")
# Streamlit makes links of addresses, icons of :names: and arrows of signs after it has taken the backslashes away. It
# looks at one run of text at a time: an empty element within ends the run, takes no room and is not copied.
_ENDS_RUN = ":small[]"
_BECOMES_MORE = re.compile(
    r"(?<=http)(?=s?:)|(?<=https)(?=:)|(?<=www)(?=\.)|(?<=[\w.+-])(?=@)|(?<=:)(?=[\w+/-]+:)|(?<=[<~>-])(?=[=>-])",
    re.IGNORECASE,
)


def escaped(value: object) -> str:
    """Text that Markdown shows letter by letter, on one line; addresses in it are no links."""
    runs = _BECOMES_MORE.split(_BREAKS.sub(" ", str(value)))
    return _ENDS_RUN.join(_MARKDOWN.sub(r"\\\1", run) for run in runs)
