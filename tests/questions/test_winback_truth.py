"""Win-back against the world outside: a published experiment, a simulation whose truth is known, and statsmodels."""

from datetime import date, timedelta
from math import exp
from random import Random

import duckdb
import pytest

from retention.filters import Filters
from retention.questions import foundation
from retention.warehouse import Settings, Warehouse
from tests.questions.conftest import subscription

# Hillstrom's e-mail experiment of 2008: customers and those who bought within two weeks
MENS, WOMENS, NONE = (21307, 267), (21387, 189), (21306, 122)


def experiment(folder, treated: tuple[int, int], held_out: tuple[int, int]) -> Warehouse:
    """So many written to and held out, so many of each back: a data set of that size, made in one statement each."""
    connection = duckdb.connect()
    connection.execute(foundation("tables"))
    counts = {"treated": treated, "holdout": held_out}
    for arm, (size, back) in counts.items():
        connection.execute(
            f"""
            insert into subscriptions (member_id, subscription_id, plan, interval_unit, interval_count, price, quantity,
                status, started_on, ended_on, ended_basis, cause)
            select '{arm}' || n, 's', 'Shop', 'month', 1, 10, 1, 'cancelled', date '2007-01-01', date '2008-03-01',
                'exported', 'voluntary'
            from range({size}) as people(n)
            union all
            select '{arm}' || n, 't', 'Shop', 'month', 1, 10, 1, 'active', date '2008-03-25', null, null, null
            from range({back}) as people(n)
            """
        )
        connection.execute(
            f"""
            insert into outreach (member_id, message_id, campaign, arm, incentive, assigned_at, sent_at)
            select '{arm}' || n, '{arm}' || n, 'Hillstrom', '{arm}', 'none', timestamp '2008-03-20',
                case when '{arm}' = 'treated' then timestamp '2008-03-20' end
            from range({size}) as people(n)
            """
        )
    for table in ("subscriptions", "outreach"):
        connection.execute(f"copy {table} to '{folder}/{table}.parquet' (format parquet)")
    return Warehouse(folder, Settings(as_of=date(2008, 12, 31), winback_days=14))


@pytest.mark.parametrize(
    ("treated", "rate", "lift", "low", "high", "anyway"),
    [
        (MENS, 1.2531, 0.681, 0.501, 0.864, 46),
        (WOMENS, 0.8837, 0.311, 0.150, 0.475, 65),
    ],
)
def test_hillstroms_counts_give_their_published_rates_lift_and_share_who_would_have_bought_anyway(
    tmp_path, treated, rate, lift, low, high, anyway
):
    data = experiment(tmp_path, treated, NONE)
    row = data.ask("winback_lift").iloc[0]
    assert [row.treated, row.came_treated, row.held_out, row.came_held_out] == [*treated, *NONE]
    assert [round(100 * share, 4) for share in (row.treated_rate, row.held_out_rate)] == [rate, 0.5726]
    assert [round(100 * share, 3) for share in (row.lift, row.low, row.high)] == [lift, low, high]
    assert round(100 * row.came_anyway) == anyway
    assert row.verdict == "works"
    data.close()


def test_an_experiment_without_an_effect_says_not_shown(tmp_path):
    data = experiment(tmp_path, (1000, 101), (1000, 100))
    row = data.ask("winback_lift").iloc[0]
    assert row.low < 0 < row.high
    assert row.verdict == "not_shown"
    assert data.ask("winback_value").cost_per_caused.isna().all()
    data.close()


def test_members_per_arm_are_those_of_the_textbook_and_of_statsmodels(typed):
    ask = typed(subscriptions=[])._connection.cursor().execute
    pairs = [(0.05, 0.08), (0.10, 0.15), (0.10, 0.20), (0.12, 0.14), (0.5, 0.4)]
    found = [ask("select members_per_arm(?::double, ?::double)", list(pair)).fetchone()[0] for pair in pairs]
    assert found[:3] == [1059, 686, 199]
    proportion = pytest.importorskip(
        "statsmodels.stats.proportion", reason="needs tests/requirements.txt (statsmodels)"
    )
    for (without, with_it), count in zip(pairs, found, strict=True):
        enough, one_less = (
            proportion.power_proportions_2indep(with_it - without, without, members, return_results=False)
            for members in (count, count - 1)
        )
        assert one_less < 0.8 <= enough


def test_the_planner_counts_months_at_todays_number_of_leavers(typed):
    """Ten leave in each month; without a message one in ten is known to come back, 10 % more are hoped for."""
    members = [
        subscription(f"m{month}-{n}", "2024-01-01", f"2025-{month:02}-05") for month in range(1, 13) for n in range(10)
    ]
    barred = [{"member_id": "m11-0", "no_contact_since": "2025-11-06"}]
    data = typed(subscriptions=members, members=barred, as_of="2025-12-31")
    found = data.ask("winback_planner", Filters(base_rate=10.0, hoped_lift=10.0))
    row = found[found.chosen].iloc[0]
    assert (row.base_from, row.per_arm) == ("given", 199)
    assert row.monthly == pytest.approx(29 / 3), "who asked not to be written to cannot be held out"
    assert row.months == 42
    assert row.verdict == "too_small"


def test_the_base_of_the_planner_is_the_hold_out_where_there_is_one(tmp_path):
    data = experiment(tmp_path, (100, 20), (100, 10))
    row = data.ask("winback_planner").iloc[0]
    assert (row.base_rate, row.base_from) == (pytest.approx(0.1), "hold_out")
    data.close()


RISK = 0.004  # a day: half of all who will ever return by themselves are back after 173 days
HORIZON = 90


@pytest.fixture(scope="module")
def simulated():
    """4,000 leave; each comes back by chance at RISK a day for half a year. Half are to be written to on day 20 to 80
    after leaving, and are if they are still away then; a message brings one in four back at once."""
    rng, start, people = Random(5), date(2023, 1, 1), []
    for number in range(4000):
        left = start + timedelta(days=rng.randrange(360))
        alone = rng.expovariate(RISK)
        back = int(alone) + 1 if alone < 180 else None
        written = rng.randrange(20, 81) if rng.random() < 0.5 else None
        if written is not None and back is not None and back <= written:
            written = None
        if written is not None and rng.random() < 0.25:
            back = written + 3
        people.append((number, left, back, written))
    return people


@pytest.fixture
def world(simulated, tmp_path):
    connection = duckdb.connect()
    connection.execute(foundation("tables"))
    connection.execute("create table people (number integer, left_on date, back integer, written integer)")
    connection.executemany("insert into people values (?, ?, ?, ?)", simulated)
    connection.execute("""
        insert into subscriptions (member_id, subscription_id, plan, interval_unit, price, status,
            started_on, ended_on, cause)
        select 'm' || number, 's', 'P', 'month', 10, 'cancelled', date '2022-01-01', left_on, 'voluntary' from people
        union all
        select 'm' || number, 't', 'P', 'month', 10, 'active', left_on + back, null, null
        from people
        where back is not null
    """)
    connection.execute("""
        insert into outreach (member_id, message_id, campaign, incentive, assigned_at, sent_at)
        select 'm' || number, number, 'c', 'discount', left_on + written, left_on + written
        from people
        where written is not null
    """)
    for table in ("subscriptions", "outreach"):
        connection.execute(f"copy {table} to '{tmp_path}/{table}.parquet' (format parquet)")
    data = Warehouse(tmp_path, Settings(as_of=date(2024, 6, 30), grace_days=0))
    yield data
    data.close()


def test_natural_return_recovers_the_truth_of_a_simulation_where_those_never_written_to_would_not(world, simulated):
    truth = 1 - exp(-RISK * HORIZON)
    found = world.ask("natural_return").set_index("day").loc[HORIZON]
    assert found.low < truth < found.high
    assert found["share"] == pytest.approx(truth, abs=0.02)
    never = [back for _, _, back, written in simulated if written is None]
    naive = sum(back is not None and back <= HORIZON for back in never) / len(never)
    assert naive > found.high, "those never written to are those who came back in time"


def test_the_natural_rate_beside_an_offer_is_matched_on_the_time_since_leaving(world):
    row = world.ask("winback_by_offer").iloc[0]
    # without a memory the chance of the next 90 days is the same on whatever day one is written to
    assert row.natural_rate == pytest.approx(1 - exp(-RISK * HORIZON), abs=0.03)
    assert row.low > row.natural_rate
