"""A new system is a new TOML and no code; every format is recognised as itself."""

import pytest

from retention.intake.recognise.format_files import FOLDER, formats, words
from retention.intake.recognise.kinds import KINDS
from tests.intake.data_set import DataSet

EXPORTS = [
    ("ghost_members", "ghost", "members"), ("googleforms_cancel_survey", "googleforms", "survey_answers"),
    ("gravityforms_cancel_survey", "gravityforms", "survey_answers"),
    ("mailchimp_unsubscribed", "mailchimp", "members"),
    ("mailchimp_activity_opens", "mailchimp", "outreach"), ("mailchimp_activity_clicks", "mailchimp", "outreach"),
    ("memberpress_members", "memberpress", "members"),
    ("memberpress_nonrecurring_subscriptions", "memberpress", "subscriptions"),
    ("memberpress_subscriptions", "memberpress", "subscriptions"),
    ("memberpress_transactions", "memberpress", "payments"),
    ("patreon_members", "patreon", "subscriptions"), ("pmpro_members", "pmpro", "subscriptions"),
    ("pmpro_members_old", "pmpro", "subscriptions"), ("pmpro_orders", "pmpro", "payments"),
    ("stripe_customers", "stripe", "members"), ("stripe_payments", "stripe", "payments"),
    ("stripe_subscriptions", "stripe", "subscriptions"), ("typeform_cancel_survey", "typeform", "survey_answers"),
    ("woocommerce_subscriptions", "woocommerce", "subscriptions"),
]


@pytest.mark.parametrize(("file", "system", "kind"), EXPORTS)
def test_an_export_is_recognised_as_itself(shared, file, system, kind):
    report = DataSet([shared / f"exports/{file}.csv"]).reports[0]
    assert (report.system, report.kind) == (system, kind)
    assert report.rows_read == report.rows_taken + report.rows_set_aside


def test_a_new_system_is_a_new_file_and_no_code(tmp_path):
    (tmp_path / "newcomer.toml").write_text(
        'system = "newcomer"\nkind = "subscriptions"\n'
        '[signature]\nrequired = ["who", "since", "state of affairs"]\n'
        '[columns]\nemail = { from = ["who"], as = "email" }\nstarted_on = { from = ["since"], as = "day" }\n'
        'expires_on = { from = ["till"], as = "expiry" }\nstatus = { from = ["state of affairs"], as = "status" }\n'
        '[status]\n"good" = "active"\n"bad" = "cancelled"\n')
    text = "Who,Since,Till,State of Affairs\na@x.org,2025-01-10,2025-02-10 23:59:59,bad\nb@x.org,2025-03-01,,good\n"
    data = DataSet([("newcomer.csv", text)], folder=tmp_path)
    assert data.reports[0].system == "newcomer"
    assert data.ask("select status, ended_on, ended_basis from subscriptions order by source_row") == [
        ("cancelled", "2025-02-11", "expiry"), ("active", None, None)]


def test_a_new_file_may_ask_which_list_it_is_and_say_what_must_agree(tmp_path):
    (tmp_path / "people.toml").write_text(
        'system = "newcomer"\nkind = "members"\nclaims = [["paid", "paid_in_all"]]\n'
        '[signature]\nrequired = ["who", "paid in all"]\n'
        '[columns]\nemail = { from = ["who"], as = "email" }\npaid_in_all = { from = ["paid in all"], as = "money" }\n')
    (tmp_path / "charges.toml").write_text(
        'system = "newcomer"\nkind = "payments"\nclaims = [["paid", "amount"]]\n'
        '[signature]\nrequired = ["who", "when", "how much"]\n'
        '[columns]\nemail = { from = ["who"], as = "email" }\npaid_at = { from = ["when"], as = "moment" }\n'
        'amount = { from = ["how much"], as = "money" }\n')
    (tmp_path / "list.toml").write_text(
        'system = "newcomer"\nkind = "subscriptions"\nholds = "today"\n'
        '[options]\nlists = { names = { old = "gone" } }\n'
        '[signature]\nrequired = ["who", "since"]\n'
        '[columns]\nemail = { from = ["who"], as = "email" }\nstarted_on = { from = ["since"], as = "day" }\n'
        'expires_on = { from = ["till"], as = "expiry" }\nlist = { as = "list" }\nstatus = { value = "active" }\n'
        '[[rules]]\nset = "status"\nto = "cancelled"\nwhen = [["list", "is", "old"]]\n')
    data = DataSet([
        ("people.csv", "Who,Paid in all\na@x.org,20.00\nb@x.org,5.00\n"),
        ("charges.csv", "Who,When,How much\na@x.org,2025-01-10,10.00\na@x.org,2025-02-10,10.00\n"
         "b@x.org,2025-01-10,4.00\n"),
        ("people gone.csv", "Who,Since,Till\na@x.org,2025-01-10,2025-02-10\n"),
        ("people here.csv", "Who,Since,Till\nb@x.org,2025-03-10,\n"),
    ], folder=tmp_path)
    told = {finding.code: (finding.rows, finding.example) for finding in data.reports[0].findings}
    assert told["files_disagree"] == ((3,), "25 / 24 (charges.csv)")
    assert data.ask("select member_id, status, ended_on from subscriptions order by 1") == [
        ("a@x.org", "cancelled", "2025-02-10"), ("b@x.org", "active", None)]
    assert [question["about"] for question in data.reports[3].questions] == ["member_list"]


HEADINGS = [
    ("steady", "subscriptions", "first_name,last_name,email,plan_name,plan_monthly_amount_cents,gifted,"
     "subscription_period,subscription_state,subscribed_at"),
    ("substack", "subscriptions", "email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at"),
    ("rcp", "subscriptions", "Membership ID,User ID,User Login,User Email,First Name,Last Name,Membership Level ID,"
     "Membership Level Name,Subscription Key,Created Date,Expiration Date,Status,Times Billed,Discount Codes,Gateway,"
     "Gateway Customer ID,Gateway Subscription ID,Auto Renew"),
    ("rcp", "payments", "ID,Status,Purchase Type,Membership Level ID,Membership Level Name,Total Amount,Subtotal,"
     "User ID,User Email,Membership ID,Transaction ID,Transaction Type,Date"),
    ("rcp", "members", "User ID,User Login,User Email,First Name,Last Name,Subscription,Subscription Key,Expiration,"
     "Status,Discount Codes,Payment Profile ID,Recurring"),
    ("woocommerce_webtoffee", "subscriptions", "subscription_id,subscription_status,customer_id,customer_username,"
     "customer_email,date_created,trial_end_date,next_payment_date,last_order_date_created,end_date,post_parent,"
     "billing_period,billing_interval"),
    ("pmpro", "subscriptions", "id,username,firstname,lastname,email,billing firstname,billing lastname,address1,"
     "address2,city,state,zipcode,country,phone,membership,initial payment,fee,term,discount_code_id,discount_code,"
     "joined,expires"),
    ("stripe", "payments", "id,Description,Seller Message,Created (UTC),Amount,Amount Refunded,Currency,Fee,Tax,Mode,"
     "Status,Statement Descriptor,Customer ID,Customer Email,Captured,Card ID"),
    ("memberpress", "subscriptions", "User_ID,Username,Email,First Name,Last Name,Address 1,Address 2,City,State,Zip,"
     "Start Date,End Date,Subscription,Gateway,Coupon"),
    ("memberpress", "members", "ID,username,email,name,first_name,last_name,txn_count,active_txn_count,sub_count,"
     "cancelled_sub_count,status,memberships,login_count,total_spent,registered"),
    ("tally", "survey_answers", "Submission ID,Respondent ID,Submitted at,Your e-mail,Why did you leave?"),
    ("formidable", "survey_answers", "E-Mail,Warum gehen Sie?,Timestamp,Last Updated,Created By,Updated By,"
     "Entry Status,IP,ID,Key"),
    ("surveymonkey", "survey_answers", "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,"
     "First Name,Last Name,Custom Data 1,Why did you leave?"),
    ("mailchimp", "members", "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,LAST_CHANGED,LEID,EUID"),
]


@pytest.mark.parametrize(("system", "kind", "headings"), HEADINGS)
def test_headings_without_an_example_file_are_recognised_too(system, kind, headings):
    text = headings + "\n" + "," * headings.count(",") + "\n"
    assert [(report.system, report.kind) for report in DataSet([("file.csv", text)]).reports] == [(system, kind)]


@pytest.mark.parametrize("form", formats(FOLDER), ids=lambda form: f"{form.system}-{form.kind}")
def test_a_format_names_only_what_there_is(form):
    assert form.kind in KINDS
    known = KINDS[form.kind].columns
    assert {rule["set"] for rule in form.rules} <= set(known)
    statuses = set("trialing active past_due paused pending_cancel cancelled expired never_paid unknown".split())
    assert set(form.status.values()) <= statuses


def test_every_status_and_term_word_means_something_known():
    assert {unit for unit, _ in words()["interval"].values()} == {"day", "week", "month", "year", "lifetime"}
    assert set(words()["cause"].values()) == {"voluntary", "involuntary", "unknown"}
