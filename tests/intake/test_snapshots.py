"""Two exports of one list on two days: each subscription counts once, and what is gone in between has ended."""

from retention.model import ReadSettings
from tests.intake.data_set import DataSet

HEADINGS = "email,plan,interval_unit,price,status,started_on,access_until,ended_on,cause\n"
ALL = "select member_id, plan, price, status, started_on, ended_on, ended_basis, cause from subscriptions order by 1, 5"


def exports(older: str, newer: str, headings: str = HEADINGS, **settings) -> DataSet:
    files = [("members 2025-06-01.csv", headings + older), ("members 2025-09-01.csv", headings + newer)]
    return DataSet(files, ReadSettings(**settings))


def test_who_vanished_ended_on_the_day_of_the_newer_export_or_when_what_was_paid_ran_out():
    data = exports(
        "a@x.org,basic,month,9,active,2025-01-10,,,\n"
        "b@x.org,basic,month,9,active,2025-01-11,,,\n"
        "c@x.org,basic,month,9,pending_cancel,2025-01-12,2025-07-12,,\n"
        "d@x.org,basic,month,9,past_due,2025-01-13,,,\n"
        "e@x.org,basic,month,9,cancelled,2025-01-14,,2025-03-14,voluntary\n"
        "f@x.org,basic,month,9,active,2025-01-15,,,\ng@x.org,basic,month,9,active,2025-01-15,,,\n",
        "a@x.org,basic,month,12,active,2025-01-10,,,\n"
        "f@x.org,basic,month,9,active,2025-01-15,,,\ng@x.org,basic,month,9,active,2025-01-15,,,\n"
        "h@x.org,basic,month,12,active,2025-07-01,,,\n")
    assert data.ask(ALL) == [
        ("a@x.org", "basic", 12.0, "active", "2025-01-10", None, None, None),
        ("b@x.org", "basic", 9.0, "cancelled", "2025-01-11", "2025-09-01", "snapshot_diff", "unknown"),
        ("c@x.org", "basic", 9.0, "cancelled", "2025-01-12", "2025-07-12", "expiry", "voluntary"),
        ("d@x.org", "basic", 9.0, "past_due", "2025-01-13", "2025-09-01", "snapshot_diff", "involuntary"),
        ("e@x.org", "basic", 9.0, "cancelled", "2025-01-14", "2025-03-14", "exported", "voluntary"),
        ("f@x.org", "basic", 9.0, "active", "2025-01-15", None, None, None),
        ("g@x.org", "basic", 9.0, "active", "2025-01-15", None, None, None),
        ("h@x.org", "basic", 12.0, "active", "2025-07-01", None, None, None)]
    older = {finding.code: (finding.severity, finding.row_count, finding.rows) for finding in data.reports[0].findings}
    assert older["snapshot_vanished"] == ("note", 3, (3, 4, 5))
    assert older["snapshot_repeated"] == ("note", 3, (2, 7, 8))
    assert [(one.rows_read, one.rows_taken, one.rows_set_aside) for one in data.reports] == [(7, 4, 3), (4, 4, 0)]


def test_who_changed_to_gone_without_a_day_ended_on_the_day_of_the_newer_export():
    data = exports("a@x.org,basic,month,9,active,2025-01-10,,,\n", "a@x.org,,,,cancelled,2025-01-10,,,\n")
    assert data.ask(ALL) == [
        ("a@x.org", "basic", 9.0, "cancelled", "2025-01-10", "2025-09-01", "snapshot_diff", "unknown")]
    assert data.finding("snapshot_gone").rows == (2,)


def test_a_stated_end_is_believed_more_than_the_two_days():
    data = exports("a@x.org,basic,month,9,active,2025-01-10,,,\n",
                   "a@x.org,basic,month,9,cancelled,2025-01-10,,2025-07-03,voluntary\n")
    assert data.ask(ALL) == [
        ("a@x.org", "basic", 9.0, "cancelled", "2025-01-10", "2025-07-03", "exported", "voluntary")]


def test_three_exports_are_merged_from_the_oldest_to_the_newest_whatever_their_order():
    row = "{0}@x.org,basic,month,9,active,2025-01-10,,,\n"
    files = [(f"members {day}.csv", HEADINGS + "".join(row.format(name) for name in there))
             for day, there in [("2025-09-01", "ab"), ("2025-03-01", "abcd"), ("2025-06-01", "abc")]]
    assert DataSet(files).ask("select member_id, ended_on from subscriptions order by 1") == [
        ("a@x.org", None), ("b@x.org", None), ("c@x.org", "2025-09-01"), ("d@x.org", "2025-06-01")]


def test_two_lists_with_little_in_common_are_no_two_pictures_of_one():
    data = exports("".join(f"m{n}@x.org,basic,month,9,active,2025-01-10,,,\n" for n in range(9)),
                   "m0@x.org,basic,month,9,active,2025-01-10,,,\nn1@x.org,basic,month,9,active,2025-02-10,,,\n")
    assert data.ask("select count(*), count(ended_on) from subscriptions") == [(10, 0)]
    assert data.finding("snapshot_apart").row_count == 8


def test_lists_without_anybody_in_common_are_simply_two_lists():
    data = exports("a@x.org,basic,month,9,active,2025-01-10,,,\n", "b@x.org,basic,month,9,active,2025-01-10,,,\n")
    assert data.ask("select count(*), count(ended_on) from subscriptions") == [(2, 0)]
    assert [code for code in data.codes() if code.startswith("snapshot")] == []


def test_the_same_file_twice_counts_once():
    text = HEADINGS + ("a@x.org,basic,month,9,active,2025-01-10,,,\n"
                       "b@x.org,basic,month,9,cancelled,2025-01-10,,2025-03-01,\n")
    data = DataSet([("one.csv", text), ("two.csv", text)])
    assert data.ask("select count(*) from subscriptions") == [(2,)]
    assert [report.rows_taken for report in data.reports] == [0, 2]


def test_a_subscription_is_known_again_by_its_id_though_plan_and_start_were_corrected():
    headings = "subscription_id,email,plan,status,started_on,ended_on\n"
    data = exports("S1,a@x.org,basic,active,2025-01-10,\nS2,a@x.org,plus,active,2025-01-10,\n",
                   "S1,a@x.org,Basic!,active,2025-01-09,\n", headings)
    assert data.ask("select subscription_id, plan, started_on, ended_on from subscriptions order by 1") == [
        ("S1", "Basic!", "2025-01-09", None), ("S2", "plus", "2025-01-10", "2025-09-01")]


def test_the_days_of_two_exports_hold_though_the_owner_was_asked_for_the_day_of_the_data():
    from datetime import date

    data = exports("a@x.org,basic,month,9,active,2025-01-10,,,\nb@x.org,basic,month,9,active,2025-01-11,,,\n",
                   "a@x.org,basic,month,9,active,2025-01-10,,,\n", as_of=date(2025, 9, 5))
    assert data.ask("select member_id, ended_on from subscriptions order by 1") == [
        ("a@x.org", None), ("b@x.org", "2025-09-01")]


PMPRO = ("id,username,firstname,lastname,email,membership,membership_id,discount_code_id,discount_code,"
         "subscription_transaction_id,billing_amount,cycle_number,cycle_period,next_payment_date,joined,startdate,")


def test_a_leaver_whom_the_old_list_names_keeps_the_day_of_the_old_list():
    row = "{0},u,F,L,{0}@x.org,Gold,1,,,{1},9,1,Month,,2025-01-10,2025-01-10,{2}\n"
    files = [
        ("members_list 2025-06-01.csv", PMPRO + "expires\n" + row.format("a", "s1", "") + row.format("b", "s2", "")),
        ("members_list 2025-09-01.csv", PMPRO + "expires\n" + row.format("a", "s1", "")),
        ("old members 2025-09-01.csv", PMPRO + "ended\n" + row.format("b", "", "2025-07-20")),
    ]
    data = DataSet(files)
    assert data.ask("select member_id, ended_on, ended_basis from subscriptions order by 1") == [
        ("a@x.org", None, None), ("b@x.org", "2025-07-20", "exported")]
