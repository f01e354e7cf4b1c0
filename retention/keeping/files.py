"""Files that are there whole or not at all, that only their owner reads, and whose damage is noticed."""

import errno
import hashlib
import json
import math
import os
import uuid
from pathlib import Path

MARK = b"retention 2 sha256 "  # begins a checked file: then the checksum of all that follows, and a line end
HEAD = len(MARK) + 64 + 1
MOST_BYTES = 32 << 20  # of a file that is written or read whole
MOST_PARTS = 2_000_000  # of a JSON value: brackets and commas, each of which may become an object


class Damaged(ValueError):
    """The file is not what was written; `path` says which."""

    def __init__(self, path: Path):
        super().__init__(path.name)
        self.path = path


def write(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file; a kill at any moment leaves the old one or the new one."""
    new = path.with_name(f".{path.name}.{uuid.uuid4().hex}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    settle(path.parent)


def write_checked(path: Path, value: object) -> None:
    """Write a JSON value with its checksum, in the same way; raises OSError (EFBIG: too large to be read again)."""
    body = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    if len(body) > MOST_BYTES - HEAD:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    write(path, MARK + hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def read_checked(path: Path) -> object:
    """Return the value that `write_checked` wrote; raises Damaged, and OSError where there is no such file."""
    content = content_of(path)
    head, body = content[:HEAD], content[HEAD:]
    if head != MARK + hashlib.sha256(body).hexdigest().encode() + b"\n":
        raise Damaged(path)
    return value_of(body, path)


def content_of(path: Path) -> bytes:
    """Return the bytes of a file that is read whole; raises Damaged where it is too large."""
    with path.open("rb") as source:
        content = source.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Damaged(path)
    return content


def value_of(body: bytes, path: Path) -> object:
    """Return the JSON value; raises Damaged."""
    try:
        return parsed(body)
    except (ValueError, RecursionError):
        raise Damaged(path) from None


def parsed(body: bytes) -> object:
    """Return a JSON value that can be shown and written again; raises ValueError and RecursionError.

    NaN, infinity and half characters are none, nor is a value of so many parts that it would fill the memory.
    """
    if sum(body.count(sign) for sign in b"[{,") > MOST_PARTS:
        raise ValueError("too many parts")
    value = json.loads(body.decode("utf-8"), parse_constant=_no_number, parse_float=_finite)
    json.dumps(value, ensure_ascii=False).encode()
    return value


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


def _no_number(text: str) -> float:
    raise ValueError(text)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def settle(folder: Path) -> None:
    """Have the folder's entries written to the disk; where the system has no such thing, nothing happens."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
