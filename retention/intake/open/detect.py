"""What the bytes of a file are, whatever its name says, and the refusal of those that hold no table."""

import re
from collections.abc import Iterable
from pathlib import Path

from retention.intake import limits
from retention.model import Finding

HEAD_BYTES = 64 * 1024
MAGIC = (
    (b"\x1f\x8b", "gzip_file"),
    (b"%PDF-", "pdf_file"),
    (b"\x89PNG", "binary_file"),
    (b"\xff\xd8\xff", "binary_file"),
    (b"GIF8", "binary_file"),
    (b"BZh", "binary_file"),
    (b"\xfd7zXZ", "binary_file"),
    (b"7z\xbc\xaf", "binary_file"),
    (b"Rar!", "binary_file"),
    (b"\x28\xb5\x2f\xfd", "binary_file"),
    (b"SQLite format 3", "binary_file"),
    (b"{\\rtf", "binary_file"),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_CONTROLS = bytes({7, 8, 9, 10, 11, 12, 13, 27})
CONTROLS = bytes(set(range(32)) - set(TEXT_CONTROLS))


class Refused(Exception):
    """A file that cannot be read, with the finding that says why."""

    def __init__(self, code: str, *, others: Iterable[Finding] = (), **seen):
        super().__init__(code)
        self.finding = Finding(code, "refused", **seen)
        self.others = list(others)


def kind_of(path: Path, name: str) -> str:
    """Say `text`, `workbook` or `parquet`, or refuse with the reason."""
    if not path.is_file():
        raise Refused("file_missing")
    size = path.stat().st_size
    if size == 0:
        raise Refused("empty_file")
    if size > limits.FILE_BYTES:
        raise Refused("file_too_large", row_count=size)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return _by_magic(path, name, head) or _text(head)


def _by_magic(path: Path, name: str, head: bytes) -> str | None:
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return "workbook"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(OLD_OFFICE):
        raise Refused(_old_office(path))
    for magic, code in MAGIC:
        if head.startswith(magic):
            raise Refused(code)
    if name.casefold().endswith((".parquet", ".pq")):
        raise Refused("not_parquet")
    return None


def _old_office(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(32 * limits.MEBIBYTE)
    return "encrypted_workbook" if "EncryptedPackage".encode("utf-16-le") in content else "old_xls"


def _text(head: bytes) -> str:
    if wide_encoding(head) is None and _binary(head):
        raise Refused("binary_file")
    start = head.decode(wide_encoding(head) or "utf-8", errors="replace").lstrip("\ufeff \t\r\n").casefold()
    if not start.strip("\0"):
        raise Refused("empty_file")
    if re.match(r"<!doctype html|<html|<table|<head|<body|<meta|<div", start):
        raise Refused("html_file")
    if start.startswith("<?xml"):
        raise Refused("html_file" if "<html" in start[:1000] or "<table" in start else "xml_file")
    if re.match(r'\{\s*("|\}|$)|\[\s*(\{|\[|"[^"]*"\s*,\s*["\[{]|\]|$)', start):
        raise Refused("json_file")
    return "text"


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32, by its mark or by the zero bytes that Latin text in it has on every other place."""
    for mark, encoding in ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
                           (b"\xfe\xff", "utf-16")):
        if head.startswith(mark):
            return encoding
    even, odd = head[0::2], head[1::2]
    if len(odd) < 4:
        return None
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _binary(head: bytes) -> bool:
    """More than one byte in fifty is a control character that no text holds; a stray NUL in a cell is not enough."""
    controls = len(head) - len(head.translate(None, delete=CONTROLS))
    return controls > max(2, len(head) / 50)
