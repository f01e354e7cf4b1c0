"""Reads queries/: what each question asks, which columns it answers with and which parameters it takes."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from retention.filters import FIRST_DAY, LAST_DAY
from retention.paths import QUERIES

# What is there before any row, and what is made of the rows once they are loaded; each stands on those before it.
BEFORE_ROWS = ("tables", "metrics", "segments")
FROM_ROWS = (
    "spells", "presence", "feedback", "outreach", "farewells", "charges", "files", "selection", "counts", "curves",
    "reasons", "handling", "campaigns", "lists", "definitions", "tidy",
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


@cache
def sections(name: str) -> dict[str, str]:
    """Return name -> SQL of the sections of `queries/_<name>.sql`, fixed statements that are run one by one."""
    parts = re.split(r"^-- section: (\w+)$", foundation(name), flags=re.MULTILINE)
    return {section: body.strip().removesuffix(";") for section, body in zip(parts[1::2], parts[2::2], strict=True)}


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


KEY_CAST = re.compile(r"cast\(\$key\[(\d)\] as (integer|double|date)\)")
KEY_FORMS = {"integer": "[0-9]{1,9}", "double": r"[0-9]{1,9}(\.[0-9]{1,15})?", "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}"}
MOST_OF_A_KEY = 100_000  # days, months, weeks or hours


def misfit(asked: Question, key: tuple[str, ...]) -> str | None:
    """The first word of a mark's key that is not the number or the day that the question takes there."""
    for place, kind in KEY_CAST.findall(asked.sql):
        word = key[int(place) - 1] if int(place) <= len(key) else None
        if word is not None and not _fits(word, kind):
            return word
    return None


def _fits(word: str, kind: str) -> bool:
    if not re.fullmatch(KEY_FORMS[kind], word):
        return False
    if kind != "date":
        return float(word) <= MOST_OF_A_KEY
    try:
        return FIRST_DAY <= date.fromisoformat(word) <= LAST_DAY
    except ValueError:  # the 30th of February
        return False


@cache
def settings_read(name: str) -> frozenset[str]:
    """Columns of the table `settings` that a question reads, itself or by the macros and tables that it stands on."""
    pieces, met, waiting = _pieces(), set(), [question(name).sql]
    found: set[str] = set()
    while waiting:
        text = waiting.pop()
        words = set(re.findall(r"[a-z_]+", text))
        if "settings" in words:
            found |= {column for column in ("grace_days", "winback_days") if column in words}
        new = words & pieces.keys() - met
        met |= new
        waiting += [pieces[piece] for piece in new]
    return frozenset(found)


@cache
def _pieces() -> dict[str, str]:
    """The foundations' macros and tables by name, each with its SQL without remarks."""
    whole = "\n".join(re.sub(r"--.*", "", foundation(name)) for name in FROM_ROWS)
    made = re.split(r"^create (?:or replace |temporary )?(?:macro|table|view) ([a-z_]+)", whole, flags=re.MULTILINE)
    return dict(zip(made[1::2], made[2::2], strict=True))
