"""What is kept on this computer, in one folder: the data set as canonical tables, and what the reader made."""

from retention.keeping.archive import BadArchive, opened
from retention.keeping.errors import NotKept
from retention.keeping.home import home
from retention.keeping.store import Store
from retention.keeping.tables import Kept, damaged_tables

__all__ = ["BadArchive", "Kept", "NotKept", "Store", "damaged_tables", "home", "opened"]
