"""One data set's DuckDB: sealed, loaded once, derived once; every question runs on a cursor of its own."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from retention.covering import Cover
from retention.data_settings import Settings, calendar_sections
from retention.filters import Filters
from retention.masking import HIDDEN
from retention.questions import BEFORE_ROWS, FROM_ROWS, foundation, question, sections
from retention.scratch import scratch_folder
from retention.sealing import Engine, seal
from retention.stopping import interrupted_by

TABLES = (
    "imports", "findings", "originals", "members", "subscriptions", "pauses", "cancellations",
    "survey_answers", "answer_reasons", "outreach", "payments",
)


NotLoaded = duckdb.Error  # what loading raises where the tables are none that this version can read
MOST_ROWS = 60_000_000  # of one table: a file that claims more is not opened
SECONDS_TO_END = 10  # a question that is interrupted ends within milliseconds


class Stopped(Exception):
    """The owner stopped the loading; nothing of it is left."""


class Forgotten(Exception):
    """The data was forgotten, perhaps while the question ran."""


class TooSlow(Exception):
    """A question took longer than the engine allows."""


class Warehouse:
    """The answers to all questions about one data set, from the Parquet files that the reader wrote."""

    def __init__(
        self, folder: Path, settings: Settings, stop: threading.Event | None = None,
        tell: Callable[[str, float], None] | None = None, engine: Engine | None = None,
    ):
        """Seal a connection for `folder` (one <table>.parquet per canonical table), load it, derive spells.

        `tell` hears the step (deriving spells, or counting what many questions need) and the share done. Raises
        duckdb.Error, and Stopped once `stop` is set.
        """
        self._scratch = scratch_folder("retention-")
        self._connection = duckdb.connect()
        self._running: set[duckdb.DuckDBPyConnection] = set()
        self._idle = threading.Condition()
        self._forgotten = False
        self._known: Cover | None = None
        self.settings = settings
        files = {table: path for table in TABLES if (path := Path(folder).absolute() / f"{table}.parquet").is_file()}
        try:
            seal(self._connection, self._scratch.name, [str(path) for path in files.values()], engine or Engine())
            self._prepare()
            with interrupted_by(stop, self._connection):
                self._load(files, tell or (lambda _step, _share: None))
        except duckdb.InterruptException:
            self.close()
            if stop and stop.is_set():
                raise Stopped from None
            raise
        except BaseException:
            self.close()
            raise

    def ask(self, name: str, filters: Filters | None = None) -> pd.DataFrame:
        """The answer to question `name`, a row per what its header says; raises UnknownQuestion, and Forgotten."""
        asked, filters = question(name), filters or Filters()
        with self.cursor() as cursor:
            if filters.masked == "yes" and any(HIDDEN in word for word in filters.key):
                filters = replace(filters, key=self._cover(cursor).meant(filters.key, cursor))
            answer = cursor.execute(asked.sql, filters.parameters(asked.parameters) or None).df()
            return self._covered(answer, filters, cursor)

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
        except duckdb.Error as error:
            if self._forgotten:
                raise Forgotten from None
            if isinstance(error, duckdb.InterruptException):
                raise TooSlow from None
            raise
        finally:
            cursor.close()
            with self._idle:
                self._running.discard(cursor)
                self._idle.notify_all()

    def _covered(self, answer: pd.DataFrame, filters: Filters, cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
        """The one place where what members wrote is masked: comments, and in typed reasons where names are hidden."""
        if "comment" in answer and not (filters.uncovered == "yes" and filters.masked == "no"):
            one = int(filters.member[1:]) if re.fullmatch(r"#\d{1,9}", filters.member) else None
            answer = self._cover(cursor).comments(answer, one, cursor)
        if "wording" in answer and filters.masked == "yes":
            answer = self._cover(cursor).wordings(answer, cursor)
        return answer

    def _cover(self, cursor: duckdb.DuckDBPyConnection) -> Cover:
        if self._known is None:
            self._known = Cover(cursor)
        return self._known

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
        for name in BEFORE_ROWS:
            for statement in _statements(name):
                run(statement)
            if name == "metrics":  # before anything that counts by period is built on it
                for section in calendar_sections(self.settings):
                    run(sections("calendars")[section])

    def _load(self, files: dict[str, Path], tell: Callable[[str, float], None]) -> None:
        run, load = self._connection.execute, sections("load")
        for table, path in files.items():
            [rows] = run(load["rows"], {"path": str(path)}).fetchone()
            if rows > MOST_ROWS:
                raise duckdb.InvalidInputException(f"{table} has more than {MOST_ROWS} rows")
            run(load[table], {"path": str(path)})
        told, observed_from = run(load["as_of"]).fetchone()
        settings = self.settings
        run(load["settings"], {
            "as_of": settings.as_of or told or date.today(), "observed_from": settings.observed_from or observed_from,
            "grace_days": settings.grace_days, "winback_days": settings.winback_days, "currency": settings.currency,
        })
        for currency, rate in settings.rates:
            run(load["rate"], {"currency": currency, "rate": rate})
        statements = [(name, statement) for name in FROM_ROWS for statement in _statements(name)]
        for number, (name, statement) in enumerate(statements):
            tell("deriving" if name == "spells" else "counting", number / len(statements))
            run(statement)


def parse_ahead(enough: threading.Event) -> None:
    """Parse the foundations, once per process, until `enough` is set: done while something else is waited for."""
    all(not enough.is_set() and _statements(name) for name in (*BEFORE_ROWS, *FROM_ROWS))


@cache
def _statements(name: str) -> tuple[duckdb.Statement, ...]:
    """The statements of one foundation, parsed once per process; every connection executes copies of them."""
    with duckdb.connect() as parser:
        return tuple(parser.extract_statements(foundation(name)))
