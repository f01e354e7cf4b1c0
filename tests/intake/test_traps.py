"""Traps that owners step into: pages and cut-off exports, sums among the rows, sandbox charges, trial accounts."""

import pytest

from tests.intake.data_set import DataSet


def members(*rows: str, headings: str = "email,plan,start,end") -> DataSet:
    return DataSet([("members.csv", "\n".join([headings, *rows]) + "\n")])


@pytest.mark.parametrize(("rows", "said"), [
    (50, True), (100, True), (500, True), (2500, True), (10_000, True),
    (49, False), (60, False), (123, False), (1_234, False)])
def test_a_suspiciously_round_number_of_rows_is_mentioned(rows, said):
    data = members(*(f"m{row}@x.org,basic,2025-01-10,2025-02-10" for row in range(rows)))
    assert ("round_count" in data.codes("note")) == said


@pytest.mark.parametrize("rows", [10, 20, 50, 100])
def test_a_memberpress_export_of_one_page_is_doubted(shared, rows):
    lines = (shared / "exports/memberpress_transactions.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(lines[:1] + [line.replace("41", "9", 1) for line in (lines[1:] * 2)[:rows]])
    data = DataSet([("transactions.csv", text)])
    assert "page_only" in data.codes("doubtful")
    assert "round_count" not in data.codes()


@pytest.mark.parametrize("row", [
    "Total,,,", "Summe:,,,", ",Gesamt,,", "TOTAL,3 members,,", "Zwischensumme,,2025-01-10,", "total ,,2025-12-31,"])
def test_a_sum_among_the_rows_is_no_member(row):
    data = members("a@x.org,basic,2025-01-10,2025-02-10", row)
    assert (data.reports[0].rows_taken, data.reports[0].rows_set_aside) == (1, 1)
    assert (data.finding("totals_row").severity, data.finding("totals_row").rows) == ("note", (3,))


def test_a_sum_is_no_member_where_ids_stand_for_members_either():
    data = members("C7,basic,2025-01-10,", "Summe,,2025-01-31,", headings="customer_id,plan,start,end")
    assert data.ask("select member_id from subscriptions") == [("C7",)]


def test_a_plan_called_total_is_a_plan():
    data = members("a@x.org,Total,2025-01-10,2025-02-10")
    assert data.ask("select plan from subscriptions") == [("Total",)]
    assert data.codes() == []


@pytest.mark.parametrize(("email", "doubted"), [
    ("test@x.org", True), ("test123@x.org", True), ("TestUser2@x.org", True), ("anna+test@x.org", True),
    ("tester@x.org", True), ("testa.rossi@x.org", False), ("contest@x.org", False), ("protest@test.org", False)])
def test_accounts_for_trying_out_are_doubted_and_kept(email, doubted):
    data = members(f"{email},basic,2025-01-10,2025-02-10", "b@x.org,basic,2025-01-11,2025-02-10")
    assert data.reports[0].rows_taken == 2
    assert data.codes("doubtful") == (["trial_accounts"] if doubted else [])
    assert not doubted or data.finding("trial_accounts").example is None


def test_a_member_named_test_is_doubted():
    data = members("a@x.org,Test,User,2025-01-10,", "b@x.org,Tessa,Test,2025-01-10,",
                   headings="email,first name,last name,start,end")
    assert data.finding("trial_accounts").rows == (2,)


def test_sandbox_charges_are_left_out(shared):
    text = (shared / "exports/pmpro_orders.csv").read_text(encoding="utf-8")
    data = DataSet([("orders.csv", text.replace('"live"', '"sandbox"', 3))])
    assert (data.reports[0].rows_taken, data.reports[0].rows_set_aside) == (37, 3)
    assert data.finding("left_out").example == "sandbox"
    stripe = (shared / "exports/stripe_payments.csv").read_text(encoding="utf-8")
    assert DataSet([("payments.csv", stripe.replace(",Live,", ",Test,", 2))]).reports[0].rows_set_aside == 2


def test_free_members_hold_no_subscription_that_counts(shared):
    assert DataSet([shared / "exports/patreon_members.csv"]).finding("left_out").row_count == 3
