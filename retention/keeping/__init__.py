"""What is kept on this computer, in one folder: the data set as canonical tables, and what the reader made."""

from retention.keeping.archive import BadArchive
from retention.keeping.store import Store, home

__all__ = ["BadArchive", "Store", "home"]
