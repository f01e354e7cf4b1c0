"""A text file becomes a table with the right lines, or is refused: encodings, escapes, quotes, titles, names."""

from itertools import count

import duckdb
import pytest

from retention.intake import limits
from retention.intake.open.open_file import open_file
from retention.model import FileRequest, Report

TIDY = "email,plan,start\na@x.org,basic,2025-01-01\nb@x.org,plus,2025-02-01\n"


@pytest.fixture
def opened(tmp_path):
    numbers = count(1)
    with duckdb.connect() as connection:
        def open_bytes(content: bytes | str, name: str = "file.csv"):
            path = tmp_path / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            raw = open_file(connection, FileRequest(name, str(path)), next(numbers))
            if isinstance(raw, Report):
                return raw, []
            columns = ", ".join(raw.columns)
            return raw, connection.execute(f"select source_row, {columns} from {raw.table} order by 1").fetchall()
        yield open_bytes


def codes(raw):
    return [(finding.code, finding.severity, finding.rows) for finding in raw.findings]


def test_a_german_file_in_utf_16_reads_its_umlauts(opened):
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        raw, rows = opened("Name;Tarif;Beitritt\r\nJürgen Groß;Förderer – 30 €;10.01.2025\r\n".encode(encoding))
        assert rows == [(2, "Jürgen Groß", "Förderer – 30 €", "10.01.2025")]
        assert (raw.encoding, raw.delimiter) == ("UTF-16", ";")
        assert codes(raw) == [("encoding_used", "note", ())]


def test_windows_1252_is_read_and_said_aloud(opened):
    raw, rows = opened("Name;Kündigung\nJürgen;„zu teuer“ – 30 €\n".encode("cp1252"))
    assert raw.headings == ["Name", "Kündigung"]
    assert rows == [(2, "Jürgen", "„zu teuer“ – 30 €")]
    assert codes(raw) == [("encoding_assumed", "note", ())]


def test_umlauts_of_windows_in_the_headings_alone_are_not_overlooked(opened):
    raw, _ = opened("Name;Kündigung\nanna;ja\n".encode("cp1252"))
    assert raw.headings == ["Name", "Kündigung"]


def test_single_bytes_of_windows_in_a_utf_8_file_are_doubtful_with_their_lines(opened):
    raw, rows = opened("name,plan\nJürgen,Förderer\n".encode() + "Jörg,basic\n".encode("cp1252"))
    assert rows == [(2, "Jürgen", "Förderer"), (3, "Jörg", "basic")]
    assert codes(raw) == [("bad_bytes", "doubtful", (3,))]


def test_backslashes_before_quotes_are_taken_off_as_wordpress_put_them_on(opened):
    raw, rows = opened('name,plan,note\n"Ben","Annual \\"Plus\\"","it\\\'s fine"\n"C:\\dir","x","y"\n')
    assert rows == [(2, "Ben", 'Annual "Plus"', "it's fine"), (3, "C:\\dir", "x", "y")]
    assert codes(raw) == [("escapes_removed", "note", ())]


def test_a_backslash_at_the_end_of_a_quoted_cell_is_just_a_backslash(opened):
    _, rows = opened('name,folder\n"a","C:\\"\n"b","D:\\"\n')
    assert rows == [(2, "a", "C:\\"), (3, "b", "D:\\")]


def test_a_quote_that_closes_only_rows_later_refuses_the_file_instead_of_losing_them(opened):
    body = "".join(f"m{row},basic,2025-01-01\n" for row in range(20))
    raw, _ = opened(f'name,plan,start\n"x,basic,2025-01-01\n{body}y,"plus",2025-01-01\n')
    assert codes(raw) == [("unclosed_quote", "refused", (2,))]


def test_a_row_with_a_misplaced_quote_is_set_aside_alone(opened):
    raw, rows = opened('name,plan\na,basic\n"b" b,basic\nc,plus\n')
    assert rows == [(2, "a", "basic"), (4, "c", "plus")]
    assert (raw.rows_read, raw.rows_set_aside) == (3, 1)
    assert codes(raw) == [("misquoted_rows", "doubtful", (3,))]


def test_inches_in_the_middle_of_a_cell_are_no_quote(opened):
    _, rows = opened('name,plan\na,5" pipe\nb,x\n')
    assert rows == [(2, "a", '5" pipe'), (3, "b", "x")]


def test_line_breaks_within_quotes_keep_the_following_lines_right(opened):
    _, rows = opened('name,note,start\r\na,"one\r\ntwo\r\n\r\nthree",x\r\nb,,y\r\n')
    assert rows == [(2, "a", "one\ntwo\n\nthree", "x"), (6, "b", None, "y")]


def test_titles_and_remarks_above_the_header_are_passed_over_with_a_note(opened):
    raw, rows = opened("Members of 2025\n\n# exported 2025-12-31\nemail,plan,start\na@x.org,basic,2025-01-01\n")
    assert rows == [(5, "a@x.org", "basic", "2025-01-01")]
    assert codes(raw) == [("lines_above_header", "note", (1, 3))]


def test_an_excel_title_padded_with_delimiters_is_no_header(opened):
    raw, rows = opened("Mitglieder;;\nname;tarif;beginn\nanna;basis;01.02.2025\n;;\nben;plus;02.02.2025\n;;\n")
    assert raw.headings == ["name", "tarif", "beginn"]
    assert [row[0] for row in rows] == [3, 5]


def test_trailing_delimiters_are_no_ragged_rows(opened):
    raw, rows = opened("name,plan\na,basic,\nb,plus,,\n")
    assert rows == [(2, "a", "basic"), (3, "b", "plus")]
    assert raw.findings == []


def test_decimal_commas_do_not_make_the_comma_a_delimiter(opened):
    raw, rows = opened("name;price\na;9,90\nb;19,90\n")
    assert (raw.delimiter, rows) == (";", [(2, "a", "9,90"), (3, "b", "19,90")])


def test_a_column_without_a_heading_is_mentioned_only_when_it_holds_something(opened):
    assert codes(opened("name,,plan\na,,basic\n")[0]) == []
    raw, _ = opened("name,,plan\na,x,basic\n")
    assert [(finding.code, finding.example) for finding in raw.findings] == [("blank_heading", "2")]


def test_a_file_without_headings_is_refused_and_its_first_member_not_eaten(opened):
    assert codes(opened("a@x.org,basic,2025-01-01\nb@x.org,plus,2025-02-01\n")[0]) == [("no_header", "refused", (1,))]


def test_headings_that_look_like_files_or_statements_stay_words(opened):
    raw, rows = opened("""email,"x') FROM read_csv('/etc/passwd') --","a""; DROP TABLE members; --"\na@x.org,1,2\n""")
    assert raw.columns == ["c0", "c1", "c2"]
    assert rows == [(2, "a@x.org", "1", "2")]


@pytest.mark.parametrize("name", [
    "'; DROP TABLE members; --.csv", "=cmd() <img src=x onerror=alert(1)>.csv", "export [1].csv", "a*b.csv", "x.csv.gz",
    "what?.csv", "{a,b}.csv"])
def test_a_hostile_file_name_opens_that_file_and_no_other(opened, tmp_path, name):
    (tmp_path / "axb.csv").write_text("email,plan,start\nother@x.org,basic,2025-01-01\n")
    _, rows = opened(TIDY, name)
    assert rows == [(2, "a@x.org", "basic", "2025-01-01"), (3, "b@x.org", "plus", "2025-02-01")]


@pytest.mark.parametrize(("content", "code"), [
    (b"", "empty_file"), (b"\n\n \n", "empty_file"), (b"\xef\xbb\xbf", "empty_file"),
    (b"hello\nworld\n", "not_a_table"),
    (b'\n {"members": []}', "json_file"), (b'[{"a": 1}]', "json_file"), (b"<!DOCTYPE html><html>", "html_file"),
    (b"\xff\xd8\xff\xe0jpeg", "binary_file"), (bytes(range(256)) * 20, "binary_file"),
    (b"PK\x03\x04broken", "damaged_workbook"),
    (b"email,plan\n", "no_rows"), (b"email,plan,start\na;b;c\n", "no_usable_rows"), (b"PAR1", "damaged_parquet")])
def test_what_holds_no_table_is_refused_for_what_it_is(opened, content, code):
    raw, _ = opened(content)
    assert [finding.code for finding in raw.findings if finding.severity == "refused"] == [code]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with duckdb.connect() as connection:
        report = open_file(connection, FileRequest("gone.csv", str(tmp_path / "gone.csv")), 1)
    assert codes(report) == [("file_missing", "refused", ())]


def test_a_huge_cell_is_cut_where_a_spreadsheet_would_and_its_neighbours_are_whole(opened):
    raw, rows = opened(f"name,note,plan\na,{'x' * 50_000},basic\nb,y,plus\n")
    assert [(line, name, len(note), plan) for line, name, note, plan in rows] == [
        (2, "a", limits.CELL_CHARACTERS, "basic"), (3, "b", 1, "plus")]
    assert codes(raw) == [("long_cells", "doubtful", (2,))]


def test_more_rows_than_the_limit_refuse_the_file(opened, monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 3)
    raw, _ = opened("name,note\n" + 'a,"x\ny"\n' * 4)
    assert codes(raw) == [("too_many_rows", "refused", ())]
    raw, _ = opened("name,note\n" + "a,x\n" * 4)
    assert codes(raw) == [("too_many_rows", "refused", ())]


def test_ten_thousand_plain_rows_and_one_with_a_line_break_keep_their_lines(opened):
    plain = [f"m{row}@x.org,basic,2025-01-01\n" for row in range(10_000)]
    _, rows = opened("email,plan,start\n" + "".join(plain))
    assert [row[0] for row in rows] == list(range(2, 10_002))
    plain[5_000] = 'm5000@x.org,"ba\nsic",2025-01-01\n'
    _, rows = opened("email,plan,start\n" + "".join(plain), "other.csv")
    assert [row[0] for row in rows] == [*range(2, 5_003), *range(5_004, 10_003)]
    assert [row[1] for row in rows] == [f"m{row}@x.org" for row in range(10_000)]
