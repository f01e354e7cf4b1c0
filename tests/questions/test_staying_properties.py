"""Laws that hold for any data: parts add up to the change, survival never rises, the order of rows means nothing."""

from datetime import date, timedelta

import pytest

pytest.importorskip("hypothesis", reason="needs tests/requirements.txt (hypothesis)")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention.filters import Filters
from tests.questions.test_churn_change import warehouse
from tests.questions.test_groups_that_stay import spell
from tests.questions.test_survival import AS_OF

member = st.tuples(st.sampled_from("ABC"), st.integers(0, 120), st.integers(1, 150) | st.none())
people = st.lists(member, min_size=1, max_size=40)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=people, split=st.sampled_from(["plan", "tenure"]))
def test_behaviour_and_mix_always_add_up_to_the_change(tmp_path_factory, people, split):
    begin = date(2025, 1, 1)
    rows = [
        (plan, f"m{number}", begin + timedelta(start), begin + timedelta(start + lasts) if lasts else None)
        for number, (plan, start, lasts) in enumerate(people)
    ]
    rows = [
        (plan, member, start, end if end and end <= date(2025, 7, 31) else None) for plan, member, start, end in rows
    ]
    data = warehouse(tmp_path_factory.mktemp("rows"), rows)
    found = data.ask("churn_change", Filters(split=split, before_last=date(2025, 4, 30), after_first=date(2025, 5, 1)))
    if len(found):
        whole, parts = found.iloc[0], found.iloc[1:]
        assert (parts.behaviour + parts.mix).sum() == pytest.approx(whole.change, abs=1e-12)
        assert parts.active_before.sum() == whole.active_before
        assert parts.churned_after.sum() == whole.churned_after
    data.close()


lengths = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=25)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lengths=lengths, order=st.randoms())
def test_survival_never_rises_lies_in_its_band_and_does_not_mind_the_order(typed, lengths, order):
    rows = [spell("p", number, days, ended) for number, (days, ended) in enumerate(lengths)]
    found = typed(subscriptions=rows, as_of=str(AS_OF), grace_days=0).ask("survival")
    assert (found.survival.diff().dropna() <= 1e-12).all()
    assert (found.low <= found.survival + 1e-12).all()
    assert (found.survival <= found.high + 1e-12).all()
    order.shuffle(rows)
    assert typed(subscriptions=rows, as_of=str(AS_OF), grace_days=0).ask("survival").equals(found)
