"""Runs the fixed statements of the intake, read from queries/ section by section."""

import re

from retention.questions import sections


def run(connection, file: str, section: str, **values) -> None:
    """Run one section of `queries/_<file>.sql` with those of the values that it names."""
    statement = sections(file)[section]
    named = {name: value for name, value in values.items() if re.search(rf"\${name}\b", statement)}
    connection.execute(statement, named)
