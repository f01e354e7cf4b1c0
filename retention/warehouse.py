"""One data set's DuckDB: loaded once, derived once, then sealed; every question runs on a cursor of its own."""

import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from retention.data_settings import Settings, own_calendar
from retention.filters import Filters
from retention.masking import Masker
from retention.questions import BEFORE_ROWS, FROM_ROWS, foundation, question
from retention.stopping import interrupted_by

TABLES = (
    "imports", "findings", "originals", "members", "subscriptions", "pauses", "cancellations",
    "survey_answers", "answer_reasons", "outreach", "payments",
)


NotLoaded = duckdb.Error  # what loading raises where the tables are none that this version can read
SECONDS_TO_END = 10  # a question that is interrupted ends within milliseconds


class Stopped(Exception):
    """The owner stopped the loading; nothing of it is left."""


class Forgotten(Exception):
    """The data was forgotten, perhaps while the question ran."""


class Warehouse:
    """The answers to all questions about one data set, from the Parquet files that the reader wrote."""

    def __init__(
        self, folder: Path, settings: Settings, stop: threading.Event | None = None,
        tell: Callable[[str, float], None] | None = None,
    ):
        """Load `folder` (one <table>.parquet per canonical table), derive spells, seal.

        `tell` hears the step (deriving spells, or counting what many questions need) and the share done. Raises
        duckdb.Error, and Stopped once `stop` is set.
        """
        self._scratch = tempfile.TemporaryDirectory(prefix="retention-")
        self._connection = duckdb.connect()
        self._running: set[duckdb.DuckDBPyConnection] = set()
        self._idle = threading.Condition()
        self._forgotten = False
        self._masker: Masker | None = None
        self.settings = settings
        self._prepare()
        try:
            with interrupted_by(stop, self._connection):
                self._load(Path(folder), tell or (lambda _step, _share: None))
        except duckdb.InterruptException:
            self.close()
            raise Stopped from None
        self._seal()

    def ask(self, name: str, filters: Filters | None = None) -> pd.DataFrame:
        """The answer to question `name`, a row per what its header says; raises UnknownQuestion, and Forgotten."""
        asked = question(name)
        with self.cursor() as cursor:
            bound = (filters or Filters()).parameters(asked.parameters)
            answer = cursor.execute(asked.sql, bound or None).df()
            return self._covered(answer, filters or Filters(), cursor)

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One cursor for one question; whoever closes the warehouse interrupts it and waits for its end."""
        with self._idle:
            if self._forgotten:
                raise Forgotten
            cursor = self._connection.cursor()
            self._running.add(cursor)
        try:
            yield cursor
        except duckdb.Error:
            if self._forgotten:
                raise Forgotten from None
            raise
        finally:
            cursor.close()
            with self._idle:
                self._running.discard(cursor)
                self._idle.notify_all()

    def _covered(self, answer: pd.DataFrame, filters: Filters, cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
        """The one place where comments are masked: nobody is asked for one who does not pass here."""
        if "comment" not in answer or filters.uncovered == "yes" and filters.masked == "no":
            return answer
        if self._masker is None:
            self._masker = Masker(name for name, in cursor.execute("select first_name from first_names()").fetchall())
        one = int(filters.member[1:]) if re.fullmatch(r"#\d{1,9}", filters.member) else None
        writers = answer["member"] if "member" in answer else pd.Series([one] * len(answer), dtype="Int64")
        names = cursor.execute("select member, name from names_of(?)", [writers.dropna().unique().tolist()]).fetchall()
        own = map(dict(names).get, writers)
        written = zip(answer["comment"], own, strict=True)
        return answer.assign(comment=[self._masker.masked(comment, name) for comment, name in written])

    def close(self) -> None:
        """Forget the data: the connection and its temporary files are gone afterwards, questions that run are ended."""
        with self._idle:
            self._forgotten = True
            until = time.monotonic() + SECONDS_TO_END
            while self._running and time.monotonic() < until:
                for cursor in self._running:
                    cursor.interrupt()  # lost on one that has not begun: it is told again
                self._idle.wait(0.05)
        self._connection.close()
        self._scratch.cleanup()

    def _prepare(self) -> None:
        run = self._connection.execute
        run(f"set temp_directory = '{self._scratch.name}'")
        run(f"set memory_limit = '{self.settings.memory}'")
        run(f"set threads = {self.settings.threads}")
        run("set autoinstall_known_extensions = false")
        run("set autoload_known_extensions = false")
        run("set allow_community_extensions = false")
        run("set python_enable_replacements = false")
        for name in BEFORE_ROWS:
            for statement in _statements(name):
                run(statement)
            if name == "metrics" and (own := own_calendar(self.settings)):
                run(own)  # before anything that counts by period is built on it

    def _load(self, folder: Path, tell: Callable[[str, float], None]) -> None:
        run = self._connection.execute
        for table in TABLES:
            path = folder / f"{table}.parquet"
            if path.exists():
                run(f"insert into {table} by name select * from read_parquet(?)", [str(path)])
        told, observed_from = run(
            """select coalesce(max(as_of) filter (kind = 'subscriptions'), max(as_of)),
            max(observed_from) filter (kind = 'subscriptions') from imports"""
        ).fetchone()
        as_of = self.settings.as_of or told or date.today()
        run(
            "insert into settings values (?, ?, ?, ?, ?)",
            [as_of, self.settings.observed_from or observed_from, self.settings.grace_days, self.settings.winback_days,
             self.settings.currency],
        )
        for currency, rate in self.settings.rates:
            run("insert into rates values (?, ?)", [currency, rate])
        statements = [(name, statement) for name in FROM_ROWS for statement in _statements(name)]
        for number, (name, statement) in enumerate(statements):
            tell("deriving" if name == "spells" else "counting", number / len(statements))
            run(statement)
        for view, in run("select view_name from duckdb_views() where temporary and not internal").fetchall():
            run(f'drop view "{view}"')
        for table, in run("select table_name from duckdb_tables() where temporary").fetchall():
            run(f'drop table "{table}"')  # steps on the way to spells, as large as what came of them

    def _seal(self) -> None:
        run = self._connection.execute
        run(f"set max_execution_time = {self.settings.seconds * 1000}")
        run("set enable_external_access = false")
        run("set lock_configuration = true")


def parse_ahead(enough: threading.Event) -> None:
    """Parse the foundations, once per process, until `enough` is set: done while something else is waited for."""
    all(not enough.is_set() and _statements(name) for name in (*BEFORE_ROWS, *FROM_ROWS))


@cache
def _statements(name: str) -> tuple[duckdb.Statement, ...]:
    """The statements of one foundation, parsed once per process; every connection executes copies of them."""
    with duckdb.connect() as parser:
        return tuple(parser.extract_statements(foundation(name)))
