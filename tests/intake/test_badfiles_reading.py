"""Each bad file of the owner's collection is opened, or refused, in the words that its manifest asks for."""

import time

import duckdb
import pytest

from retention.intake.open.open_file import open_file
from retention.model import FileRequest, RawTable, Report
from retention.reporting import sentence
from retention.texts import Texts

REFUSED = {
    "008_gzip_named_csv.csv": ["gzip"],
    "010_empty_0_bytes.csv": ["empty"],
    "011_header_only.csv": ["no rows"],
    "013_png_named_csv.csv": ["not a CSV"],
    "014_json_named_csv.csv": ["JSON"],
    "015_html_table_named_xlsx.xlsx": ["HTML", "save as"],
    "018_pdf_named_csv.csv": ["PDF"],
    "024_no_header.csv": ["header"],
    "026_duplicate_header_case.csv": ["Email", "EMAIL"],
    "097_python_pickle_named_parquet.parquet": ["Parquet"],
    "103_unclosed_quote_1_9MB.csv": ["quote", "line 2"],
    "208_empty_sheet.xlsx": ["empty"],
    "211_password_protected.xlsx": ["password"],
    "212_old_xls_named_xlsx.xlsx": [".xls"],
    "213_zip_not_workbook.xlsx": ["workbook"],
    "215_billion_laughs.xlsx": ["not allowed"],
    "216_xxe_external_entity.xlsx": ["not allowed"],
    "217_zipbomb_one_cell_1GB.xlsx": ["too large"],
    "219_sparse_cell_XFD1048576.xlsx": ["too large"],
    "303_corrupt_footer.parquet": ["damaged"],
    "304_truncated.parquet": ["damaged"],
    "305_magic_only.parquet": ["damaged"],
    "307_duplicate_columns.parquet": ["email", "twice"],
    "309_bomb_200M_rows.parquet": ["200,000,000", "rows"],
    "311_zero_rows.parquet": ["no rows"],
    "312_non_utf8_strings.parquet": ["email", "text"],
}
# rows that came through, rows set aside, words of the findings
OPENED = {
    "000_control_valid.csv": (5, 0, []),
    "001_utf8_bom.csv": (5, 0, []),
    "002_utf16le_bom.csv": (5, 0, ["UTF-16"]),
    "004_cp1252_umlauts.csv": (5, 0, ["Windows-1252"]),
    "005_invalid_utf8_one_row.csv": (5, 0, ["line 4", "encoding"]),
    "006_nul_bytes.csv": (5, 0, ["line 2"]),
    "017_xlsx_named_csv.csv": (5, 0, ["Excel"]),
    "020_semicolon_decimal_comma.csv": (5, 0, []),
    "022_pipe.csv": (5, 0, []),
    "023_mixed_delimiters.csv": (3, 2, ["lines 3 and 5"]),
    "030_blank_header_cell.csv": (1, 0, ["column 2"]),
    "031_ragged_short_rows.csv": (2, 1, ["line 3"]),
    "032_ragged_unquoted_comma.csv": (2, 1, ["line 3"]),
    "034_newlines_in_quotes.csv": (2, 0, []),
    "035_cr_only_line_ends.csv": (5, 0, []),
    "036_crlf_mixed_lf.csv": (5, 0, []),
    "038_blank_lines_between.csv": (5, 0, []),
    "039_excel_sep_line.csv": (5, 0, []),
    "040_commented_lines.csv": (5, 0, []),
    "094_sql_in_headers.csv": (1, 0, []),
    "100_very_long_cell_1_5MB.csv": (2, 0, ["line 2"]),
    "102_5000_columns.csv": (1, 0, ["columns"]),
    "200_control_valid.xlsx": (5, 0, []),
    "201_data_on_second_sheet.xlsx": (5, 0, ["Members"]),
    "203_1904_date_system.xlsx": (5, 0, []),
    "204_merged_cells.xlsx": (5, 0, ["merged"]),
    "205_formulas_without_cached_values.xlsx": (5, 0, ["formula", "row 2"]),
    "207_everything_as_text.xlsx": (5, 0, []),
    "209_hidden_rows_and_sheet.xlsx": (5, 0, ["hidden", "secret", "row 3"]),
    "300_control_valid.parquet": (5, 0, []),
    "301_timestamps_with_zone.parquet": (2, 0, []),
    "308_int96_timestamps.parquet": (1, 0, []),
}
CONTROL = [
    ("anna@example.org", "basic", "2025-01-10", "2025-06-30", "too_expensive", "Too pricey", "9.9"),
    ("ben@example.org", "plus", "2025-02-01", None, None, None, "19.9"),
]


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        yield opened


def words(findings, file):
    return " ".join(sentence(Texts("en"), finding, file) for finding in findings)


def opened(connection, shared, file):
    return open_file(connection, FileRequest(file, str(shared / "badfiles" / file)), 1)


@pytest.mark.parametrize("file", REFUSED)
def test_a_file_that_holds_no_table_is_refused_in_words_within_a_second(connection, shared, file):
    started = time.monotonic()
    report = opened(connection, shared, file)
    assert time.monotonic() - started < 1 + 4 * file.startswith("103")
    assert isinstance(report, Report)
    assert report.refused
    for word in REFUSED[file]:
        assert word in words(report.findings[:1], file)


@pytest.mark.parametrize("file", OPENED)
def test_a_file_that_holds_a_table_is_opened_and_what_was_noticed_is_said(connection, shared, file):
    raw = opened(connection, shared, file)
    rows, set_aside, said = OPENED[file]
    assert isinstance(raw, RawTable)
    assert connection.execute(f"select count(*) from {raw.table}").fetchone() == (rows,)
    assert (raw.rows_read, raw.rows_set_aside) == (rows + set_aside, set_aside)
    for word in said:
        assert word in words(raw.findings, file)


@pytest.mark.parametrize("file", [
    "000_control_valid.csv", "001_utf8_bom.csv", "002_utf16le_bom.csv", "022_pipe.csv", "035_cr_only_line_ends.csv",
    "036_crlf_mixed_lf.csv", "203_1904_date_system.xlsx", "207_everything_as_text.xlsx", "300_control_valid.parquet"])
def test_the_same_members_read_the_same_from_any_dialect_and_kind_of_file(connection, shared, file):
    raw = opened(connection, shared, file)
    columns = ", ".join(raw.columns)
    rows = connection.execute(f"select {columns} from {raw.table} order by source_row limit 2").fetchall()
    assert raw.headings == ["email", "plan", "joined_at", "cancelled_at", "cancel_reason", "survey_text", "price"]
    assert [(*row[:6], row[6].removesuffix("0")) for row in rows] == CONTROL


@pytest.mark.parametrize(("file", "lines"), [
    ("000_control_valid.csv", [2, 3, 4, 5, 6]), ("023_mixed_delimiters.csv", [2, 4, 6]),
    ("034_newlines_in_quotes.csv", [2, 4]), ("038_blank_lines_between.csv", [3, 5, 7, 9, 11]),
    ("039_excel_sep_line.csv", [3, 4, 5, 6, 7]), ("040_commented_lines.csv", [3, 4, 5, 6, 7]),
    ("200_control_valid.xlsx", [2, 3, 4, 5, 6]), ("300_control_valid.parquet", [1, 2, 3, 4, 5])])
def test_every_row_knows_the_line_where_the_owner_finds_it(connection, shared, file, lines):
    raw = opened(connection, shared, file)
    numbers = connection.execute(f"select source_row from {raw.table} order by 1").fetchall()
    assert [number for (number,) in numbers] == lines


def test_moments_with_a_zone_keep_saying_so(connection, shared):
    raw = opened(connection, shared, "301_timestamps_with_zone.parquet")
    assert connection.execute(f"select c2 from {raw.table} order by 1").fetchall() == [
        ("2025-01-31T23:30:00Z",), ("2025-02-01T00:30:00Z",)]


def test_every_export_of_the_owner_is_read_whole(connection, shared):
    for number, path in enumerate(sorted((shared / "exports").glob("*.csv"))):
        raw = open_file(connection, FileRequest(path.name, str(path)), number)
        assert isinstance(raw, RawTable), path.name
        assert raw.rows_set_aside == 0, path.name
        assert raw.findings == [], path.name
