"""One file while its columns are read: what the readers of cells and rows have in common."""

from dataclasses import dataclass, field

from retention.intake.date_shapes import DateColumn
from retention.intake.raw import Finding, RawTable, ReadSettings
from retention.intake.recognise import Recognised
from retention.intake.typed import noticed


@dataclass
class Reading:
    """One file while its columns are read."""

    connection: object
    raw: RawTable
    found: Recognised
    settings: ReadSettings
    import_id: int = 0
    dated: dict[int, DateColumn] = field(default_factory=dict)

    def cell(self, place: int) -> str:
        """Return the column's name in the text table; never a word of the file."""
        return self.raw.columns[place]

    def heading(self, place: int) -> str:
        """Return the heading as it stands in the file."""
        return self.raw.headings[place]

    def distinct(self, place: int, most: int = 500) -> list[str]:
        """Return the different words of a column, lower case, at most so many."""
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
