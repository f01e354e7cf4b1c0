"""The header of a question file is a contract: columns, parameters and first line are those of the statement."""

import re
from datetime import date

import pytest

from retention.filters import NAMES, Filters
from retention.questions import QUERIES, names, question
from retention.warehouse import Settings, Warehouse
from tests.questions.conftest import subscription, write


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    """Two members, one of them gone; shared by the tests, which only ask."""
    yield from opened(tmp_path_factory, [
        subscription("a", "2025-01-10"), subscription("b", "2025-01-10", "2025-03-01"),
    ])


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """No subscription at all; shared by the tests, which only ask."""
    yield from opened(tmp_path_factory, [])


def opened(tmp_path_factory, subscriptions):
    folder = tmp_path_factory.mktemp("typed")
    write(folder, {"subscriptions": subscriptions})
    warehouse = Warehouse(folder, Settings(as_of=date(2025, 12, 31)))
    yield warehouse
    warehouse.close()


@pytest.mark.parametrize("name", names())
def test_a_question_answers_with_exactly_the_columns_of_its_header(name, some):
    assert list(some.ask(name).columns) == list(question(name).columns)


@pytest.mark.parametrize("name", names())
def test_a_question_names_exactly_the_parameters_that_it_uses(name):
    used = set(re.findall(r"\$([a-z_]+)", question(name).sql))
    assert used == set(question(name).parameters)
    assert used <= set(NAMES)


@pytest.mark.parametrize("name", names())
def test_a_question_begins_with_a_question_and_says_what_a_row_is(name):
    text = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    assert text.splitlines()[0].endswith("?")
    assert re.search(r"^-- One row", text, re.MULTILINE)


@pytest.mark.parametrize("name", names())
def test_a_question_file_keeps_to_the_portable_subset(name):
    sql = question(name).sql.lower()
    for word in ("pivot", "quantile", "median(", "group by all", " using (", "exclude (", "date_diff", "select *"):
        assert word not in re.sub(r"select \*\n\s+from read", "", sql), word


@pytest.mark.parametrize("name", names())
def test_an_empty_data_set_is_answered_without_an_error(name, empty):
    empty.ask(name)


@pytest.mark.parametrize("name", names())
def test_filters_that_nobody_passes_are_answered_without_an_error(name, some):
    nobody = Filters(plan=("'; DROP TABLE members; --",), source=("nowhere",), cause=("unknown",), interval=("year",))
    some.ask(name, nobody)
    assert some.ask("extent").members.iloc[0] == 2


def test_every_macro_says_what_it_counts():
    for name in ("metrics", "selection"):
        text = (QUERIES / f"_{name}.sql").read_text(encoding="utf-8")
        for block in re.split(r"\n\n", text):
            if block.startswith("create macro"):
                raise AssertionError(f"no comment above {block[:60]}")
