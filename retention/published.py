"""Rates that others published: a CSV with definition and source, drawn only where a chart measures the same."""

import csv
import io
from dataclasses import dataclass, fields
from pathlib import Path

from retention.filters import DEFINITIONS, GRAINS

SHIPPED = Path(__file__).with_name("published.csv")
MOST = 50  # rows


@dataclass(frozen=True)
class Published:
    """One rate: which definition of DEFINITIONS it follows, per which grain, in percent, called what, from where."""

    definition: str
    grain: str
    percent: float
    label: str
    source: str
    url: str = ""
    year: str = ""


COLUMNS = tuple(field.name for field in fields(Published))


class BadPublished(ValueError):
    """A row cannot be used; `line` counts from the heading, `column` says where, `value` what stands there."""

    def __init__(self, line: int, column: str, value: str):
        super().__init__(f"line {line}: {column}={value}")
        self.line, self.column, self.value = line, column, value


def read(text: str) -> tuple[Published, ...]:
    """The rows of a CSV with the columns of COLUMNS (url and year may lack); raises BadPublished."""
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), dialect=_dialect(text))
    rows = [{name: (row.get(name) or "").strip() for name in COLUMNS} for row in lines]
    return checked(row for row in rows if any(row.values()))


def checked(rows) -> tuple[Published, ...]:
    """Rows of text by column as values; raises BadPublished for what is no rate, has no source or no definition."""
    found = []
    for line, row in enumerate(rows, 2):
        for column, known in (("definition", DEFINITIONS), ("grain", GRAINS)):
            if row[column] not in known:
                raise BadPublished(line, column, row[column])
        for column in ("label", "source"):
            if not row[column]:
                raise BadPublished(line, column, "")
        if row["url"] and not row["url"].startswith(("https://", "http://")):
            raise BadPublished(line, "url", row["url"])
        found.append(Published(**row | {"percent": _percent(line, row["percent"])}))
    if len(found) > MOST:
        raise BadPublished(MOST + 2, "label", found[MOST].label)
    return tuple(found)


def shipped() -> tuple[Published, ...]:
    """What comes with the dashboard."""
    return read(SHIPPED.read_text(encoding="utf-8"))


def _percent(line: int, value: object) -> float:
    try:
        number = float(str(value).replace(",", "."))
    except ValueError:
        raise BadPublished(line, "percent", str(value)) from None
    if not 0 <= number <= 100:
        raise BadPublished(line, "percent", str(value))
    return number


def _dialect(text: str) -> type[csv.Dialect]:
    heading = text.splitlines()[0] if text.strip() else ""
    return type("Written", (csv.excel,), {"delimiter": ";" if heading.count(";") > heading.count(",") else ","})
