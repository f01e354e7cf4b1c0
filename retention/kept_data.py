"""A data set on its way into the folder of what is kept, and back."""

import json
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path

from pyarrow import parquet

from retention.dataset import DataSet
from retention.intake.raw import Finding, ReadSettings, Report
from retention.keeping.store import Store
from retention.warehouse import TABLES, NotLoaded, Settings, Warehouse


def keep(data: DataSet, store: Store) -> None:
    """Keep the data set's tables; the files that it came from are not kept."""
    about = {
        "fingerprint": data.fingerprint, "usable": data.usable,
        "reports": [asdict(replace(report, preview=[], guesses={}, questions=[])) for report in data.reports],
        "read": asdict(data.read), "settings": asdict(data.settings),
    }
    store.keep_data(lambda folder: _write_tables(data.warehouse, folder), json.loads(json.dumps(about, default=str)))


def kept(store: Store) -> DataSet | None:
    """The data set that is kept, None where there is none that this version can read."""
    folder, about = store.data(), store.about()
    if folder is None:
        return None
    try:
        read, settings = _as(ReadSettings, about["read"]), _as(Settings, about["settings"])
        reports = tuple(
            _as(Report, {**one, "findings": [_as(Finding, found) for found in one["findings"]]})
            for one in about["reports"]
        )
        warehouse = Warehouse(folder, settings)
        return DataSet("kept", str(about["fingerprint"]), reports, read, settings, warehouse, bool(about["usable"]))
    except (KeyError, TypeError, ValueError, NotLoaded):
        return None


def _as(kind: type, values: dict):
    """The dataclass of JSON values: days as days, lists as tuples where it holds tuples."""
    known = {field.name: field for field in fields(kind)}
    told = {name: value for name, value in values.items() if name in known}
    for name, value in told.items():
        if value is not None and "date |" in str(known[name].type):
            told[name] = date.fromisoformat(value[:10])
        elif isinstance(value, list) and str(known[name].type).startswith("tuple"):
            told[name] = tuple(tuple(one) if isinstance(one, list) else one for one in value)
    return kind(**told)


def _write_tables(warehouse: Warehouse, folder: Path) -> None:
    """One <table>.parquet per canonical table, as the reader wrote them; raises Forgotten."""
    for table in TABLES:
        with warehouse.cursor() as cursor:
            rows = cursor.sql(f"select * from {table}").to_arrow_table()
        parquet.write_table(rows, folder / f"{table}.parquet")
