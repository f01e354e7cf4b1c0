"""Turn the bytes of a text file into UTF-8, saying which encoding was assumed and which lines were damaged."""

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from retention.intake.open.detect import HEAD_BYTES, wide_encoding
from retention.model import SHOWN_ROWS, Finding

CHUNK = 4 << 20
STRAY = re.compile("[\udc80-\udcff]")
ESCAPED_QUOTE = re.compile(rb"\\[\"']")
# Bytes that Western European text in Windows-1252 really uses; ÿ, þ, ð and the undefined ones point to damage.
WESTERN = frozenset(range(0x80, 0xFE)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xD0, 0xDE, 0xF0}


@dataclass
class Noticed:
    """Rows that share one finding: the first of them, and how many there are."""

    rows: list[int] = field(default_factory=list)
    count: int = 0
    last: int = 0

    def add(self, row: int) -> None:
        """Count one more row, and keep its number while it can be shown; the same row twice running counts once."""
        if row == self.last:
            return
        self.last = row
        self.count += 1
        if len(self.rows) < SHOWN_ROWS:
            self.rows.append(row)

    def finding(self, code: str, severity: str = "doubtful", **seen) -> list[Finding]:
        """The finding as a list: empty when no row was noticed."""
        return [Finding(code, severity, rows=tuple(self.rows), row_count=self.count, **seen)] if self.count else []


@dataclass(frozen=True)
class Shape:
    """What one pass over the bytes can tell: how many lines, and whether anything stands in the way of a plain read."""

    lines: int
    plain: bool  # one kind of line end, no NUL, not UTF-16
    escaped_quotes: bool


@dataclass(frozen=True)
class Decoded:
    """A file in UTF-8 (the file itself where it already was), and what was noticed on the way."""

    path: Path
    encoding: str
    findings: list[Finding]


def fingerprint(path: Path) -> str:
    """The SHA-256 of the bytes; empty where there is no file."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def shape_of(path: Path) -> Shape:
    """Count lines and look for what only the careful way can read."""
    feeds = returns = pairs = 0
    nul = escaped = False
    last = b""
    for chunk in _chunks(path):
        feeds += chunk.count(b"\n")
        if b"\r" in chunk:
            returns += chunk.count(b"\r")
            pairs += chunk.count(b"\r\n")
        nul = nul or b"\0" in chunk
        escaped = escaped or (b"\\" in chunk and ESCAPED_QUOTE.search(chunk) is not None)
        last = chunk[-1:]
    uniform = returns == 0 or returns == pairs == feeds
    return Shape(feeds + (last != b"\n"), uniform and not nul, escaped)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if chunk[-1:] in (b"\r", b"\\"):
                chunk += file.read(1)
            yield chunk


def as_utf8(path: Path, folder: Path) -> Decoded:
    """Hand back the file itself when it is clean UTF-8, else a cleaned copy of it in `folder`."""
    with path.open("rb") as file:
        wide = wide_encoding(file.read(HEAD_BYTES))
    if wide:
        note = Finding("encoding_used", "note", example="UTF-16" if "16" in wide else "UTF-32")
        return _copy(path, folder, wide, "replace", note.example, [note])
    bad, multibyte, nul = _bytes_above_ascii(path)
    if not bad and not nul:
        return Decoded(path, "UTF-8", [])
    if sum(bad.values()) > multibyte and set(bad) <= WESTERN:
        note = Finding("encoding_assumed", "note", example="Windows-1252")
        return _copy(path, folder, "cp1252", "surrogateescape", "Windows-1252", [note])
    return _copy(path, folder, "utf-8-sig", "surrogateescape", "UTF-8", [])


def _bytes_above_ascii(path: Path) -> tuple[dict[int, int], int, bool]:
    """Bytes that are not UTF-8 with their counts, how many characters above ASCII are, and whether a NUL occurs."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    bad: dict[int, int] = {}
    multibyte, nul = 0, False
    for chunk in _chunks(path):
        nul = nul or b"\0" in chunk
        text = decoder.decode(chunk)
        if text.isascii():
            continue
        strays = STRAY.findall(text)
        for stray in strays:
            bad[ord(stray) - 0xDC00] = bad.get(ord(stray) - 0xDC00, 0) + 1
        multibyte += len(re.findall(r"[^\x00-\x7f]", text)) - len(strays)
    for stray in STRAY.findall(decoder.decode(b"", final=True)):
        bad[ord(stray) - 0xDC00] = bad.get(ord(stray) - 0xDC00, 0) + 1
    return bad, multibyte, nul


def _copy(path: Path, folder: Path, encoding: str, errors: str, label: str, notes: list[Finding]) -> Decoded:
    strays, nuls = Noticed(), Noticed()
    target = folder / "decoded.csv"
    damaged = re.compile("[\udc80-\udcff\ufffd]") if errors == "replace" else STRAY
    with path.open(encoding=encoding, errors=errors, newline="") as source, \
            target.open("w", encoding="utf-8", newline="") as out:
        for number, line in enumerate(source, start=1):
            if "\0" in line:
                nuls.add(number)
                line = line.replace("\0", "")
            if not line.isascii() and damaged.search(line):
                strays.add(number)
                line = STRAY.sub(_nearest, line)
            out.write(line.lstrip("\ufeff") if number == 1 else line)
    return Decoded(target, label, notes + strays.finding("bad_bytes", example=label) + nuls.finding("nul_bytes"))


def _nearest(stray: re.Match[str]) -> str:
    byte = ord(stray.group()) - 0xDC00
    return bytes([byte]).decode("cp1252") if byte in WESTERN else "\ufffd"
