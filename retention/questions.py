"""Reads queries/: what each question asks, which columns it answers with and which parameters it takes."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

QUERIES = Path(__file__).resolve().parent.parent / "queries"
# What is there before any row, and what is made of the rows once they are loaded; each stands on those before it.
BEFORE_ROWS = ("tables", "metrics", "segments")
FROM_ROWS = (
    "spells", "presence", "feedback", "outreach", "farewells", "charges", "files", "selection", "counts", "curves",
    "reasons", "handling", "campaigns", "lists", "definitions",
)


@dataclass(frozen=True)
class Question:
    """One question file: `name`.sql, its first line, the meaning of each column, its $parameters, its SQL."""

    name: str
    asks: str
    note: str
    columns: dict[str, str]
    parameters: tuple[str, ...]
    sql: str


class UnknownQuestion(LookupError):
    """No file in queries/ bears this name."""


@cache
def question(name: str) -> Question:
    """The question `name`; raises UnknownQuestion."""
    path = QUERIES / f"{name}.sql"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or not path.is_file():
        raise UnknownQuestion(name)
    return _parse(name, path.read_text(encoding="utf-8"))


@cache
def names() -> tuple[str, ...]:
    """All questions, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in QUERIES.glob("[a-z]*.sql")))


def foundation(name: str) -> str:
    """The SQL of one of the files that questions stand on: a name of BEFORE_ROWS or FROM_ROWS."""
    return (QUERIES / f"_{name}.sql").read_text(encoding="utf-8")


def _parse(name: str, text: str) -> Question:
    """Header lines begin with `--` and end at the first line that does not."""
    lines = text.splitlines()
    head = []
    for line in lines:
        if not line.startswith("--"):
            break
        head.append(line[2:].removeprefix(" "))
    sql = "\n".join(lines[len(head):]).strip().removesuffix(";")
    columns = {m[1]: m[2] for line in head if (m := re.match(r"  ([a-z_]+)  +(\S.*)$", line))}
    named = next(line for line in head if line.startswith("Parameters:"))
    note = " ".join(line for line in head[1:] if line and not line.startswith((" ", "Parameters:")))
    return Question(name, head[0], note, columns, tuple(re.findall(r"\$([a-z_]+)", named)), sql)
