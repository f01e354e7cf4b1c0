"""The statements by hand in by_hand/: what somebody would write who needs exactly this answer and no other."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "by_hand"
WITH_RANGE = "_with_range"


def statement(name: str) -> str:
    """The statement of a question; another one's name in brackets stands for that statement."""
    text = (FOLDER / f"{name.replace(' ', '_')}.sql").read_text(encoding="utf-8")
    return re.sub(r"\[([a-z_]+)\]", lambda inner: f"({statement(inner[1])})", text)


def has_range(name: str) -> bool:
    """Does the answer hold a usual range, so that there are two statements, one without and one with it?"""
    return (FOLDER / f"{name}{WITH_RANGE}.sql").exists()
