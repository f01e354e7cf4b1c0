"""However the rows of an export are ordered, and in however many files they come, the answers are the same."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

pytest.importorskip("hypothesis", reason="needs tests/requirements.txt (hypothesis)")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention.dataset import build
from retention.filters import Filters
from retention.model import FileRequest
from retention.warehouse import Settings

FIRST, AS_OF = date(2024, 1, 1), date(2025, 6, 30)
HEADINGS = "email,subscription_id,plan,joined_at,cancelled_at,price\n"
QUESTIONS = {"member_churn": {}, "revenue_churn": {}, "survival": {"by": "plan"}, "cohorts": {}, "mrr_bridge": {},
             "churn_change": {}, "reconciliation": {}, "not_counted": {}}
# Several subscriptions of one member, overlapping, touching and apart.
rows = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(["Basic", "Gold"]), st.integers(0, 400),
              st.integers(0, 200) | st.none(), st.integers(100, 5_000)),
    min_size=2, max_size=25,
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=rows, files=st.integers(1, 3), seed=st.randoms(use_true_random=False))
def test_shuffled_rows_and_split_files_give_the_same_answers(rows, files, seed):
    lines = [line(number, *row) for number, row in enumerate(rows)]
    whole = answers([lines])
    seed.shuffle(lines)
    parts = [part for part in (lines[place::files] for place in range(files)) if part]
    for name, answer in answers(parts).items():
        pd.testing.assert_frame_equal(answer, whole[name], obj=name)


def line(number: int, member: int, plan: str, start: int, length: int | None, cents: int) -> str:
    begun = FIRST + timedelta(start)
    ended = "" if length is None or begun + timedelta(length) > AS_OF else begun + timedelta(length)
    return f"m{member}@x.org,s{number},{plan},{begun},{ended},{cents / 100:.2f}\n"


def answers(parts: list[list[str]]) -> dict[str, pd.DataFrame]:
    """What the questions answer to these files, read as an owner's files are."""
    with tempfile.TemporaryDirectory() as folder:
        asked = []
        for number, lines in enumerate(parts):
            path = Path(folder) / f"members-{number}.csv"
            path.write_text(HEADINGS + "".join(lines), encoding="utf-8")
            asked.append(FileRequest(path.name, str(path)))
        data = build(asked, settings=Settings(as_of=AS_OF))
        found = {name: data.ask(name, Filters(**words)) for name, words in QUESTIONS.items()}
        data.forget()
    return found
