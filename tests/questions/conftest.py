"""A data set typed by hand: rows of canonical tables in, a sealed warehouse out."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import duckdb
import pandas as pd
import pytest

from retention.questions import foundation
from retention.sealing import Engine
from retention.warehouse import TABLES, Forgotten, Settings, Warehouse


def subscription(member: str, start: str, end: str | None = None, **more: object) -> dict:
    """One paid monthly subscription; `more` sets any other canonical column."""
    return {
        "member_id": member, "subscription_id": f"{member}-{start}-{end}", "started_on": start, "ended_on": end,
        "plan": "Monthly", "interval_unit": "month", "interval_count": 1, "price": 10.0, "quantity": 1.0,
        "status": "cancelled" if end else "active", "cause": "voluntary" if end else None,
        "ended_basis": "exported" if end else None, **more,
    }


@cache
def _typist() -> duckdb.DuckDBPyConnection:
    """The canonical tables, empty; made once, for making them takes longer than the rows of a test."""
    connection = duckdb.connect()
    connection.execute(foundation("tables"))
    return connection


def write(folder, tables: dict[str, list[dict]]) -> None:
    """One Parquet file per canonical table that has rows, typed as queries/_tables.sql says."""
    connection = _typist()
    for table, rows in tables.items():
        assert table in TABLES
        if rows:
            places = [{} if table == "imports" else {"source_row": number} for number in range(2, len(rows) + 2)]
            given = pd.DataFrame([{"import_id": 1, **place, **row} for place, row in zip(places, rows, strict=True)],
                                 dtype=object)
            given = given.where(given.notna(), None)
            connection.execute("begin")
            connection.execute(f"insert into {table} by name select * from given")
            connection.execute(f"copy {table} to '{folder}/{table}.parquet' (format parquet)")
            connection.execute("rollback")


@pytest.fixture(scope="module")
def opened() -> Iterator[dict[str, Warehouse]]:
    """What the tests of one file have typed: the same rows are loaded once, for they are only asked."""
    warehouses: dict[str, Warehouse] = {}
    yield warehouses
    for warehouse in warehouses.values():
        warehouse.close()


@pytest.fixture
def typed(tmp_path, opened) -> Callable[..., Warehouse]:
    """typed(subscriptions=[…], answers=…, as_of="2025-12-31") -> Warehouse."""
    def make(as_of: str = "2025-12-31", grace_days: int = 14, winback_days: int = 90, observed_from: str | None = None,
             currency: str | None = None, rates: tuple[tuple[str, float], ...] = (), **tables: list[dict]) -> Warehouse:
        settings = Settings(
            as_of=date.fromisoformat(as_of), grace_days=grace_days, winback_days=winback_days,
            observed_from=date.fromisoformat(observed_from) if observed_from else None, currency=currency, rates=rates,
        )
        rows = repr((settings, sorted(tables.items())))
        if rows not in opened or not _answers(opened[rows]):
            folder = Path(mkdtemp(dir=tmp_path))
            write(folder, tables)
            opened[rows] = Warehouse(folder, settings, engine=Engine(threads=1))
        return opened[rows]

    return make


def _answers(warehouse: Warehouse) -> bool:
    """Has no test closed it?"""
    try:
        with warehouse.cursor():
            return True
    except Forgotten:
        return False
