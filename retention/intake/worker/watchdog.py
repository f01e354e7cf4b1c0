"""Talk with the reading child and watch it: its time, its memory, and whether the owner still wants the answer."""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from retention.intake import limits
from retention.intake.worker.protocol import report_from_wire
from retention.model import Report

WATCH_EVERY = 0.05
OUT_OF_TIME = -24  # SIGXCPU ends a child that used up its seconds

Progress = Callable[[str, float, str], None]  # step, share done, file


class Cancelled(Exception):
    """The owner stopped the reading; nothing of it is left."""


@dataclass(frozen=True)
class Died:
    """The child ended without an answer, for the reason that a finding names."""

    code: str
    place: str | None = None


def converse(child: subprocess.Popen, request: dict, seconds: float, progress: Progress | None,
             stop: threading.Event | None) -> dict[int, Report] | Died:
    """Hand the request over and wait for the reports, or for the reason why there are none."""
    deadline = time.monotonic() + seconds
    lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(child, json.dumps(request).encode(), lines), daemon=True).start()
    while True:
        if stop and stop.is_set():
            raise Cancelled
        if time.monotonic() > deadline:
            return Died("too_slow_to_read")
        if _resident(child) > limits.RESIDENT_BYTES:
            return Died("too_large_to_read")
        try:
            line = lines.get(timeout=WATCH_EVERY)
        except queue.Empty:
            continue
        if line is None:
            return Died("too_slow_to_read" if child.wait() == OUT_OF_TIME else "reader_died")
        answer = _understood(line)
        if not isinstance(answer, dict):
            return answer if isinstance(answer, Died) else dict(answer)
        if progress:
            progress(answer["step"], answer["done"], answer["file"])


def _understood(line: bytes) -> dict | list[tuple[int, Report]] | Died:
    """A step of progress, the reports, or the child's own word on why it failed."""
    try:
        answer = json.loads(line)
    except ValueError:  # cut off in the middle of a word
        return Died("reader_died")
    if "failed" in answer:
        return Died(answer["failed"], answer["place"])
    return [(number, report_from_wire(sent)) for number, sent in answer["reports"]] if "reports" in answer else answer


def _listen(child: subprocess.Popen, request: bytes, lines: queue.SimpleQueue) -> None:
    try:
        with child.stdin:
            child.stdin.write(request)
    except OSError:
        pass  # the child died before it listened; its silence tells
    with child.stdout:
        for line in child.stdout:
            lines.put(line)
    lines.put(None)


def _resident(child: subprocess.Popen) -> int:
    try:
        return psutil.Process(child.pid).memory_info().rss
    except psutil.Error:
        return 0
