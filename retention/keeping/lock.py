"""One process writes to a folder; a second one reads only. A crash releases the lock."""

import errno
import os
import threading
from pathlib import Path

from filelock import FileLock, Timeout

NAME = "lock"
_GUARD = threading.Lock()
_HELD: dict[Path, FileLock] = {}


def hold(folder: Path) -> bool:
    """Return whether this process may write to the folder; it keeps that right until it ends or releases it.

    Raises OSError where no file can be made in the folder.
    """
    with _GUARD:
        if not folder.is_dir():  # the lock would make it
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
        held = _HELD.get(folder)
        if held and (folder / NAME).exists():
            return True
        if held:  # the folder was removed and made again
            held.release()
            del _HELD[folder]
        lock = FileLock(folder / NAME, thread_local=False, mode=0o600, fallback_to_soft=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        _HELD[folder] = lock
        return True


def is_held(folder: Path) -> bool:
    """Return whether this process holds the folder already."""
    with _GUARD:
        return folder in _HELD and (folder / NAME).exists()


def release(folder: Path) -> None:
    """Let another process write, and remove the lock's file."""
    with _GUARD:
        held = _HELD.pop(folder, None)
        if held:
            (folder / NAME).unlink(missing_ok=True)
            held.release()
