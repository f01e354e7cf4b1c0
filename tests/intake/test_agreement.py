"""Exports of one system agree or the difference is shown; payers of one system take their prices from another."""

import re

from tests.intake.data_set import DataSet

NAMES = ("memberpress_members", "memberpress_subscriptions", "memberpress_transactions")
GHOST = ("id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,"
         "tiers\n"
         "g1,anna@home.org,Anna,,true,false,cus_1,2025-01-01T10:00:00.000Z,,,Gold\n"
         "g2,ben@x.org,Ben,,true,false,cus_2,2025-01-01T10:00:00.000Z,,,Gold\n"
         "g3,reader@x.org,Rita,,true,false,,2025-01-01T10:00:00.000Z,,,\n"
         "g4,cleo@x.org,Cleo,,true,false,cus_4,2025-01-01T10:00:00.000Z,,,Gold\n")
STRIPE = ("id,Customer ID,Customer Email,Plan,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start Date (UTC),"
          "Current Period Start (UTC),Current Period End (UTC),Canceled At (UTC),Ended At (UTC)\n"
          "sub_1,cus_1,anna@work.org,Gold,1,eur,month,9.00,canceled,2025-01-02 10:00,2025-01-02 10:00,2025-05-02 10:00,"
          "2025-06-02 10:00,2025-05-20 10:00,2025-06-02 10:00\n"
          "sub_2,cus_2,,Gold,1,eur,year,90.00,active,2025-02-02 10:00,2025-02-02 10:00,2025-02-02 10:00,"
          "2026-02-02 10:00,,\n")


def test_the_memberpress_exports_of_one_site_agree(shared):
    data = DataSet([shared / f"exports/{name}.csv" for name in NAMES])
    told = [(found.code, found.example) for found in data.reports[0].findings if found.code.startswith("files_")]
    assert told == [("files_agree", "memberpress_subscriptions.csv"), ("files_agree", "memberpress_transactions.csv")]


def test_amounts_and_counts_that_differ_are_shown_with_the_members_they_concern(shared):
    texts = {name: (shared / f"exports/{name}.csv").read_text(encoding="utf-8") for name in NAMES}
    texts[NAMES[0]] = re.sub(r"(ada\.brandt.*?),38\.00,", r"\1,57.00,", texts[NAMES[0]])
    texts[NAMES[1]] = texts[NAMES[1]].replace(",suspended,", ",active,", 1)
    report = DataSet([(f"{name}.csv", text) for name, text in texts.items()]).reports[0]
    told = {finding.column: (finding.severity, finding.row_count, finding.example)
            for finding in report.findings if finding.code == "files_disagree"}
    assert told == {
        "total_spent": ("doubtful", 1, "6196 / 6177 (memberpress_transactions.csv)"),
        "active_sub_count": ("doubtful", 1, "18 / 19 (memberpress_subscriptions.csv)"),
        "suspended_sub_count": ("doubtful", 1, "2 / 1 (memberpress_subscriptions.csv)")}
    spent = next(finding for finding in report.findings if finding.column == "total_spent")
    assert spent.rows == (2,)


def test_a_ghost_list_alone_says_that_prices_need_the_stripe_file():
    data = DataSet([("ghost.csv", GHOST)])
    assert (data.finding("prices_elsewhere").row_count, data.finding("prices_elsewhere").example) == (3, "Stripe")


def test_ghost_payers_take_price_term_and_dates_from_stripe_joined_by_their_customer_id():
    data = DataSet([("ghost.csv", GHOST), ("stripe.csv", STRIPE)])
    assert data.ask("""select member_id, price, interval_unit, started_on, ended_on from subscriptions
        order by source_row""") == [
        ("anna@home.org", 9.0, "month", "2025-01-02", "2025-06-02"),
        ("ben@x.org", 90.0, "year", "2025-02-02", None)]
    ghost = {finding.code: finding for finding in data.reports[0].findings}
    assert (ghost["payers_found"].row_count, ghost["payers_missing"].rows) == (2, (5,))
    assert "prices_elsewhere" not in ghost


def test_a_person_with_two_addresses_is_one_member():
    data = DataSet([("ghost.csv", GHOST), ("stripe.csv", STRIPE)])
    assert data.ask("select count(*) from members where member_id in ('anna@work.org', 'cus_1', 'cus_2')") == [(0,)]
