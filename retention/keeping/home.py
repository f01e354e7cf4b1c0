"""Where what is kept lies, and in which folders something was kept while this process ran."""

import os
from pathlib import Path

_WAS_ON: set[Path] = set()


def home() -> Path:
    """Return the folder that RETENTION_HOME names, else one in the owner's own."""
    return Path(os.environ.get("RETENTION_HOME") or Path.home() / ".retention-dashboard")


def note_kept(folder: Path, kept: bool) -> None:
    """Remember whether something is kept in a folder."""
    (_WAS_ON.add if kept else _WAS_ON.discard)(folder)


def is_gone(folder: Path) -> bool:
    """Return whether something was kept in a folder that is not there any more: a drive was unplugged."""
    return folder in _WAS_ON and not folder.is_dir()
