"""The same rows give the same answers to the last digit, in whatever order they are loaded and by how many threads."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from pyarrow import parquet

from retention.dataset import SAMPLE, requests
from retention.filters import CHOICES, Filters
from retention.intake.worker.parent import bring
from retention.model import ReadSettings
from retention.questions import names
from retention.sealing import Engine
from retention.warehouse import Settings, Warehouse

USUAL = Filters(member="#5", themes=("a=e", "b=i"))
OTHER = {name: choices[1] for name, choices in CHOICES.items() if name not in ("masked", "uncovered", "compare")}
VIEWS = (USUAL, Filters(member="#5", themes=("a=e", "b=i"), **{**OTHER, "grain": "quarter"}))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The sample loaded twice: as it is with two threads, and its rows in another order with four."""
    rows, shuffled = (tmp_path_factory.mktemp(name) for name in ("rows", "shuffled"))
    bring(requests(SAMPLE), ReadSettings(), rows)
    random = np.random.default_rng(7)
    for path in rows.glob("*.parquet"):
        table = parquet.read_table(path)
        parquet.write_table(table.take(random.permutation(len(table))), shuffled / path.name, row_group_size=3000)
    both = (Warehouse(rows, Settings(), engine=Engine(threads=2)),
            Warehouse(shuffled, Settings(), engine=Engine(threads=4)))
    yield both
    for warehouse in both:
        warehouse.close()


@pytest.mark.parametrize("name", names())
def test_the_same_rows_give_the_same_answer_to_the_last_digit(name, loaded):
    for view in VIEWS:
        first, second = (warehouse.ask(name, view) for warehouse in loaded)
        assert_frame_equal(first, second, check_exact=True)


@pytest.mark.parametrize("added", ["ordered_sum", "ordered_mean", "sum_of_amounts"])
def test_a_sum_of_fractions_is_the_same_whatever_the_order_of_its_rows(added, loaded):
    with loaded[1].cursor() as cursor:
        rows = "select 1.0 / (1 + hash(i) % 9973) as x from range(300000) as t(i)"
        said = [
            cursor.execute(f"select {added}(x) from (select x from ({rows}) order by hash(x + {n}))").fetchone()
            for n in range(3)
        ]
    assert pd.Series(said).nunique() == 1


def test_amounts_are_added_exactly_and_the_largest_do_not_overflow(loaded):
    with loaded[0].cursor() as cursor:
        added = "select sum_of_amounts(x) from (values (cast({} as double)), (0.1), (0.2), (null)) as t(x)"
        assert cursor.execute(added.format("0.3")).fetchone() == (0.6,)
        assert cursor.execute(added.format("1e300")).fetchone() == (1e300,)
        assert cursor.execute("select sum_of_amounts(x) from (values (0.1)) as t(x) where x > 1").fetchone() == (None,)
