"""Ends a server cleanly: a signal that can be caught leaves no temporary files."""

import signal
import sys


def end_well(server) -> None:
    """Let SIGTERM and SIGHUP stop the server and then the process in the ordinary way, so that it cleans up.

    uvicorn raises the signal that stopped it once more, and its default would end the process on the spot. On Windows
    there is no SIGHUP.
    """
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, server.handle_exit)
