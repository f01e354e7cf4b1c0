"""From every number to its people: the list behind each mark is as long as the number shown."""

import ast
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

from retention.filters import Filters
from retention.ui.figure import HITS, key_of

ROOT = Path(__file__).resolve().parent.parent
THEMES = {"themes": ("Time=zeit", "Time=time", "Money=*kosten")}
# Figures behind whose marks nobody stands.
NOBODY = {
    "winback_planner": "how many must be held out is worked out, not counted",
    "member_story": "one member's own story",
}


@dataclass(frozen=True)
class Behind:
    """A figure's question, the people question behind it, its key columns, and what the list must come to.

    `count` is the column (or columns) with the number of those listed, or, where the list says of whom a share is true,
    of those it is true of; `of` is then the column of all of them. `summed` adds up a column of the list instead of
    counting its rows.
    """

    figure: str
    people: str
    keys: tuple[str, ...]
    count: str | tuple[str, ...]
    fixed: dict = field(default_factory=dict)
    of: str = ""
    summed: str = ""

    def __str__(self):
        return " ".join([self.figure, self.people, *(f"{name}={value}" for name, value in self.fixed.items())])


PERIOD, COHORT, DEFINITION = ("period_start",), ("cohort", "age"), ("period_start", "definition")
REGISTRY = [
    Behind("member_churn", "churned_members", PERIOD, "churned"),
    Behind("member_churn", "churned_members", PERIOD, "churned", {"grain": "quarter", "plan": ("Lite",)}),
    Behind("churn_by_term", "churned_members", ("period_start", "term"), "churned"),
    Behind("cancel_requests", "asking_people", PERIOD, "left_by_now", of="asked"),
    Behind("cancel_requests", "asking_people", PERIOD, "left_by_now", {"grain": "week", "plan": ("Lite",)}, of="asked"),
    Behind("revenue_churn", "revenue_people", PERIOD, "churned"),
    Behind("mrr_bridge", "movement_people", ("movement",), "members"),
    Behind("mrr_bridge", "movement_people", ("movement",), "members", {"plan": ("Annual",), "grain": "quarter"}),
    Behind("renewal_churn", "renewal_people", PERIOD, "not_renewed", of="due"),
    Behind("renewal_churn", "renewal_people", PERIOD, "not_renewed", {"cause": ("voluntary",)}, of="due"),
    Behind("early_loss", "newcomer_people", ("period_start", "term"), "first_period", of="observed"),
    Behind("payment_recovery", "failed_people", PERIOD, "recovered", of="failed"),
    Behind("churn_definitions", "counted_people", DEFINITION, "numerator", summed="counts"),
    Behind("churn_definitions", "counted_people", DEFINITION, "numerator", {"grain": "quarter"}, summed="counts"),
    Behind("definition_nearest", "counted_people", DEFINITION, "numerator", {"told": 5.0}, summed="counts"),
    Behind("definition_bridge", "bridge_people", ("step", "kind"), "counted", summed="counts"),
    *(
        Behind("definition_bridge", "bridge_people", ("step", "kind"), "counted", {"against": against}, summed="counts")
        for against in ("net_churn", "cancel_requests", "renewal_churn")
    ),
    Behind("churn_change", "change_people", ("segment",), ("churned_before", "churned_after")),
    Behind("churn_change", "change_people", ("segment",), ("churned_before", "churned_after"), {"split": "tenure"}),
    Behind("survival", "staying_people", ("segment", "day"), "ended_so_far", {"by": "plan"}),
    Behind("median_stay", "staying_people", ("segment",), "ended", {"by": "source"}, of="spells"),
    Behind("lifetime_value", "staying_people", ("segment",), "", {"by": "plan"}, of="spells"),
    Behind("leaving_by_cause", "gone_by_cause", ("cause", "day"), "ended_so_far"),
    Behind("forecast", "base_people", ("months_ahead",), "base"),
    Behind("cohorts", "cohort_members", COHORT, "active", of="observed"),
    Behind("cohorts", "cohort_members", COHORT, "active", {"plan": ("Monthly",)}, of="observed"),
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
    Behind("survey_response", "response_people", PERIOD, "answered"),
    *(
        Behind("silence", "silent_people", ("segment",), "silent", {"grouped_by": by})
        for by in ("plan", "tenure", "price_band")
    ),
    Behind("price_stated", "price_people", ("tenure", "price_plan"), "named"),
    Behind("comment_themes", "theme_comments", ("theme",), "comments", THEMES),
    Behind("reason_incidence", "incidence_people", ("reason", "within_days"), "left_so"),
    *(
        Behind("request_trend", "measured_people", PERIOD, "hits", {"request_by": "month"} | measure, of="counted")
        for measure in ({}, {"measure": "good_rating"}, {"measure": "saved"})
    ),
    *(
        Behind("request_shares", "measured_people", ("segment",), "hits", {"request_by": by}, of="counted")
        for by in ("channel", "weekday", "plan")
    ),
    Behind("request_times", "waited_people", ("waited_for", "segment"), "requests"),
    Behind("request_times", "waited_people", ("waited_for", "segment"), "requests", {"request_by": "weekday"}),
    Behind("waiting", "waiting_people", ("waited_for", "hours"), "at_risk"),
    Behind("heat_by_wait", "heat_people", ("wait",), "hot", of="requests"),
    Behind("save_rates", "saved_people", ("rule",), "kept", of="counted"),
    Behind("offers", "offered_people", ("offer", "stage"), "kept", of="counted"),
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


def spread(rows: int, most: int = 40) -> list[int]:
    """Rows to look behind: all of them, or so many from the first to the last, evenly."""
    return sorted({round(place * (rows - 1) / (most - 1)) for place in range(most)}) if rows > most else [*range(rows)]


@pytest.mark.parametrize("behind", REGISTRY, ids=str)
def test_the_people_behind_every_mark_are_as_many_as_the_number_shown(behind, the_sample):
    answer = shown(the_sample.ask(behind.figure, Filters(**behind.fixed)))
    assert len(answer), "the sample has something for every figure"
    columns = [behind.count or behind.of] if isinstance(behind.count, str) else list(behind.count)
    counts = answer[columns].fillna(0).sum(axis=1).astype(int)
    for row in spread(len(answer)):
        if answer[columns].iloc[row].isna().all():
            continue  # nothing was counted there
        key = key_of(answer.iloc[row], behind.keys)
        found = the_sample.ask(behind.people, Filters(**behind.fixed, key=key))
        hits = next((column for column in HITS if column in found), None)
        if behind.summed:
            assert found[behind.summed].sum() == counts.iloc[row], key
        elif behind.count:
            assert (int(found[hits].sum()) if hits else len(found)) == counts.iloc[row], key
        if behind.of:
            assert len(found) == answer[behind.of].iloc[row], key


@pytest.mark.parametrize("behind", {item.people: item for item in REGISTRY}.values(), ids=lambda item: item.people)
def test_a_list_of_people_names_each_of_them(behind, the_sample):
    key = ("2026-08-01", "member_churn") if behind.people == "counted_people" else ("mean", "1")
    needs_key = behind.people in ("counted_people", "cohort_members")
    found = the_sample.ask(behind.people, Filters(**behind.fixed, key=key if needs_key else ()))
    assert len(found)
    assert found["name"].notna().all()
    assert "member" in found


def test_every_figure_of_every_page_opens_its_people():
    opened, closed = set(), set()
    for path in (ROOT / "pages").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "show":
                asks = next(word.value.value for word in node.keywords if word.arg == "asks")
                (opened if any(word.arg == "people" for word in node.keywords) else closed).add(asks)
    assert closed == set(NOBODY)
    tested = {behind.figure for behind in REGISTRY}
    assert opened - tested == {"worth_of_a_point"}, "it opens the list of the forecast: everybody of today"


def test_hits_stand_first_and_the_mean_of_all_cohorts_opens_all_that_came_so_far(the_sample):
    found = the_sample.ask("cohort_members", Filters(key=("mean", "3")))
    assert found["hit"].is_monotonic_decreasing
    mean = the_sample.ask("cohorts", Filters())
    mean = mean[mean["cohort"].isna() & (mean["age"] == 3)].iloc[0]
    assert (int(found["hit"].sum()), len(found)) == (mean.active, mean.observed)
    assert key_of(mean, ("cohort", "age")) == ("mean", "3")


def shown(answer: pd.DataFrame) -> pd.DataFrame:
    """Of curves, how many had ended by each day."""
    if {"day", "ended"} <= set(answer.columns):
        group = "segment" if "segment" in answer else "cause" if "cause" in answer else None
        ended = answer.groupby(group)["ended"].cumsum() if group else answer["ended"].cumsum()
        return answer.assign(ended_so_far=ended)
    return answer
