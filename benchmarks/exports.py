"""Writes the invented site as an owner would export it: our template as CSV, and the same rows as a workbook."""

import sys
import tempfile
import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import duckdb

from benchmarks.membership import write

# One address in twenty begins with a capital, as members write them. Requests to cancel have a file of their own, as
# in sample_data/; `requested` puts them here instead.
ROWS = """
select
    subscription_id,
    case
        when hash(member_id) % 20 = 0 then upper(left(email_norm, 1)) || substr(email_norm, 2)
        else email_norm
    end as email,
    plan,
    interval_unit,
    interval_count,
    price,
    quantity,
    currency,
    status,
    status as status_raw,
    started_on,
    null as trial_ends_on,
    null as access_until,
    {requested} as cancel_requested_at,
    ended_on,
    ended_basis,
    cause,
    switched_to
from (
    select * replace (cast(started_on as date) as started_on, cast(ended_on as date) as ended_on)
    from read_parquet('{folder}/subscriptions.parquet')
) as held
join (select member_id as known, email_norm from read_parquet('{folder}/members.parquet')) on known = member_id
order by source_row
limit {rows}
"""
NOBODY = "null"
LEAVERS = "case when cause = 'voluntary' then cast(ended_on as timestamp) - interval 200 hour end"
BOOK = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(f'<Relationship Id="r{number}" Type="{LINKS}/{kind}" Target="{target}"/>' for number, (kind, target) in
              enumerate((("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"),
                         ("sharedStrings", "sharedStrings.xml")), start=1)) + "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{BOOK}" xmlns:r="{LINKS}"><sheets><sheet name="Subscriptions" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/styles.xml": f'<styleSheet xmlns="{BOOK}"><cellXfs count="3"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
}


def write_csv(site: Path, rows: int, target: Path, requested: str) -> None:
    """The first rows of the site as CSV."""
    answer = ROWS.format(folder=site, rows=rows, requested=requested)
    duckdb.connect().execute(f"copy ({answer}) to '{target}' (header, timestampformat '%Y-%m-%d %H:%M')")


def write_workbook(site: Path, rows: int, target: Path) -> None:
    """The first rows of the site as Excel keeps them: shared texts, numbers, days as numbers with a style."""
    answer = duckdb.connect().execute(ROWS.format(folder=site, rows=rows, requested=LEAVERS))
    texts: dict[str, int] = {}
    headings = tuple(column[0] for column in answer.description)
    lines = [_line(number, row, texts) for number, row in enumerate([headings, *answer.fetchall()], start=1)]
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{BOOK}">{shared}</sst>')
        archive.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{BOOK}"><dimension ref="A1:R{len(lines)}"/>'
                         f'<sheetData>{"".join(lines)}</sheetData></worksheet>')


def _line(number: int, row: tuple, texts: dict[str, int]) -> str:
    cells = (_cell(f"{chr(65 + place)}{number}", value, texts) for place, value in enumerate(row))
    return f'<row r="{number}" spans="1:{len(row)}">{"".join(cells)}</row>'


def _cell(place: str, value: object, texts: dict[str, int]) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'
    if isinstance(value, datetime):
        return f'<c r="{place}" s="2"><v>{(value - datetime(1899, 12, 30)).total_seconds() / 86400!r}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    return f'<c r="{place}"><v>{value:g}</v></c>'


if __name__ == "__main__":
    folder, subscriptions, sheet_rows = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    with tempfile.TemporaryDirectory(prefix="retention-bench-") as made:
        write(Path(made), subscriptions)
        write_csv(Path(made), subscriptions, folder / "subscriptions.csv", NOBODY)
        write_csv(Path(made), subscriptions, folder / "requests.csv", LEAVERS)
        write_workbook(Path(made), sheet_rows, folder / "subscriptions.xlsx")
