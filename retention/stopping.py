"""Stops what runs on DuckDB, and waits for it, before its owner or the process goes away."""

import atexit
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

LOOK_EVERY = 0.1  # seconds
SECONDS_TO_END = 8.0  # for everything that runs when the process ends


@contextmanager
def interrupted_by(stop: threading.Event | None, connection) -> Iterator[None]:
    """Interrupt the connection's statements once `stop` is set; the statement that runs then raises."""
    if stop is None:
        yield
        return
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(stop, done, connection), daemon=True)
    watch.start()
    try:
        yield
    finally:
        done.set()
        watch.join()


def _watch(stop: threading.Event, done: threading.Event, connection) -> None:
    while not done.wait(LOOK_EVERY):
        if stop.is_set():
            connection.interrupt()


class Work:
    """The work on DuckDB under way in any thread: an interpreter that ends meanwhile would abort the process."""

    def __init__(self):
        """Begin with no work."""
        self._changed = threading.Condition()
        self._stops: dict[object, threading.Event] = {}
        self._held = weakref.WeakSet()
        self._over = False

    @contextmanager
    def under_way(self, stop: threading.Event | None = None) -> Iterator[threading.Event]:
        """Some work, and the event that asks it to stop."""
        stop, one = stop or threading.Event(), object()
        with self._changed:
            self._stops[one] = stop
            if self._over:
                stop.set()
        try:
            yield stop
        finally:
            with self._changed:
                del self._stops[one]
                self._changed.notify_all()

    def hold(self, warehouse) -> None:
        """Close `warehouse`, and with it the questions that run, when the process ends."""
        self._held.add(warehouse)

    def end(self, seconds: float = SECONDS_TO_END) -> bool:
        """Stop all work and wait for it, at most so many seconds; tells whether nothing runs any more."""
        until = time.monotonic() + seconds
        with self._changed:
            self._over = True
            for stop in self._stops.values():
                stop.set()
            while self._stops and time.monotonic() < until:
                self._changed.wait(until - time.monotonic())
            ended = not self._stops
        for warehouse in list(self._held):
            warehouse.close()
        return ended


@cache
def work() -> Work:
    """The work of this process; ended before its interpreter is."""
    ours = Work()
    atexit.register(ours.end)  # runs while threads still do
    return ours
