"""The only place where a word of a format file becomes part of a statement."""

import re

NAME = re.compile(r"^[a-z][a-z0-9_]*$")


def name(word: str) -> str:
    """Return a column or table name, quoted; refuses anything but our own plain names."""
    if not NAME.match(word):
        raise ValueError(f"not a plain column name: {word!r}")
    return f'"{word}"'


def text(value: str) -> str:
    """Return a string literal."""
    return "'" + value.replace("'", "''") + "'"


def texts(values) -> str:
    """Return a list of string literals for IN or a list argument."""
    return ", ".join(text(value) for value in values)


def trimmed(cell: str) -> str:
    """Return the cell without blanks around it; most cells hold none, and are not copied."""
    return f"case when contains({cell}, ' ') then trim({cell}) else {cell} end"


def literal(value: object) -> str:
    """Return a value of a format file as SQL."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else text(str(value))
