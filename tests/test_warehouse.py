"""The warehouse is sealed: what an SQL statement could try, it cannot do."""

import threading
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from retention.data_settings import Settings
from retention.filters import Filters
from retention.questions import FROM_ROWS
from retention.sealing import Engine
from retention.warehouse import Forgotten, TooSlow, Warehouse
from tests.questions.conftest import opened, subscription, typed, write

__all__ = ["opened", "typed"]

ESCAPES = {
    "read a file": "select * from read_csv('/etc/passwd')",
    "read a text": "select * from read_text('/etc/hostname')",
    "read a blob": "select * from read_blob('/etc/hostname')",
    "look into folders": "select * from glob('/etc/*')",
    "read by name": "select * from '/etc/passwd'",
    "write a file": "copy members to '/tmp/retention-escape.csv'",
    "read by copy": "copy members from '/etc/passwd'",
    "export all": "export database '/tmp/retention-escape'",
    "attach a database": "attach '/tmp/retention-escape.duckdb' as other",
    "install an extension": "install httpfs",
    "load an extension": "load httpfs",
    "open the gate": "set enable_external_access = true",
    "unlock the settings": "set lock_configuration = false",
    "take the limit away": "set max_execution_time = 0",
    "take more memory": "set memory_limit = '100GB'",
    "read over the network": "select * from read_csv('https://example.com/a.csv')",
    "read a frame of the program": "select * from frame_of_the_program",
}


@pytest.fixture
def sealed(typed):
    return typed(subscriptions=[subscription("a", "2025-01-01")])


@pytest.mark.parametrize("statement", ESCAPES.values(), ids=ESCAPES)
def test_a_sealed_warehouse_lets_nobody_out(sealed, statement):
    frame_of_the_program = pd.DataFrame({"a": [1]})
    with pytest.raises(duckdb.Error):
        sealed._connection.cursor().execute(statement).fetchall()
    assert len(frame_of_the_program) == 1


@pytest.mark.parametrize("statement", ESCAPES.values(), ids=ESCAPES)
def test_nothing_that_is_loaded_can_get_out_either(tmp_path, monkeypatch, statement):
    write(tmp_path, {"subscriptions": [subscription("a", "2025-01-01")]})
    parsed = duckdb.connect().extract_statements(statement)
    monkeypatch.setattr("retention.warehouse._statements", lambda name: parsed if name == FROM_ROWS[0] else ())
    with pytest.raises(duckdb.Error, match="(?i)disabled|locked|cannot|not allowed|does not exist|permission"):
        Warehouse(tmp_path, Settings())


def test_a_question_that_takes_too_long_is_ended(tmp_path):
    write(tmp_path, {"subscriptions": [subscription("a", "2025-01-01")]})
    data = Warehouse(tmp_path, Settings(), engine=Engine(seconds=1))
    with pytest.raises(TooSlow), data.cursor() as cursor:
        cursor.execute("select sum(a.range * b.range) from range(10000000) a, range(10000000) b").fetchall()
    data.close()


def test_a_file_that_claims_too_many_rows_is_not_loaded(tmp_path, monkeypatch):
    write(tmp_path, {"subscriptions": [subscription(f"m{n}", "2025-01-01") for n in range(4)]})
    monkeypatch.setattr("retention.warehouse.MOST_ROWS", 3)
    with pytest.raises(duckdb.Error, match="more than 3 rows"):
        Warehouse(tmp_path, Settings())


def test_no_step_of_the_loading_is_left_in_memory(sealed):
    left = sealed._connection.cursor().execute("""select view_name from duckdb_views() where temporary and not internal
        union all select table_name from duckdb_tables() where temporary""").fetchall()
    assert left == []


def test_a_value_is_bound_and_never_becomes_sql(sealed):
    assert sealed.ask("member_churn", Filters(plan=("x') or true --",))).active.sum() == 0


def test_many_threads_each_get_their_own_answer(typed):
    data = typed(subscriptions=[
        subscription(f"m{n}", "2025-01-01", plan=f"plan {n % 4}") for n in range(40)
    ], as_of="2025-03-31")
    wrong = []

    def ask(plan: str) -> None:
        for _ in range(10):
            answer = data.ask("member_churn", Filters(plan=(plan,)))
            if answer.active.tolist() != [0, 10, 10]:
                wrong.append(answer)

    threads = [threading.Thread(target=ask, args=(f"plan {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_closed_warehouse_leaves_no_folder_behind(typed):
    data = typed(subscriptions=[subscription("a", "2025-01-01")])
    folder = data._scratch.name
    data.close()
    assert not Path(folder).exists()
    with pytest.raises(Forgotten):
        data.ask("extent")


def test_closing_ends_the_questions_that_run_and_they_say_that_the_data_is_forgotten(typed):
    data = typed(subscriptions=[subscription("a", "2025-01-01")])
    begun, heard = threading.Event(), []

    def ask_for_long() -> None:
        try:
            with data.cursor() as cursor:
                begun.set()
                cursor.execute("select sum(a.range * b.range) from range(10000000) a, range(10000000) b").fetchall()
        except Forgotten as told:
            heard.append(told)

    asking = threading.Thread(target=ask_for_long)
    asking.start()
    begun.wait(10)
    data.close()
    asking.join(10)
    assert len(heard) == 1
    assert not asking.is_alive()


def test_days_and_plans_are_typed_and_never_text(sealed):
    types = dict(sealed._connection.cursor().execute(
        "select column_name, data_type from information_schema.columns where table_name = 'stints'"
    ).fetchall())
    assert types["started_on"] == "DATE"
    assert types["plan"].startswith("ENUM")
