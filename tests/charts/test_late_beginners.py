"""Every figure is drawn and said for a group of 0, 1 and 12 members who all came under observation late."""

import re
from datetime import date
from functools import cache

import pandas as pd
import pytest

from retention import figures
from retention.dataset import SAMPLE, requests
from retention.filters import CHOICES, Filters
from retention.intake.worker.parent import bring
from retention.model import ReadSettings
from retention.questions import question
from retention.warehouse import Settings, Warehouse

FIGURES = sorted(set(figures.__all__) - {"alt_of", "finding_of", "sparkline"})
ASKS = {
    "churn_by_cause": "member_churn", "reason_shares": "reasons", "reason_lost_mrr": "reasons",
    "reason_bounds": "reasons", "cohort_share": "cohorts", "cohort_previous": "cohorts", "cohort_revenue": "cohorts",
    "cohort_months": "cohorts", "definition_lens": "churn_definitions", "definitions_over_time": "churn_definitions",
}
BREAKDOWNS = ("by", "split", "grouped_by", "request_by")
OBSERVED_FROM = date(2025, 6, 1)
SITES = {"nobody": (0, 60), "one founder": (1, 60), "twelve founders": (12, 5)}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """The tables of the sample."""
    into = tmp_path_factory.mktemp("rows")
    bring(requests(SAMPLE), ReadSettings(), into)
    return {path.stem: pd.read_parquet(path) for path in into.glob("*.parquet")}


@pytest.fixture(scope="module", params=SITES)
def site(request):
    """How many founders, and how many others."""
    return SITES[request.param]


@pytest.fixture(scope="module")
def asked(site, rows, tmp_path_factory):
    """asked(question, view) -> answer, of founders observed from their 400th day at the earliest, and others."""
    into = tmp_path_factory.mktemp("site")
    for name, table in _with_founders(rows, *site).items():
        table.to_parquet(into / f"{name}.parquet", index=False)
    warehouse = Warehouse(into, Settings(observed_from=OBSERVED_FROM))
    yield cache(lambda name, **view: warehouse.ask(name, Filters(**view)))
    warehouse.close()


def _with_founders(rows, founders: int, others: int) -> dict[str, pd.DataFrame]:
    held = rows["subscriptions"].assign(started_on=pd.to_datetime(rows["subscriptions"]["started_on"]))
    single = held[~held["member_id"].duplicated(keep=False) & held["ended_on"].isna() & (held["price"] > 0)]
    old = single[single["started_on"] < "2024-04-01"].sort_values(["started_on", "member_id"])["member_id"][:founders]
    new = held[held["started_on"] >= str(OBSERVED_FROM)].drop_duplicates("member_id")["member_id"][:others]
    of_old = held["member_id"].isin(old)
    held.loc[of_old, "plan"] = "Founders"
    for place, member in enumerate(old[::4]):
        held.loc[held["member_id"] == member, ["ended_on", "cause"]] = [date(2026, 1 + 2 * place, 10), "voluntary"]
    held["ended_on"], held["started_on"] = pd.to_datetime(held["ended_on"]).dt.date, held["started_on"].dt.date
    made = {**rows, "subscriptions": held}
    return {
        name: table[table["member_id"].isin([*old, *new])] if "member_id" in table else table
        for name, table in made.items()
    }


def views(asks: str, founders: int) -> list[dict]:
    """The reader's usual view, the founders alone, and every breakdown that the question takes; few need but one."""
    taken = question(asks).parameters
    fixed = {"themes": ("a=e", "b=i")} if "themes" in taken else {"member": "#1"} if "member" in taken else {}
    every = 1 if founders == 12 else 9
    broken = [{**fixed, name: choice} for name in BREAKDOWNS if name in taken for choice in CHOICES[name][::every]]
    return [fixed, *broken, *([{**fixed, "plan": ("Founders",)}] if "plan" in taken else [])]


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_drawn_and_said_by_every_breakdown(name, asked, site, en):
    chart, asks = getattr(figures, name), ASKS.get(name, name)
    for view in views(asks, site[0]):
        answer = asked(asks, **view)
        chart(answer, en)
        said = f"{figures.finding_of(chart, answer, en)} {figures.alt_of(chart, answer, en)}"
        assert not re.search(r"\bnan\b|\bNone\)|NaT|<NA>|\binf\b|\{", said), (view, said)


@pytest.mark.parametrize("site", ["twelve founders"], indirect=True)
def test_a_curve_that_begins_late_says_that_its_first_year_is_not_known(asked, en):
    answer = asked("survival", by="plan")
    assert "Founders: how many are still there after 365 days is not known" in figures.finding_of(
        figures.survival, answer, en
    )
    assert "576" not in figures.finding_of(figures.survival, answer, en), "of the other plans that is not true"
    of_founders = answer[answer["segment"] == "Founders"]
    assert of_founders["begins"].iloc[0] == 576
    drawn = [list(trace.x) for trace in figures.survival(of_founders, en).data if trace.mode == "lines+markers"]
    assert drawn[0][0] == 576, "nothing is drawn before anybody was observed"
    counted = [list(trace.text) for trace in figures.survival(of_founders, en).data if trace.mode == "markers+text"]
    assert counted[0][0] == "–"


@pytest.mark.parametrize("site", ["twelve founders"], indirect=True)
def test_causes_of_leaving_begin_late_too(asked, en):
    answer = asked("leaving_by_cause", plan=("Founders",))
    said = figures.finding_of(figures.leaving_by_cause, answer, en)
    assert said.startswith("How many are gone after 365 days is not known: fewer than ten were observed so early.")
    assert min(min(trace.x) for trace in figures.leaving_by_cause(answer, en).data if len(trace.x)) == 576
