"""The fixed statements of the intake, read from queries/ section by section."""

import re
from functools import cache
from pathlib import Path

QUERIES = Path(__file__).parents[2] / "queries"


@cache
def sections(file: str) -> dict[str, str]:
    """Return name -> statement of one file in queries/."""
    parts = re.split(r"^-- section: (\w+)$", (QUERIES / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: body.strip().removesuffix(";") for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def run(connection, file: str, section: str, **values) -> None:
    """Run one section with those of the values that it names."""
    statement = sections(file)[section]
    named = {name: value for name, value in values.items() if re.search(rf"\${name}\b", statement)}
    connection.execute(statement, named)
