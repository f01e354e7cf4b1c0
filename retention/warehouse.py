"""One data set's DuckDB: loaded once, derived once, then sealed; every question runs on a cursor of its own."""

import tempfile
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from retention.filters import Filters
from retention.questions import foundation, question

TABLES = (
    "imports", "findings", "originals", "members", "subscriptions", "pauses", "cancellations",
    "survey_answers", "answer_reasons", "outreach", "payments",
)


@dataclass(frozen=True)
class Settings:
    """What holds for a whole data set; days are counted, `as_of` is the last day on which it is complete."""

    as_of: date | None = None
    observed_from: date | None = None
    grace_days: int = 14
    winback_days: int = 90
    memory: str = "4GB"
    threads: int = 2
    seconds: int = 60


class Warehouse:
    """The answers to all questions about one data set, from the Parquet files that the reader wrote."""

    def __init__(self, folder: Path, settings: Settings):
        """Load `folder` (one <table>.parquet per canonical table), derive spells, seal. Raises duckdb.Error."""
        self._scratch = tempfile.TemporaryDirectory(prefix="retention-")
        self._connection = duckdb.connect()
        self._lock = threading.Lock()
        self.settings = settings
        self._prepare()
        self._load(Path(folder))
        self._seal()

    def ask(self, name: str, filters: Filters | None = None) -> pd.DataFrame:
        """The answer to question `name`, a row per what its header says; raises UnknownQuestion."""
        asked = question(name)
        with self._lock:
            cursor = self._connection.cursor()
        try:
            bound = (filters or Filters()).parameters(asked.parameters)
            return cursor.execute(asked.sql, bound or None).df()
        finally:
            cursor.close()

    def close(self) -> None:
        """Forget the data: the connection and its temporary files are gone afterwards."""
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
        run(foundation("tables"))
        run(foundation("metrics"))

    def _load(self, folder: Path) -> None:
        run = self._connection.execute
        for table in TABLES:
            path = folder / f"{table}.parquet"
            if path.exists():
                run(f"insert into {table} by name select * from read_parquet(?)", [str(path)])
        as_of = self.settings.as_of or run("select max(as_of) from imports").fetchone()[0] or date.today()
        run(
            "insert into settings values (?, ?, ?, ?)",
            [as_of, self.settings.observed_from, self.settings.grace_days, self.settings.winback_days],
        )
        run(foundation("spells"))
        run(foundation("selection"))

    def _seal(self) -> None:
        run = self._connection.execute
        run(f"set max_execution_time = {self.settings.seconds * 1000}")
        run("set enable_external_access = false")
        run("set lock_configuration = true")
