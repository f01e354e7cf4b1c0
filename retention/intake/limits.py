"""How much one file may ask for before reading it is refused."""

MEBIBYTE = 1 << 20

FILE_BYTES = 1 << 30
ROWS = 20_000_000
IMPORTED_ROWS = 5_000_000  # of one table in a zip from another computer
COLUMNS = 1_000
CELL_CHARACTERS = 32_767  # what one cell of a spreadsheet holds
SHEET_CELLS = 12_000_000  # calamine keeps the whole grid: about 60 bytes a cell
UNPACKED_BYTES = 600 * MEBIBYTE
UNPACK_RATIO = 200  # real sheets shrink to a tenth, at most a fiftieth
RATIO_MATTERS_FROM = 10 * MEBIBYTE
ZIP_ENTRIES = 2_000

# A CSV of 230 MB and 1 million rows peaks at 0.45 GB resident and 1.4 GB of addresses. DuckDB spills above its
# own limit; the watchdog ends what grows past RESIDENT_BYTES; ADDRESS_BYTES stops one absurd request (calamine's
# 549 GB) before a page of it exists, and leaves room for the addresses that allocators reserve and never touch.
DUCKDB_MEMORY = "600MB"
RESIDENT_BYTES = 1 << 30
ADDRESS_BYTES = 3 << 30
THREADS = 2

SECONDS = 60
SECONDS_PER_MEBIBYTE = 0.3


def seconds_for(size: int) -> float:
    """The time that files of `size` bytes together may take: a minute, and more for what is above 50 MB."""
    return SECONDS + SECONDS_PER_MEBIBYTE * max(0, size / MEBIBYTE - 50)
