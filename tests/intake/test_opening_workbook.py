"""A workbook is looked into before a reader opens it, and its table read as Excel shows it."""

import zipfile

import duckdb
import pytest

from retention.intake.open.open_file import open_file
from retention.model import FileRequest, Report

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
STYLES = (f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/>'
          "</cellXfs></styleSheet>")
def text(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


HEADER = f'<row r="1">{text("A1", "email")}{text("B1", "start")}</row>'


def relations(links: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}relationships">{links}</Relationships>'


def workbook(path, sheets: dict[str, str], states: dict[str, str] | None = None, extra: dict[str, str] | None = None):
    """Write a workbook whose sheets hold the given rows as XML."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" state="{(states or {}).get(name, "visible")}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, 1))
    links = "".join(f'<Relationship Id="rId{number}" Type="{LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
                    for number in range(1, len(sheets) + 1))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types"/>',
        "_rels/.rels": relations(f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            links + f'<Relationship Id="rId99" Type="{LINKS}/styles" Target="styles.xml"/>'),
        "xl/styles.xml": STYLES, **(extra or {})}
    for number, rows in enumerate(sheets.values(), 1):
        parts.setdefault(f"xl/worksheets/sheet{number}.xml",
                         f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def opened():
    with duckdb.connect() as connection:
        def open_path(path):
            raw = open_file(connection, FileRequest(path.name, str(path)), 1)
            if isinstance(raw, Report):
                return raw, []
            columns = ", ".join(raw.columns)
            return raw, connection.execute(f"select source_row, {columns} from {raw.table} order by 1").fetchall()
        yield open_path


def codes(raw):
    return [(finding.code, finding.severity, finding.rows) for finding in raw.findings]


def test_days_moments_numbers_and_truths_become_plain_text(opened, tmp_path):
    cells = ('<c r="A2"><v>12345</v></c><c r="B2" s="1"><v>45667</v></c><c r="C2" s="2"><v>45667.75</v></c>'
             '<c r="D2"><v>9.9</v></c><c r="E2" t="b"><v>1</v></c><c r="F2" t="inlineStr"><is><t>007</t></is></c>')
    header = "".join(text(f"{letter}1", f"h{letter}") for letter in "ABCDEF")
    _, rows = opened(workbook(tmp_path / "a.xlsx", {"S": f'<row r="1">{header}</row><row r="2">{cells}</row>'}))
    assert rows == [(2, "12345", "2025-01-10", "2025-01-10 18:00:00", "9.9", "TRUE", "007")]


def test_rows_keep_their_numbers_below_titles_and_gaps(opened, tmp_path):
    rows = (f'<row r="2">{text("B2", "Members of 2025")}</row>'
            f'<row r="4">{text("B4", "email")}{text("C4", "start")}</row>'
            f'<row r="5">{text("B5", "a@x.org")}{text("C5", "2025-01-01")}</row>'
            f'<row r="9">{text("B9", "b@x.org")}{text("C9", "2025-02-01")}</row>')
    raw, read = opened(workbook(tmp_path / "a.xlsx", {"S": rows}))
    assert read == [(5, "a@x.org", "2025-01-01"), (9, "b@x.org", "2025-02-01")]
    assert codes(raw) == [("header_found_below", "note", (4,))]


def test_a_sheet_of_values_without_headings_is_refused(opened, tmp_path):
    rows = "".join(f'<row r="{row}">{text(f"A{row}", "a@x.org")}{text(f"B{row}", "2025-01-01")}</row>'
                   for row in (1, 2))
    assert codes(opened(workbook(tmp_path / "a.xlsx", {"S": rows}))[0]) == [("no_header", "refused", (1,))]


def test_a_workbook_whose_only_table_is_hidden_is_refused_as_empty(opened, tmp_path):
    rows = HEADER + f'<row r="2">{text("A2", "a@x.org")}{text("B2", "2025-01-01")}</row>'
    path = workbook(tmp_path / "a.xlsx", {"Shown": "", "Kept": rows}, {"Kept": "veryHidden"})
    assert codes(opened(path)[0]) == [("empty_sheet", "refused", ())]


@pytest.mark.parametrize("formula", ["<f>A1</f>", "<f>A1</f><v></v>", "<f>A1</f><v/>", '<f t="shared" si="0"/>'])
def test_a_formula_that_was_never_calculated_is_doubtful_with_its_row(opened, tmp_path, formula):
    rows = HEADER + f'<row r="2">{text("A2", "a@x.org")}<c r="B2">{formula}</c></row>'
    raw, read = opened(workbook(tmp_path / "a.xlsx", {"S": rows}))
    assert read == [(2, "a@x.org", None)]
    assert codes(raw) == [("formula_without_value", "doubtful", (2,))]


@pytest.mark.parametrize("result", ["<f>A1</f><v>45667</v>", '<f t="shared" si="0"/><v>45667</v>'])
def test_a_formula_with_its_result_is_a_value_like_any_other(opened, tmp_path, result):
    rows = HEADER + f'<row r="2">{text("A2", "a@x.org")}<c r="B2" s="1">{result}</c></row>'
    raw, read = opened(workbook(tmp_path / "a.xlsx", {"S": rows}))
    assert (read, raw.findings) == ([(2, "a@x.org", "2025-01-10")], [])


@pytest.mark.parametrize("far", [
    '<dimension ref="A1:XFD1048576"/>', f'<dimension ref="A1:B2"/><!-- --> {" " * 10}'])
def test_a_cell_in_the_last_corner_is_refused_whether_the_dimension_admits_it_or_not(opened, tmp_path, far):
    corner = f'<row r="1048576">{text("XFD1048576", "x")}</row>'
    sheet = f'<worksheet xmlns="{MAIN}">{far}<sheetData>{HEADER}{corner}</sheetData></worksheet>'
    path = workbook(tmp_path / "a.xlsx", {"S": ""}, extra={"xl/worksheets/sheet1.xml": sheet})
    assert codes(opened(path)[0]) == [("workbook_too_large", "refused", ())]


@pytest.mark.parametrize("part", [
    "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_xml_declaration_of_its_own_is_not_allowed_in_any_part(opened, tmp_path, part, encoding):
    evil = f'<?xml version="1.0"?>{" " * 3000}<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
    path = workbook(tmp_path / "a.xlsx", {"S": HEADER}, extra={part: evil.encode(encoding)})
    assert codes(opened(path)[0]) == [("xml_not_allowed", "refused", ())]


def test_a_workbook_cut_in_half_or_with_broken_parts_is_damaged(opened, tmp_path):
    whole = workbook(tmp_path / "a.xlsx", {"S": HEADER + f'<row r="2">{text("A2", "a@x.org")}</row>'}).read_bytes()
    (tmp_path / "half.xlsx").write_bytes(whole[:len(whole) // 2])
    assert codes(opened(tmp_path / "half.xlsx")[0]) == [("damaged_workbook", "refused", ())]
    broken = workbook(tmp_path / "b.xlsx", {"S": HEADER}, extra={"xl/workbook.xml": "<workbook><sheets>"})
    assert codes(opened(broken)[0]) == [("damaged_workbook", "refused", ())]


def test_a_zip_bomb_is_refused_by_its_sizes_before_it_is_unpacked(opened, tmp_path):
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>{"a" * 30_000_000}'
    path = workbook(tmp_path / "a.xlsx", {"S": ""}, extra={"xl/worksheets/sheet1.xml": sheet})
    assert codes(opened(path)[0]) == [("workbook_too_large", "refused", ())]


def test_the_owners_own_workbook_reads_like_its_csv(opened, shared):
    raw, rows = opened(shared / "exports" / "memberpress_members.xlsx")
    assert (len(rows), rows[0][:5]) == (36, (2, "1273", "ada.brandt", "ada.brandt@example.com", "Brandt, Ada"))
    assert raw.findings == []
