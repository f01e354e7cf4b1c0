"""One file while its columns are read: what the readers of cells and rows have in common."""

from dataclasses import dataclass, field

from retention.intake.columns.column_value import noticed
from retention.intake.columns.date_shapes import DateColumn
from retention.intake.recognise.match import Recognised
from retention.model import FileRequest, Finding, RawTable, ReadSettings

FEW = 500  # different cells; a column with more of them is read cell by cell
LOOKED_AT = 10_000  # rows, enough to see that there are more


@dataclass
class Reading:
    """One file while its columns are read."""

    connection: object
    raw: RawTable
    found: Recognised
    settings: ReadSettings
    request: FileRequest
    import_id: int = 0
    member_list: str | None = None  # which of a system's lists this is: active / expired / cancelled / old / unknown
    questions: list[dict] = field(default_factory=list)
    dated: dict[int, DateColumn] = field(default_factory=dict)
    listed: dict[int, dict[str, str] | None] = field(default_factory=dict)

    def cell(self, place: int) -> str:
        """Return the column's name in the text table; never a word of the file."""
        return self.raw.columns[place]

    def heading(self, place: int) -> str:
        """Return the heading as it stands in the file."""
        return self.raw.headings[place]

    def few(self, place: int) -> dict[str, str] | None:
        """Return the different cells of a column, each with its word in lower case; None where they are many."""
        if place not in self.listed:
            cell, table, run = self.cell(place), self.raw.table, self.connection.execute
            looked = f"select count(distinct {cell}) from (select {cell} from {table} limit {LOOKED_AT})"
            different = f"select distinct {cell} from {table} where {cell} is not null limit {FEW + 1}"
            worded = f"select {cell}, lower(trim({cell})) from ({different}) order by {cell}"
            rows = run(worded).fetchall() if run(looked).fetchone()[0] <= FEW else None
            self.listed[place] = dict(rows) if rows is not None and len(rows) <= FEW else None
        return self.listed[place]

    def stays(self, place: int, value: str) -> bool:
        """Tell whether the cells are few and reading them as `value` changes none."""
        if (few := self.few(place)) is None:
            return False
        cells = f"(select unnest(cast($cells as varchar[])) as {self.cell(place)})"
        changed = f"select 1 from {cells} where {value} is distinct from {self.cell(place)} limit 1"
        return self.connection.execute(changed, {"cells": list(few)}).fetchone() is None

    def distinct(self, place: int, most: int = FEW) -> list[str]:
        """Return the different words of a column, lower case, at most so many."""
        if (few := self.few(place)) is not None:
            return sorted(set(few.values()))[:most]
        cell = self.cell(place)
        rows = self.connection.execute(
            f"""select distinct lower(trim({cell})) as v from {self.raw.table}
            where {cell} is not null order by v limit {most}"""
        ).fetchall()
        return [row[0] for row in rows]

    def noticed(self, place: int, condition: str, code: str, severity: str) -> Finding | None:
        """Return a finding on the cells of a column that meet a condition, with some of them as the example."""
        cell = self.cell(place)
        return noticed(self.connection, self.raw.table, condition, code, severity, self.heading(place), cell)
