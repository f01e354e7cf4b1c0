"""The benchmarks run as they did, and compare what is the same: held on a small site, without a clock."""

import pytest

from benchmarks import __main__ as told
from benchmarks import hand, timed_server
from benchmarks.agreeing import Disagreement, must_agree
from benchmarks.at_scale import QUESTIONS, asking, cursor_of, load


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    warehouse, _ = load(tmp_path_factory.mktemp("site"), 5_000)
    yield warehouse
    warehouse.close()


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_statement_by_hand_gives_our_answer(site, name):
    ours, wanted = asking(site)[name](), name + hand.WITH_RANGE if hand.has_range(name) else name
    theirs = cursor_of(site).execute(hand.statement(wanted)).df()
    assert len(ours) > 1
    assert must_agree(name, ours, theirs) >= 4


def test_a_difference_is_not_overlooked(site):
    ours = asking(site)["survival"]()
    with pytest.raises(Disagreement, match=r"survival\.survival, row 3"):
        must_agree("survival", ours, ours.assign(survival=ours.survival + 1e-7 * (ours.index == 3)))


def test_the_timed_server_forgets_and_asks_anew():
    timed_server._forget()


def test_a_part_measured_anew_takes_the_place_of_the_older_one_and_no_other():
    both = told._with(told._with("# Speed\n", "questions", "fast"), "pages", "slow")
    anew = told._with(both, "questions", "faster")
    assert anew == both.replace("fast", "faster")
    assert anew.endswith("<!-- end of pages -->\n")
