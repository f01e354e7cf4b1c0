"""Lists of Paid Memberships Pro have no status: told, hinted at by the file name, or asked; never just guessed."""

from datetime import date

import pytest

from retention.model import FileRequest, ReadSettings
from tests.intake.data_set import DataSet

HEADINGS = ("id,username,firstname,lastname,email,membership,membership_id,discount_code_id,discount_code,"
            "subscription_transaction_id,billing_amount,cycle_number,cycle_period,next_payment_date,joined,startdate,")
ROWS = ("1,a,A,A,a@x.org,Gold,1,,,sub_1,9,1,Month,2026-12-01,2026-01-10,2026-01-10,N/A\n"
        "2,b,B,B,b@x.org,Gold,1,,,,,,,,2026-01-10,2026-01-10,2026-05-10\n"
        "3,c,C,C,c@x.org,Gold,1,,,,,,,,2026-01-10,2026-01-10,2026-12-24\n")
GONE = "2,b,B,B,b@x.org,Gold,1,,,,,,,,2026-01-10,2026-01-10,2026-05-10\n"
STANDING = "select member_id, status, ended_on, ended_basis, cause from subscriptions order by source_row"


def read(name: str, rows: str = ROWS, told: str | None = None, last: str = "expires") -> DataSet:
    request = FileRequest(name, name, member_list=told)
    return DataSet([(name, HEADINGS + last + "\n" + rows)], ReadSettings(as_of=date(2026, 11, 20)), {name: request})


def test_until_it_is_said_only_the_dates_decide_and_the_question_shows_what_each_answer_would_mean():
    data = read("export.csv")
    assert data.ask(STANDING) == [
        ("a@x.org", "active", None, None, None),
        ("b@x.org", "expired", "2026-05-10", "expiry", "unknown"),
        ("c@x.org", "unknown", None, None, None)]
    assert "list_unknown" in data.codes("doubtful")
    assert data.reports[0].questions == [{"about": "member_list", "column": None, "rows": [3, 4, 2], "readings": {
        "active": ["pending_cancel 2026-05-10", "pending_cancel 2026-12-24", "active"],
        "expired": ["expired 2026-05-10", "expired 2026-12-24", "expired"],
        "cancelled": ["cancelled 2026-05-10", "cancelled 2026-12-24", "cancelled"],
        "old": ["cancelled 2026-05-10", "cancelled 2026-12-24", "cancelled"]}}]


def test_in_the_active_list_an_end_without_a_subscription_is_a_cancellation_that_runs_out():
    data = read("export.csv", told="active")
    assert data.ask(STANDING) == [
        ("a@x.org", "active", None, None, None),
        ("b@x.org", "cancelled", "2026-05-10", "expiry", "voluntary"),
        ("c@x.org", "pending_cancel", None, None, None)]
    assert data.reports[0].questions == []


@pytest.mark.parametrize(("name", "status"), [
    ("members_list_expired.csv", "expired"), ("members_list_oldmembers.csv", "cancelled"),
    ("members_list_cancelled (1).csv", "cancelled")])
def test_the_file_name_tells_which_list_it_is(name, status):
    data = read(name, GONE)
    assert data.ask(STANDING) == [("b@x.org", status, "2026-05-10", "exported", "unknown")]
    assert data.reports[0].questions == []


def test_members_list_csv_is_the_active_list():
    assert "list_active" in read("members_list.csv").codes("note")


def test_what_the_owner_says_wins_over_the_name():
    assert read("members_list_expired.csv", GONE, told="cancelled").ask(STANDING) == [
        ("b@x.org", "cancelled", "2026-05-10", "exported", "unknown")]


def test_version_2_proves_an_old_list_by_its_heading():
    headings = ("id,username,firstname,lastname,email,billing firstname,billing lastname,membership,initial payment,"
                "fee,term,discount_code_id,discount_code,joined,ended\n")
    row = "1,a,A,A,a@x.org,A,A,Gold,9.00000000,9.00000000,Month,,,2025-01-10,2025-06-10\n"
    data = DataSet([("x.csv", headings + row)])
    assert data.ask(STANDING) == [("a@x.org", "cancelled", "2025-06-10", "exported", "unknown")]
    assert "list_old" in data.codes("note")
