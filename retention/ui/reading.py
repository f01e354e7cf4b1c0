"""Reads an order in a thread of its own, so that the pages stay usable meanwhile and the reading can be given up."""

import threading

from retention.dataset import DataSet, build
from retention.intake.worker.parent import Cancelled
from retention.stopping import work
from retention.ui.order import Order


class Reading:
    """One reading under way: how far it is, and in the end the data set or what went wrong."""

    def __init__(self, order: Order):
        """Start at once; nothing here touches the session, which may be gone when the reading ends."""
        self.order = order
        self.step, self.done, self.file = "start", 0.0, ""
        self.data: DataSet | None = None
        self.failure: str | None = None
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._read, name="retention-reading", daemon=True)
        self._thread.start()

    @property
    def finished(self) -> bool:
        """Is there a data set, or the word why there is none?"""
        return not self._thread.is_alive()

    def cancel(self) -> None:
        """Kill the reading child and drop whatever comes of it."""
        with self._lock:
            self._stop.set()
            if self.data:
                self.data.forget()
                self.data = None

    def wait(self, seconds: float) -> bool:
        """Give a small file its moment; tells whether the reading is over."""
        self._thread.join(seconds)
        return self.finished

    def _read(self) -> None:
        with work().under_way(self._stop):
            self._build()

    def _build(self) -> None:
        try:
            data = build(
                self.order.files, read=self.order.read, settings=self.order.settings, progress=self._tell,
                stop=self._stop,
            )
        except Cancelled:
            return
        except MemoryError:
            self.failure = "memory"
        except Exception as error:  # noqa: BLE001 - a thread has nobody to raise to; the page says it in a sentence
            self.failure = type(error).__name__
        else:
            with self._lock:
                self.data = data
                if self._stop.is_set():
                    self.data = data.forget()

    def _tell(self, step: str, done: float, file: str) -> None:
        self.step, self.done, self.file = step, min(max(done, 0.0), 1.0), file
