"""Temporary folders of this process; those that a killed process left behind are removed at the next start."""

import atexit
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "retention-"
ALIVE = "alive"  # a file that its process holds locked until it ends, however it ends
ABANDONED = 24 * 3600  # seconds after which a folder without such a file, of an older version, belongs to nobody
_LOCK = threading.RLock()
_OWN: dict[str, tuple[Path, FileLock]] = {}


def scratch_folder(prefix: str) -> tempfile.TemporaryDirectory:
    """Return a new temporary folder within this process's own."""
    return tempfile.TemporaryDirectory(prefix=prefix, dir=_own_folder())


def sweep() -> int:
    """Remove what processes that have ended left in the temporary folder; return how many folders there were."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if folder.is_dir() and not folder.is_symlink() and _is_ours(folder) and not _is_alive(folder):
            shutil.rmtree(folder, ignore_errors=True)
            removed += not folder.exists()
    return removed


def clear() -> None:
    """Remove this process's own folders."""
    with _LOCK:
        for folder, lock in _OWN.values():
            lock.release()
            shutil.rmtree(folder, ignore_errors=True)
        _OWN.clear()


def _own_folder() -> Path:
    """The folder of this process, made and locked when it is first needed."""
    with _LOCK:
        where = tempfile.gettempdir()
        if where not in _OWN or not _OWN[where][0].is_dir():
            if not _OWN:
                atexit.register(clear)
            sweep()
            folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
            lock = FileLock(folder / ALIVE, thread_local=False, fallback_to_soft=False)
            lock.acquire(timeout=0)
            _OWN[where] = folder, lock
        return _OWN[where][0]


def _is_ours(folder: Path) -> bool:
    """Return whether this user made the folder: another one's is not for us to remove."""
    try:
        return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    except OSError:
        return False


def _is_alive(folder: Path) -> bool:
    """Return whether the process that made the folder still runs."""
    try:
        if not (folder / ALIVE).exists():
            return time.time() - folder.stat().st_mtime < ABANDONED
        with FileLock(folder / ALIVE, timeout=0, fallback_to_soft=False):
            return False
    except (Timeout, OSError):
        return True
