"""Some survey tools write two rows of headings, the options of a question under it: they become one."""

from dataclasses import replace
from itertools import accumulate

from retention.intake.recognise.headings import normalised
from retention.intake.recognise.match import Recognised
from retention.model import RawTable

APART = "without_second_headings"


def with_second_headings(connection, raw: RawTable, found: Recognised) -> RawTable:
    """Return the table with `question: option` as headings, without the row that held the options."""
    options = found.form.options
    columns = ", ".join(raw.columns)
    first, *cells = connection.execute(
        f"select source_row, {columns} from {raw.table} order by source_row limit 1"
    ).fetchone()
    named = [normalised(heading) for heading in raw.headings].index(options["second_headings"])
    if cells[named] is not None or not any(cells):
        return raw
    rest = f"select * from {raw.table} where source_row > {first}"
    connection.execute(f"create or replace temporary view {APART} as {rest}")
    findings = [finding for finding in raw.findings if finding.code != "blank_heading"]
    headings = _joined(raw.headings, cells, set(options.get("second_headings_silent", ())))
    return replace(
        raw, table=APART, headings=headings, rows_read=raw.rows_read - 1, findings=findings
    )


def _joined(above: list[str], below: list[str | None], silent: set[str]) -> list[str]:
    """Carry each question to the right over its options; the first words say what kind of answer follows, not which."""
    carried = list(accumulate(above, lambda before, here: here if here.strip() else before))
    return [
        question if not option or normalised(option) in silent else f"{question}: {option}"
        for question, option in zip(carried, below, strict=True)
    ]
