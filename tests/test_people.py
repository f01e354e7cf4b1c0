"""From every number to its people: the list behind each mark is as long as the number shown."""

from dataclasses import dataclass, field

import pandas as pd
import pytest

from retention.dataset import sample
from retention.filters import Filters
from retention.ui.figure import key_of

MOST_KEYS = 40  # of one figure: the first, the last and those evenly between


@dataclass(frozen=True)
class Behind:
    """A figure's question, the people question behind it, its key columns, the column (or columns) that count."""

    figure: str
    people: str
    keys: tuple[str, ...]
    count: str | tuple[str, ...]
    fixed: dict = field(default_factory=dict)

    def __str__(self):
        return " ".join([self.figure, *(f"{name}={value}" for name, value in self.fixed.items())])


REGISTRY = [
    Behind("member_churn", "churned_members", ("period_start",), "churned"),
    Behind("member_churn", "churned_members", ("period_start",), "churned", {"grain": "quarter", "plan": ("Lite",)}),
    Behind("reasons", "reason_people", ("reason",), "named"),
    Behind("reasons", "reason_people", ("reason",), "named", {"unit": "answer"}),
    Behind("reasons", "reason_people", ("reason",), "named", {"plan": ("Monthly",), "cause": ("voluntary",)}),
    Behind("reasons_by_wording", "reason_people", ("reason", "wording"), "named"),
    Behind("reasons_over_time", "reason_people", ("reason", "wording", "period_start"), "named"),
    Behind("reasons_over_time", "reason_people", ("reason", "wording", "period_start"), "named", {"level": "wording"}),
    *(
        Behind("reasons_by_group", "reason_group_people", ("segment", "reason"), "named", {"grouped_by": by})
        for by in ("plan", "tenure", "source", "cause", "spell", "price_band")
    ),
    Behind("survey_response", "response_people", ("period_start",), "answered"),
    *(
        Behind("silence", "silent_people", ("segment",), "silent", {"grouped_by": by})
        for by in ("plan", "tenure", "price_band")
    ),
    Behind("price_stated", "price_people", ("tenure", "price_plan"), "named"),
    Behind(
        "comment_themes",
        "theme_comments",
        ("theme",),
        "comments",
        {"themes": ("Time=zeit", "Time=time", "Money=*kosten")},
    ),
    Behind("reason_incidence", "incidence_people", ("reason", "within_days"), "left_so"),
    Behind("winback_by_offer", "offer_people", ("offer",), "returned"),
    Behind("winback_by_offer", "offer_people", ("offer",), "returned", {"offered_by": "campaign"}),
    Behind("winback_lift", "lift_people", ("incentive",), ("came_treated", "came_held_out")),
    Behind("winback_value", "credited_people", ("incentive",), "returned"),
    Behind("winback_funnel", "funnel_people", ("stage",), "reached"),
    Behind("natural_return", "natural_people", ("day",), "returned"),
    Behind("returns", "return_people", ("within_days",), "returned"),
    Behind("winback_reach", "reach_people", ("segment",), "contacted"),
    Behind("winback_reach", "reach_people", ("segment",), "contacted", {"grouped_by": "tenure"}),
    Behind("time_to_return", "returned_in_week", ("week",), "returned"),
    Behind("leave_again", "again_people", ("incentive", "within_days"), "left_again"),
    Behind("returning_reasons", "returning_people", ("incentive", "reason"), "returned"),
]


@pytest.fixture(scope="module")
def data():
    built = sample()
    yield built
    built.forget()


@pytest.mark.parametrize("behind", REGISTRY, ids=str)
def test_the_people_behind_every_mark_are_as_many_as_the_number_shown(behind, data):
    answer = data.ask(behind.figure, Filters(**behind.fixed))
    assert len(answer), "the sample has something for every figure"
    columns = [behind.count] if isinstance(behind.count, str) else list(behind.count)
    counts = answer[columns].fillna(0).sum(axis=1).astype(int)
    for row in _spread(answer):
        key = key_of(answer.iloc[row], behind.keys)
        found = data.ask(behind.people, Filters(**behind.fixed, key=key))
        assert len(found) == counts.iloc[row], key


@pytest.mark.parametrize("behind", {item.people: item for item in REGISTRY}.values(), ids=lambda item: item.people)
def test_a_list_of_people_names_each_of_them(behind, data):
    found = data.ask(behind.people, Filters(**behind.fixed))
    assert found["name"].notna().all()
    assert "member" in found


def _spread(answer: pd.DataFrame) -> list[int]:
    step = max(1, len(answer) // MOST_KEYS)
    return sorted({*range(0, len(answer), step), len(answer) - 1})
