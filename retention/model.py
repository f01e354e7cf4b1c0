"""What passes between the steps of reading: a file as text, a thing noticed in it, the report on it."""

from dataclasses import dataclass, field
from datetime import date

SHOWN_ROWS = 20


@dataclass(frozen=True)
class Finding:
    """One thing noticed in a file; `rows` are lines of a CSV or rows of a sheet, as the owner sees them."""

    code: str
    severity: str  # refused / doubtful / note
    column: str | None = None
    rows: tuple[int, ...] = ()
    row_count: int = 0
    example: str | None = None


@dataclass
class RawTable:
    """A file as text: table `table` in the child's DuckDB with source_row and one text column per heading."""

    file_name: str
    sha256: str
    table: str
    headings: list[str]  # as they stand in the file
    columns: list[str]  # c0, c1, … : no word of the file ever becomes SQL
    rows_read: int
    rows_set_aside: int = 0
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    findings: list[Finding] = field(default_factory=list)


@dataclass
class FileRequest:
    """One file to read: its name as the owner knows it, where its bytes lie, and the columns named by hand."""

    name: str
    path: str
    mapping: dict[str, str] | None = None  # canonical column -> heading
    kind: str | None = None  # the kind chosen by hand, with a mapping
    date_orders: dict[str, str] = field(default_factory=dict)  # heading -> day / month, where a column was asked about
    decimals: dict[str, str] = field(default_factory=dict)  # heading -> point / comma, where a column was asked about
    member_list: str | None = None  # which list of Paid Memberships Pro: active / expired / cancelled / old
    mapping_key: str | None = None  # the mapping holds only for headings with this key (mapping_files.header_key)


@dataclass
class ReadSettings:
    """What the owner was asked once and holds for all files of a data set."""

    as_of: date | None = None
    time_zone: str | None = None
    currency: str | None = None
    date_order: str | None = None  # day / month: how 01/02/2025 reads
    decimal: str | None = None  # point / comma: how 1.234 reads
    reasons: dict[str, str] = field(default_factory=dict)  # an owner's wording -> reason code, before any rule


@dataclass
class Report:
    """What was read, taken and set aside of one file, and why."""

    file: str
    sha256: str = ""
    system: str | None = None
    kind: str | None = None
    as_of: date | None = None
    as_of_basis: str | None = None
    rows_read: int = 0
    rows_taken: int = 0
    rows_set_aside: int = 0
    findings: list[Finding] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    preview: list[list[str]] = field(default_factory=list)  # first ten rows, for the mapping form
    guesses: dict[str, str] = field(default_factory=dict)  # canonical column -> heading, for the mapping form
    questions: list[dict] = field(default_factory=list)  # {about, column, rows, readings}: what only the owner knows
    unmapped: list[dict] = field(default_factory=list)  # {wording, count} of survey reasons that no rule knows
    observed_from: date | None = None

    @property
    def refused(self) -> bool:
        """Nothing of the file was taken, for a reason that one of the findings names."""
        return any(finding.severity == "refused" for finding in self.findings)
