"""The page frame: navigation, language, remembered filters, the session's data set, and how a figure is shown."""

from retention.ui.opening import open_page
from retention.ui.page import Page

__all__ = ["Page", "open_page"]
