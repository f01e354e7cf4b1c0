"""Figures taken to a meeting: frozen answers with all that is needed to draw, to explain and to rebuild them."""

from retention.meeting.slide import Slide, can_be_taken, taken

__all__ = ["Slide", "can_be_taken", "taken"]
