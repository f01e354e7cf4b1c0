"""A new system is a new TOML and no code; every format is recognised as itself."""

import pytest

from retention.intake.format_files import FOLDER, formats, words
from retention.intake.kinds import KINDS
from tests.intake.data_set import DataSet

EXPORTS = [
    ("ghost_members", "ghost", "members"), ("googleforms_cancel_survey", "googleforms", "survey_answers"),
    ("gravityforms_cancel_survey", "gravityforms", "survey_answers"), ("mailchimp_unsubscribed", "mailchimp", "members"),
    ("memberpress_members", "memberpress", "members"),
    ("memberpress_nonrecurring_subscriptions", "memberpress", "subscriptions"),
    ("memberpress_subscriptions", "memberpress", "subscriptions"), ("memberpress_transactions", "memberpress", "payments"),
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


@pytest.mark.parametrize("form", formats(FOLDER), ids=lambda form: f"{form.system}-{form.kind}")
def test_a_format_names_only_what_there_is(form):
    assert form.kind in KINDS
    known = KINDS[form.kind].columns
    assert {rule["set"] for rule in form.rules} <= set(known)
    statuses = {"trialing", "active", "past_due", "paused", "pending_cancel", "cancelled", "expired", "never_paid", "unknown"}
    assert set(form.status.values()) <= statuses


def test_every_status_and_term_word_means_something_known():
    assert {unit for unit, _ in words()["interval"].values()} == {"day", "week", "month", "year", "lifetime"}
    assert set(words()["cause"].values()) == {"voluntary", "involuntary", "unknown"}
