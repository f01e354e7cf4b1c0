"""Ends what a connection is doing within a moment of its owner no longer wanting it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

LOOK_EVERY = 0.1  # seconds


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
