"""The folder of an installation: read again when its files change; where that fails, its last good state stays."""

import hashlib
import threading
from collections import Counter, deque
from datetime import datetime
from pathlib import Path

from retention.data_settings import Settings
from retention.dataset import DataSet, requests, shared
from retention.intake.open.decode import fingerprint

UNUSED, MOST = 2, 4  # states that stay open: though no session looks at them; at all
REMEMBERED = 64  # addresses of former states

Stamps = tuple[tuple[str, int, int], ...]


class SharedFolder:
    """States of one folder by their content; whoever reads one that is being read already waits for it."""

    def __init__(self, folder: Path, settings: Settings):
        """Nothing is read yet."""
        self._folder, self._settings = folder, settings
        self._reading, self._lock = threading.Lock(), threading.Lock()
        self._states: dict[str, DataSet] = {}  # by content, oldest first
        self._sessions: Counter[str] = Counter()
        self._seen: tuple[Stamps | None, str] = (None, "")
        self._failed: tuple[str, str] = ("", "")  # a content that cannot be shown, and the file that is to blame
        self._former: deque[str] = deque(maxlen=REMEMBERED)

    def newest(self) -> tuple[str, DataSet]:
        """The files as they are now; the last good state where they cannot be read."""
        with self._reading:
            content = self.content()
            if content not in self._states and not (self._states and content == self._failed[0]):
                self._read(content)
            with self._lock:
                content = content if content in self._states else list(self._states)[-1]
                self._states[content] = data = self._states.pop(content)  # the newest stands last
            return content, data

    def state(self, content: str) -> DataSet | None:
        """A state that is still open."""
        return self._states.get(content)

    def content(self) -> str:
        """What the files hold: looked into only where name, size or time of one differ from the last look."""
        stamps = _stamps(self._folder)
        with self._lock:
            if stamps != self._seen[0]:
                self._seen = (stamps, _content({name: _hash(self._folder / name) for name, _, _ in stamps}))
            return self._seen[1]

    def changed_at(self) -> datetime:
        """When a file, or the list of files, changed last."""
        times = [time for _, _, time in _stamps(self._folder)]
        try:
            times.append(self._folder.stat().st_mtime_ns)
        except OSError:
            times.append(0)
        return datetime.fromtimestamp(max(times) / 1e9)

    def failure(self) -> str | None:
        """The file because of which the files as they are now cannot be shown; empty: nothing in them is usable."""
        content, file = self._failed
        return file if content and content == self._seen[1] else None

    def knew(self, address: str) -> bool:
        """Is this the fingerprint of a former state?"""
        return address in self._former

    def look(self, content: str) -> None:
        """A session looks at a state from now on."""
        with self._lock:
            self._sessions[content] += 1

    def leave(self, content: str) -> None:
        """A session does no longer."""
        with self._lock:
            self._sessions[content] -= 1
        self._close_old()

    def close(self) -> None:
        """Close every state."""
        for data in list(self._states.values()):
            data.forget()

    def _read(self, content: str) -> None:
        before = _stamps(self._folder)
        try:
            data = shared(self._folder, self._settings)
        except OSError as problem:
            if not self._states:
                raise
            self._failed = (content, Path(str(problem.filename or "")).name)
            return
        blamed = self._blamed(data, before)
        if self._states and blamed is not None:
            self._failed = (content, blamed)
            data.forget()
            return
        with self._lock:
            self._states[content] = data
            self._failed = ("", "")
            self._former.append(data.fingerprint)
        self._close_old()

    def _blamed(self, data: DataSet, before: Stamps) -> str | None:
        """The file because of which this is no good state: written while it was read, or unreadable now."""
        moving = {name for name, _, _ in set(before) ^ set(_stamps(self._folder))}
        good = {report.file for state in self._states.values() for report in state.reports if not report.refused}
        refused = [report.file for report in data.reports if report.refused and report.file in good]
        return next(iter([*sorted(moving), *refused]), None if data.usable else "")

    def _close_old(self) -> None:
        """Close the oldest states that nobody looks at, and beyond the most even those."""
        with self._lock:
            old = list(self._states)[:-1]
            idle = [content for content in old if self._sessions[content] <= 0]
            spare = idle[: max(0, len(self._states) - UNUSED)]
            rest = [content for content in old if content not in spare]
            spare += rest[: max(0, len(self._states) - len(spare) - MOST)]
            closing = [self._states.pop(content) for content in spare]
        for data in closing:
            data.forget()


def _stamps(folder: Path) -> Stamps:
    """Name, size and time of change of each readable file; none where the folder cannot be read."""
    found = []
    try:
        names = [request.name for request in requests(folder)]
    except OSError:
        return ()
    for name in names:
        try:
            about = (folder / name).stat()
        except OSError:  # gone meanwhile
            continue
        found.append((name, about.st_size, about.st_mtime_ns))
    return tuple(found)


def _hash(path: Path) -> str:
    try:
        return fingerprint(path)
    except OSError:
        return ""


def _content(hashes: dict[str, str]) -> str:
    return hashlib.sha256(repr(sorted(hashes.items())).encode()).hexdigest()
