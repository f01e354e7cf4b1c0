"""The page frame: navigation, language, remembered filters, the session's data set, and how a figure is shown."""

from retention.ui.page import Page, open_page

__all__ = ["Page", "open_page"]
