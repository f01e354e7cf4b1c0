"""What the TOML files in formats/ say: which file is whose, and which column holds what."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "formats"
NOT_FORMATS = {"words.toml", "reasons.toml"}
SECTIONS = {"signature", "columns", "status", "rules", "options"}


@dataclass(frozen=True)
class Column:
    """One canonical (or deriving) column: the headings that may hold it, how to read it."""

    name: str
    headings: tuple[str, ...] = ()
    parse: str = "text"
    options: dict = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Format:
    """One kind of file of one system, as its TOML declares it."""

    system: str
    kind: str
    rank: int
    signature: dict = field(hash=False)
    columns: tuple[Column, ...] = ()
    status: dict = field(default_factory=dict, hash=False)
    rules: tuple = field(default=(), hash=False)
    options: dict = field(default_factory=dict, hash=False)
    stem: str = ""

    @property
    def generic(self) -> bool:
        """Headings are an owner's, not a system's: a heading then serves one column only."""
        return self.options.get("generic", False)

    def heading_words(self, name: str) -> tuple[str, ...]:
        """Return the headings that the format knows for a canonical column."""
        return next((column.headings for column in self.columns if column.name == name), ())


@cache
def words(folder: Path = FOLDER) -> dict:
    """Return the shared vocabulary: usual headings, status words, terms, flags, words for nothing."""
    own = folder / "words.toml"
    return tomllib.loads((own if own.exists() else FOLDER / "words.toml").read_text(encoding="utf-8"))


@cache
def formats(folder: Path = FOLDER) -> tuple[Format, ...]:
    """Return all formats in the order in which they are tried: the most particular signature first."""
    paths = [path for path in sorted(folder.glob("*.toml")) if path.name not in NOT_FORMATS]
    return tuple(sorted((load(path) for path in paths), key=lambda one: (one.rank, one.system, one.kind)))


def load(path: Path) -> Format:
    """Read one format file."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    signature = told.get("signature", {})
    options = {key: value for key, value in told.items() if key not in SECTIONS}
    options.update(told.get("options", {}))
    return Format(
        system=told["system"],
        kind=told["kind"],
        rank=told.get("rank", 1000 - 10 * len(signature.get("required", ()))),
        signature=signature,
        columns=tuple(_column(name, spec) for name, spec in told.get("columns", {}).items()),
        status=_statuses(told.get("status", {})),
        rules=tuple(told.get("rules", ())),
        options=options,
        stem=path.stem,
    )


def _column(name: str, spec: dict) -> Column:
    headings: list[str] = []
    for entry in spec.get("from", ()):
        headings.extend(words()["headings"][entry[1:]] if entry.startswith("$") else [entry])
    options = {key: value for key, value in spec.items() if key not in ("from", "as")}
    return Column(name, tuple(headings), spec.get("as", "text"), options)


def _statuses(told: dict) -> dict[str, str]:
    shared = words()["status"] if told.get("usual") else {}
    return {**shared, **{raw.casefold(): status for raw, status in told.items() if raw != "usual"}}
