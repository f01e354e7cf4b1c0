"""How a command ends: quietly where its reader, or whoever started it, has had enough."""

import os
import sys
from collections.abc import Callable

from retention.cli.common import refuse
from retention.texts import Texts

READER_GONE, INTERRUPTED = 141, 130  # as a shell counts SIGPIPE and SIGINT


def code_of(run: Callable[[], int], texts: Texts) -> int:
    """Run a command and return its exit code; `| head` and Ctrl-C end it without a word."""
    _open_streams()
    try:
        try:
            return run()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return READER_GONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as problem:
        if not _output_fails():
            raise
        _drop_output()
        return refuse(texts("cli.report.not_written", file="stdout", why=problem.strerror or str(problem)))


def _open_streams() -> None:
    """A stream that was closed before the start leads nowhere; its number must not become that of another file."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115


def _output_fails() -> bool:
    """Was it the output that could not be written, to a full disk for instance? Then it fails again."""
    try:
        os.write(sys.stdout.fileno(), b"\n")
    except OSError:
        return True
    return False


def _drop_output() -> None:
    """What is still to be written goes nowhere, else the interpreter complains about it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
