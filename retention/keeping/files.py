"""Files that are there whole or not at all, and that only their owner reads."""

import json
import os
import uuid
from pathlib import Path


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


def write_json(path: Path, value: object) -> None:
    """The same for a JSON value."""
    write(path, json.dumps(value, ensure_ascii=False, allow_nan=False).encode())


def read_json(path: Path, default: object) -> object:
    """The value, `default` where there is no file or none that can be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return default


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
