"""Whatever a tidy table is written as, it is read back the same or refused or set aside with a reason."""

import csv
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

pytest.importorskip("hypothesis", reason="needs tests/requirements.txt (hypothesis)")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention.intake.open.open_file import open_file
from retention.model import FileRequest, RawTable

HEADINGS = ["E-Mail", "plan", "Beitritt am", "price", "Bemerkung", "x y z"]
WESTERN = "abcXYZ 019 äöüßé€–„“.,;:|\t/-_@#'\"()<>=+&%\n"
ANY = WESTERN + "日本語🙂\u200b\u202e\u2028\x0b\\"


@dataclass(frozen=True)
class Dialect:
    """One way to write a table."""

    delimiter: str
    line_end: str
    encoding: str
    quoting: int
    above: str

    def write(self, rows: list[list[str]]) -> bytes:
        """The table as a file of this dialect; line breaks within cells follow the line ends, as in Excel."""
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=self.delimiter, lineterminator="\n", quoting=self.quoting).writerows(rows)
        return (self.above + out.getvalue()).replace("\n", self.line_end).encode(self.encoding)


dialects = st.builds(
    Dialect, delimiter=st.sampled_from(",;\t|"), line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    above=st.sampled_from(["", "Our members\n", "# exported by site\n\n", "\n\n"]))


@st.composite
def tables(draw, characters: str):
    width = draw(st.integers(2, len(HEADINGS)))
    cell = st.text(characters, max_size=12)
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=8))
    return [HEADINGS[:width], *[[f"m{number}", *row[1:]] for number, row in enumerate(rows)]]


def read(content: bytes):
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / "file.csv"
        path.write_bytes(content)
        raw = open_file(connection, FileRequest("file.csv", str(path)), 1)
        if not isinstance(raw, RawTable):
            return raw, []
        rows = connection.execute(f"select {', '.join(raw.columns)} from {raw.table} order by source_row").fetchall()
        return raw, [[cell or "" for cell in row] for row in rows]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dialect=dialects, table=st.one_of(tables(WESTERN), tables(ANY)))
def test_a_tidy_table_in_any_dialect_is_read_back_the_same_or_a_reason_is_given(dialect, table):
    try:
        content = dialect.write(table)
    except UnicodeEncodeError:
        return
    raw, rows = read(content)
    if raw.findings and any(finding.severity != "note" for finding in raw.findings):
        return
    assert raw.headings == table[0]
    if "escapes_removed" in [finding.code for finding in raw.findings]:  # said, where \' alone can be read two ways
        table = [[cell.replace("\\'", "'").replace("\\\\", "\\") for cell in row] for row in table]
    assert rows == table[1:]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(delimiter=st.sampled_from(",;\t|"), line_end=st.sampled_from(["\n", "\r\n"]),
       table=tables("abc 019 äöü.,;-@'\"\n"))
def test_a_table_with_every_quote_behind_a_backslash_is_read_back_the_same_or_a_reason_is_given(
        delimiter, line_end, table):
    written = line_end.join(
        delimiter.join('"' + cell.replace("'", "\\'").replace('"', '\\"') + '"' for cell in row) for row in table)
    raw, rows = read(written.encode())
    if raw.findings and any(finding.severity != "note" for finding in raw.findings):
        return
    assert rows == table[1:]


@settings(max_examples=40, deadline=None)
@given(dialect=dialects, seats=st.lists(st.integers(1, 99), min_size=2, max_size=30))
def test_plain_cells_are_always_read_back_and_never_refused(dialect, seats):
    rows_written = [[f"m{number}@x.org", "basic", str(one)] for number, one in enumerate(seats)]
    table = [["member", "plan", "seats"], *rows_written]
    raw, rows = read(dialect.write(table))
    assert isinstance(raw, RawTable)
    assert rows == rows_written
    assert [finding for finding in raw.findings if finding.severity != "note"] == []
