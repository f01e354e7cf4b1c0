"""Why something could not be kept: one word for each thing that a system may say."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

REASONS = {
    errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EROFS: "read_only", errno.EACCES: "read_only",
    errno.EPERM: "read_only", errno.ENOENT: "missing", errno.ENOTDIR: "missing", errno.EFBIG: "too_large",
}


class NotKept(OSError):
    """Nothing was kept, and the old state is whole; `reason` says why, see REASONS."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def reason_of(error: OSError) -> str:
    """Return the reason that an error of the system stands for."""
    return REASONS.get(error.errno, "failed")


@contextmanager
def explained() -> Iterator[None]:
    """Tell every error of the system as NotKept."""
    try:
        yield
    except NotKept:
        raise
    except OSError as error:
        raise NotKept(reason_of(error)) from error
