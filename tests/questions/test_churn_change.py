"""Behaviour and mix: the registry's worked example, Simpson's case, and parts that always add up to the change."""

from datetime import date

import duckdb
import pytest

from retention.filters import Filters
from retention.questions import foundation
from retention.warehouse import Settings, Warehouse
from tests.questions.conftest import subscription

# plan -> active and churned, before and after
WORKED = {"Monthly": ((700, 49), (17000, 1105)), "Annual": ((300, 6), (3000, 54))}


def months(plan, before, after):
    """Members of `plan` at the start of May and of June; whoever is new in June came in May."""
    (active_before, churned_before), (active_after, churned_after) = before, after
    for number in range(active_before):
        end = date(2025, 5, 10) if number < churned_before else None
        yield plan, f"{plan}-b{number}", date(2025, 4, 1), end
    new = active_after - (active_before - churned_before)
    for number in range(new):
        yield plan, f"{plan}-a{number}", date(2025, 5, 5), date(2025, 6, 10) if number < churned_after else None


def warehouse(folder, rows, as_of=date(2025, 7, 31)):
    """Thousands of subscriptions at once."""
    connection = duckdb.connect()
    connection.execute(foundation("tables"))
    lines = "\n".join(f"{plan},{member},{start},{end or ''}" for plan, member, start, end in rows)
    (folder / "rows.csv").write_text(f"plan,member_id,started_on,ended_on\n{lines}\n")
    connection.execute(
        f"""insert into subscriptions by name select 1 as import_id, row_number() over () as source_row, member_id,
        member_id as subscription_id, plan, 'month' as interval_unit, 1 as interval_count, 10 as price,
        started_on, ended_on,
        case when ended_on is null then 'active' else 'cancelled' end as status, 'voluntary' as cause
        from read_csv('{folder}/rows.csv', types = {{'plan': 'varchar', 'started_on': 'date', 'ended_on': 'date'}})"""
    )
    connection.execute(f"copy subscriptions to '{folder}/subscriptions.parquet' (format parquet)")
    connection.close()
    return Warehouse(folder, Settings(as_of=as_of))


def test_the_worked_example_of_the_registry(tmp_path):
    rows = [row for plan, (before, after) in WORKED.items() for row in months(plan, before, after)]
    data = warehouse(tmp_path, rows)
    chosen = Filters(
        before_first=date(2025, 5, 1),
        before_last=date(2025, 5, 31),
        after_first=date(2025, 6, 1),
        after_last=date(2025, 6, 30),
    )
    found = data.ask("churn_change", chosen).set_index("segment")
    whole = found.loc["(all)"]
    assert (whole.active_before, whole.churned_before) == (1000, 55)
    assert (whole.active_after, whole.churned_after) == (20000, 1159)
    assert (round(100 * whole.rate_before, 2), round(100 * whole.rate_after, 3)) == (5.5, 5.795)
    assert found.weight_after.to_dict() == {"(all)": 1, "Monthly": 0.85, "Annual": 0.15}
    assert (round(100 * whole.behaviour, 2), round(100 * whole.mix, 2)) == (-0.43, 0.73)
    assert (round(100 * found.loc["Monthly", "mix"], 2), round(100 * found.loc["Annual", "mix"], 2)) == (0.17, 0.56)
    assert whole.behaviour + whole.mix == pytest.approx(whole.change, abs=1e-12)
    assert set(found.simpson) == {"worse"}
    data.close()


def small(typed):
    """Plan A: 4 members, 1 leaves in May, none in June. Plan B: begins in May with 2, 1 leaves in June."""
    return typed(
        subscriptions=[
            subscription("a1", "2025-01-01", "2025-05-20", plan="A"),
            subscription("a2", "2025-01-01", plan="A"),
            subscription("a3", "2025-01-01", plan="A"),
            subscription("a4", "2025-01-01", plan="A"),
            subscription("b1", "2025-05-03", "2025-06-03", plan="B"),
            subscription("b2", "2025-05-04", plan="B"),
        ],
        as_of="2025-07-20",
    )


def test_without_days_the_newest_settled_period_stands_against_the_one_before(typed):
    found = small(typed).ask("churn_change")
    assert found.segment.tolist() == ["(all)", "A", "B"]
    assert (f"{found.before_first[0]:%Y-%m-%d}", f"{found.after_last[0]:%Y-%m-%d}") == ("2025-05-01", "2025-06-30")
    assert found[["active_before", "churned_before", "active_after", "churned_after"]].values.tolist() == [
        [4, 1, 5, 1],
        [4, 1, 3, 0],
        [0, 0, 2, 1],
    ]


def test_a_segment_that_is_absent_takes_its_other_rate(typed):
    found = small(typed).ask("churn_change").set_index("segment")
    # B: rate 1/2 on both sides, weight 0 -> 2/5; centre (1/4 + 1/5) / 2 = 0.225. A: 1/4 -> 0, weight 1 -> 3/5.
    assert found.loc["B", ["behaviour", "mix"]].tolist() == pytest.approx([0, (0.5 - 0.225) * 0.4])
    assert found.loc["A", ["behaviour", "mix"]].tolist() == pytest.approx([0.8 * -0.25, (0.125 - 0.225) * -0.4])
    assert found.loc["(all)", ["behaviour", "mix"]].sum() == pytest.approx(1 / 5 - 1 / 4)
    assert set(found.simpson) == {"none"}, "B cannot have improved: it was not there"


def test_ranges_pool_their_months(typed):
    chosen = Filters(
        before_first=date(2025, 3, 1),
        before_last=date(2025, 4, 30),
        after_first=date(2025, 5, 1),
        after_last=date(2025, 6, 30),
    )
    whole = small(typed).ask("churn_change", chosen).iloc[0]
    assert (whole.active_before, whole.churned_before, whole.active_after, whole.churned_after) == (8, 0, 9, 2)
    assert (whole.members_before, whole.members_after) == (4, 6), "different members, of however many months"


def test_a_plan_that_is_called_as_the_whole_is_not_taken_for_it(typed):
    rows = [subscription(f"m{n}", "2025-01-01", "2025-05-10" if n < 2 else None, plan="(all)") for n in range(5)]
    chosen = Filters(before_first=date(2025, 3, 1), before_last=date(2025, 4, 30), after_first=date(2025, 5, 1),
                     after_last=date(2025, 6, 30))
    found = typed(subscriptions=rows, as_of="2025-07-31").ask("churn_change", chosen)
    assert found[["segment", "active_before", "members_before", "churned_after"]].to_numpy().tolist() == [
        ["(all)", 10, 5, 2], ["(all)", 10, 5, 2]]


def test_a_month_that_lies_only_partly_in_the_range_is_left_out(typed):
    chosen = Filters(
        before_first=date(2025, 3, 2),
        before_last=date(2025, 4, 30),
        after_first=date(2025, 5, 1),
        after_last=date(2025, 6, 29),
    )
    whole = small(typed).ask("churn_change", chosen).iloc[0]
    assert (whole.active_before, whole.active_after) == (4, 4)


def test_tenure_is_the_age_at_the_start_of_the_period(typed):
    found = small(typed).ask("churn_change", Filters(split="tenure")).set_index("segment")
    # On 1 May the four of A are 120 days old, on 1 June 151; B is 29 and 28 days old on 1 June.
    assert found.active_before.to_dict() == {"(all)": 4, "to_12_months": 4, "to_3_months": 0}
    assert found.active_after.to_dict() == {"(all)": 5, "to_12_months": 3, "to_3_months": 2}


def test_nothing_to_compare_is_no_row(typed):
    assert typed(subscriptions=[subscription("a", "2025-12-10")]).ask("churn_change").empty


def test_the_sample_tells_simpsons_case(the_sample):
    chosen = Filters(
        before_first=date(2025, 12, 1),
        before_last=date(2026, 2, 28),
        after_first=date(2026, 7, 1),
        after_last=date(2026, 9, 30),
    )
    found = the_sample.ask("churn_change", chosen)
    assert (found.change[1:] < 0).all()
    assert found.change[0] > 0
    assert set(found.simpson) == {"worse"}
