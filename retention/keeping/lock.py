"""One process writes to a folder; a second one reads only. A crash releases the lock."""

import errno
import os
import threading
from pathlib import Path

from filelock import FileLock, Timeout

NAME = "lock"
_GUARD = threading.Lock()
_HELD: dict[Path, tuple[FileLock, tuple[int, int]]] = {}


def hold(folder: Path) -> bool:
    """Return whether this process may write to the folder; it keeps that right until it ends or releases it.

    Raises OSError where there is no such folder, or no file can be made in it.
    """
    with _GUARD:
        if not folder.is_dir():  # the lock would make it
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
        if _holds(folder):
            return True
        if folder in _HELD:  # the file or the folder was removed and made again, perhaps by another process
            _HELD.pop(folder)[0].release()
        lock = FileLock(folder / NAME, thread_local=False, mode=0o600, fallback_to_soft=False, preserve_lock_file=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        _HELD[folder] = lock, _identity(folder)
        return True


def is_held(folder: Path) -> bool:
    """Return whether this process holds the folder already."""
    with _GUARD:
        return _holds(folder)


def release(folder: Path) -> None:
    """Let another process write, and remove the lock's file."""
    with _GUARD:
        if folder in _HELD:
            if _holds(folder):
                (folder / NAME).unlink(missing_ok=True)
            _HELD.pop(folder)[0].release()


def _holds(folder: Path) -> bool:
    """Is the file that this process locked still the one that others would lock?"""
    return folder in _HELD and _HELD[folder][1] == _identity(folder)


def _identity(folder: Path) -> tuple[int, int]:
    try:
        found = (folder / NAME).stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino
