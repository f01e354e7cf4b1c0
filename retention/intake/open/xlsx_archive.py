"""Look into the zip of a workbook before any reader opens it: sizes, forbidden XML, far cells, hidden rows.

calamine keeps the whole grid up to the farthest cell in memory, so one cell in the last corner asks for 549 GB.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from retention.intake import limits
from retention.intake.open.decode import Noticed
from retention.intake.open.detect import Refused

CHUNK = 1 << 20
CARRIED = 4 << 20
SMALL_PART = 4 << 20
WIDE_CELL = re.compile(rb' r="([A-Z]{2,7})\d')
NARROW_CELL = re.compile(rb' r="([A-Z])\d')  # sought in the first rows only: enough for a width below 27
DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="(?:[A-Z]+\d+:)?([A-Z]{1,7})(\d{1,10})"')
ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d{1,10})"')
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row (?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,10})"')
UNFINISHED = re.compile(
    rb'<(?:\w+:)?c (?![^>]*\bt="str")[^>]*?\br="[A-Z]+(\d{1,10})"[^>]*>'
    rb'<(?:\w+:)?f(?:/>|[ >][^<]*(?:</(?:\w+:)?f>)?)(?:<(?:\w+:)?v/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>')
FORBIDDEN = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
FIRST_ELEMENT = re.compile(rb"<[A-Za-z]")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class SheetMarks:
    """Rows of a sheet that its XML says something about beyond their values."""

    hidden: Noticed = field(default_factory=Noticed)
    unfinished: Noticed = field(default_factory=Noticed)


def check_archive(path: Path) -> zipfile.ZipFile:
    """Refuse what is no workbook, is locked, unpacks to too much, or carries XML declarations of its own."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Refused("damaged_workbook") from None
    parts = archive.infolist()
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Refused("zip_no_workbook")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("encrypted_workbook")
    if len(parts) > limits.ZIP_ENTRIES or sum(part.file_size for part in parts) > limits.UNPACKED_BYTES:
        raise Refused("workbook_too_large")
    if any(_suspicious(part) for part in parts):
        raise Refused("workbook_too_large")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and not part.filename.startswith("xl/worksheets/sheet"):
            for _ in _pieces(archive, part.filename):
                pass
    return archive


def _suspicious(part: zipfile.ZipInfo) -> bool:
    ratio = part.file_size / max(1, part.compress_size)
    return part.file_size > limits.RATIO_MATTERS_FROM and ratio > limits.UNPACK_RATIO


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The part piece by piece, refusing DOCTYPE and ENTITY before its first element, also where UTF-16 hides them."""
    prolog: bytes | None = b""
    try:
        with archive.open(name) as part:
            while piece := part.read(CHUNK):
                if prolog is not None:
                    prolog += piece
                    if b"\0" in prolog[:64] or FORBIDDEN.search(prolog):
                        raise Refused("xml_not_allowed")
                    prolog = None if FIRST_ELEMENT.search(prolog) else prolog[-16:]
                yield piece
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError):
        raise Refused("damaged_workbook") from None


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet -> its part in the zip."""
    targets = {link.get("Id"): link.get("Target", "") for link in _tree(archive, "xl/_rels/workbook.xml.rels")}
    parts = {}
    for sheet in _tree(archive, "xl/workbook.xml").iter():
        if sheet.tag.endswith("}sheet"):
            target = targets.get(sheet.get(RELATION), "")
            parts[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else str(
                PurePosixPath("xl") / target)
    return parts


def _tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    try:
        content = b"".join(_pieces(archive, name))
        if len(content) > SMALL_PART:
            raise Refused("workbook_too_large")
        return ElementTree.fromstring(content)
    except ElementTree.ParseError:
        raise Refused("damaged_workbook") from None


def look_at_sheet(archive: zipfile.ZipFile, part: str) -> Callable[[], SheetMarks]:
    """Refuse a grid that would not fit into memory; what is handed back looks for marks, beside the real reading."""
    last_row, last_column, marked = 0, 1, False
    for text in _whole_rows(archive, part):
        head = text[:4096]
        marked = marked or b'hidden="' in text or b"<f" in text or (b":row " in head and b":f" in text)
        if found := DIMENSION.search(head):
            last_row, last_column = int(found[2]), max(last_column, _column_number(found[1]))
        for letters in set(WIDE_CELL.findall(text)) | set(NARROW_CELL.findall(head)):
            last_column = max(last_column, _column_number(letters))
        if (start := text.rfind(b"row ")) > 0 and (row := ROW.match(text, text.rfind(b"<", 0, start))):
            last_row = max(last_row, int(row[1]))
    if last_row * last_column > limits.SHEET_CELLS:
        raise Refused("workbook_too_large")
    return lambda: _marks(archive, part) if marked else SheetMarks()


def _marks(archive: zipfile.ZipFile, part: str) -> SheetMarks:
    marks = SheetMarks()
    for text in _whole_rows(archive, part):
        if b'hidden="' in text:
            for row in HIDDEN_ROW.finditer(text):
                marks.hidden.add(int(row[1]))
        if b"<f" in text or (b":row " in text and b":f" in text):
            for cell in UNFINISHED.finditer(text):
                marks.unfinished.add(int(cell[1]))
    return marks


def _whole_rows(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The sheet in pieces that end where a row ends."""
    carried = b""
    for piece in _pieces(archive, part):
        text = carried + piece
        cut = text.rfind(b"row>") + 4  # </row> or </x:row>; a search for what is not there would go through all
        ready, carried = (text[:cut], text[cut:]) if cut > 3 else (b"", text[-CARRIED:])
        yield ready
    yield carried


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
