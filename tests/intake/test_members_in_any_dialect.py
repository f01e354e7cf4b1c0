"""However members are written down, from encoding to order of columns, they are the same members."""

import csv
import io
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest

pytest.importorskip("hypothesis", reason="needs tests/requirements.txt (hypothesis)")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.whole import read

FIRST = date(2020, 1, 1)
DATES = {"iso": "%Y-%m-%d", "german": "%d.%m.%Y", "english": "%d %B %Y", "moment": "%Y-%m-%d %H:%M:%S"}
people = st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 500) | st.none(), st.integers(1, 99_999)),
                  min_size=1, max_size=12)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people=people, delimiter=st.sampled_from(",;\t|"), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]),
       style=st.sampled_from(sorted(DATES)), comma=st.booleans(), order=st.permutations(range(4)), german=st.booleans())
def test_members_written_in_any_way_are_the_same_members(people, delimiter, encoding, style, comma, order, german):
    headings = ["E-Mail", "Eintritt", "Austritt", "Beitrag"] if german else ["email", "start", "end", "price"]
    expected, rows = [], []
    for number, (start, length, cents) in enumerate(people):
        first = FIRST + timedelta(days=start)
        last = None if length is None else first + timedelta(days=length)
        price = f"{cents / 100:.2f}"
        expected.append((f"m{number}@x.org", None, cents / 100, str(first), last and str(last)))
        rows.append([f"m{number}@x.org", first.strftime(DATES[style]), last.strftime(DATES[style]) if last else "",
                     price.replace(".", ",") if comma else price])
    out = io.StringIO()
    written = [[row[place] for place in order] for row in [headings, *rows]]
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(written)
    with tempfile.TemporaryDirectory() as folder:
        whole = read(Path(folder), out.getvalue().encode(encoding))
    assert whole.subscriptions == expected
    assert whole.report.rows_set_aside == 0
