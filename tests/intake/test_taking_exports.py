"""What real exports come to: the truths that the descriptions of the formats state, row by row."""

from datetime import date

import pytest

from retention.model import ReadSettings
from tests.intake.data_set import DataSet

BY_STANDING = """select status, ended_on is not null, ended_basis, cause, count(*) from subscriptions
    group by all order by all"""


def test_memberpress_cancelled_splits_into_lost_paid_up_and_never_paid(shared):
    data = DataSet([shared / "exports/memberpress_subscriptions.csv"], ReadSettings(as_of=date(2026, 11, 20)))
    assert data.ask(BY_STANDING) == [
        ("active", False, None, None, 15),
        ("cancelled", True, "expiry", "voluntary", 11),  # 9 members lost, 2 who came back
        ("never_paid", False, None, None, 2),  # one refused first payment, one pending
        ("past_due", True, "expiry", "involuntary", 2),  # lapsed by a failed payment
        ("paused", True, "expiry", "unknown", 2),
        ("pending_cancel", False, None, None, 2),  # paid up to a later date
        ("trialing", False, None, None, 1),
    ]
    lost = """select count(distinct member_id) from subscriptions as gone where cause = 'voluntary'
        and not exists (select 1 from subscriptions s where s.member_id = gone.member_id and s.ended_on is null)"""
    assert data.ask(lost) == [(9,)]


@pytest.mark.parametrize(("subscription", "plan", "price", "access_until", "ended_on"), [
    ("330", "Annual Circle", 190.0, "2025-03-30", "2025-03-30"),  # 23:59:59: the day after
    ("329", "Annual Circle", 159.66, "2026-08-02", "2026-08-02"),  # without the tax
    ("359", "Monthly Circle", 19.0, "2026-09-14", "2026-09-14"),  # cut at 07:05: that day
    ("349", "Coach & Community", 49.0, "2026-11-24", None),
    ("332", "Annual Circle", 190.0, "2027-01-26", None),
])
def test_memberpress_access_ends_the_day_after_its_last_second(
    shared, subscription, plan, price, access_until, ended_on
):
    data = DataSet([shared / "exports/memberpress_subscriptions.csv"])
    row = data.ask(f"""select plan, price, access_until, ended_on from subscriptions
        where subscription_id = '{subscription}'""")
    assert row == [(plan, price, access_until, ended_on)]


def test_memberpress_file_names_carry_the_day_of_the_export(shared):
    text = (shared / "exports/memberpress_subscriptions.csv").read_text(encoding="utf-8")
    report = DataSet([("subscriptions-1795167000.csv", text)]).reports[0]
    assert (report.as_of, report.as_of_basis) == (date(2026, 11, 20), "file_name")


def test_an_export_of_exactly_one_page_is_doubted(shared):
    text = (shared / "exports/memberpress_subscriptions.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    assert "page_only" in DataSet([("subscriptions.csv", "".join(text[:21]))]).codes("doubtful")


def test_stripe_tells_the_request_from_the_loss_and_the_cause(shared):
    data = DataSet([shared / "exports/stripe_subscriptions.csv"], ReadSettings(as_of=date(2026, 11, 20)))
    assert data.ask(BY_STANDING) == [
        ("active", False, None, None, 17),
        ("cancelled", True, "exported", "involuntary", 4),
        ("cancelled", True, "exported", "voluntary", 10),
        ("never_paid", False, None, None, 1),
        ("past_due", False, None, None, 4),
        ("paused", False, None, None, 1),
        ("pending_cancel", False, None, None, 3),
        ("trialing", False, None, None, 2),
    ]
    assert data.ask("""select started_on, cancel_requested_at, ended_on, cause from subscriptions
        where member_id = 'rosa.conti@example.com'""") == [
        ("2026-03-25", "2026-10-19T09:30:00", "2026-11-13", "voluntary")]
    assert data.ask("select count(*) from cancellations") == [(17,)]


@pytest.mark.parametrize(("subscription", "expected"), [
    ("7813", ("never_paid", None, None, None, None)),
    ("7779", ("cancelled", "2026-03-10", "unknown", None, "7088")),  # switched
    ("7762", ("cancelled", "2026-10-06", "unknown", None, "7060")),  # switched
    ("7756", ("expired", "2024-12-29", "unknown", None, None)),
    ("7729", ("expired", "2025-01-31", "unknown", None, None)),
    ("7701", ("cancelled", "2025-03-31", "voluntary", "2025-03-18T11:02:09", None)),
    ("7656", ("cancelled", "2026-06-11", "voluntary", "2026-06-11T09:28:55", None)),  # the history says who
    ("7508", ("pending_cancel", None, None, "2026-11-19T17:56:34", None)),
    ("7473", ("pending_cancel", None, None, "2026-11-07T15:15:52", None)),
    ("7451", ("pending_cancel", None, None, "2026-10-30T14:50:51", None)),
    ("7426", ("past_due", None, None, None, None)),
    ("7411", ("past_due", None, None, None, None)),
    ("7402", ("past_due", None, None, None, None)),
    ("7368", ("active", None, None, None, None)),
])
def test_woocommerce_rows_end_as_their_status_and_dates_say(shared, subscription, expected):
    data = DataSet([shared / "exports/woocommerce_subscriptions.csv"], ReadSettings(as_of=date(2026, 11, 20)))
    assert data.ask(f"""select status, ended_on, cause, cancel_requested_at, switched_to from subscriptions
        where subscription_id = '{subscription}'""") == [expected]


def test_woocommerce_past_due_ends_one_term_after_its_last_charge(shared):
    data = DataSet([shared / "exports/woocommerce_subscriptions.csv"], ReadSettings(as_of=date(2026, 12, 15)))
    assert data.ask("""select status, access_until, ended_on, ended_basis, cause from subscriptions
        where subscription_id = '7426'""") == [("past_due", "2026-11-24", "2026-11-24", "last_charge", "involuntary")]


def test_maven_keeps_payment_words_without_reading_them_as_never_paid(shared):
    data = DataSet([shared / "data/maven/subscription_cohort_analysis_data.csv"])
    counts = data.ask("select count(*), count(distinct member_id), count(ended_on) from subscriptions")
    assert counts == [(3069, 2877, 2004)]
    assert data.ask("select distinct interval_unit, price from subscriptions") == [("month", 39.0)]
    words = data.ask("select status_raw, count(*) from subscriptions group by 1 order by 1")
    assert words == [("No", 133), ("Yes", 2936)]
    assert data.ask("select count(*) from subscriptions where status = 'never_paid'") == [(0,)]
    assert (data.reports[0].as_of, data.reports[0].as_of_basis) == (date(2023, 9, 8), "newest_row")


def test_a_data_dictionary_is_not_taken_for_members(shared):
    report = DataSet([shared / "data/maven/data_dictionary.csv"]).reports[0]
    assert (report.kind, report.refused) == (None, True)
    assert report.headings == ["Field", "Description"]
    assert len(report.preview) == 6


def ravenstack(shared) -> DataSet:
    names = ("accounts", "subscriptions", "churn_events")
    return DataSet([shared / f"data/ravenstack/ravenstack_{name}.csv" for name in names])


def test_ravenstack_is_one_data_set_of_three_files(shared):
    data = ravenstack(shared)
    assert [report.kind for report in data.reports] == ["members", "subscriptions", "survey_answers"]
    assert data.ask("select count(*), count(tags) from members") == [(500, 110)]
    assert data.ask("select count(*), count(ended_on) from subscriptions") == [(5000, 486)]
    assert data.ask("select count(*) from subscriptions where status = 'trialing'") == [(778,)]
    assert data.ask("select count(*) from survey_answers") == [(600,)]
    assert data.ask("select plan, price, quantity from subscriptions where subscription_id = 'S-8cec59'") == [
        ("Enterprise", 2786.0, 1.0)]


def test_ravenstack_reasons_keep_the_owners_words(shared):
    assert ravenstack(shared).ask("select wording, reason, count(*) from answer_reasons group by all order by 1") == [
        ("budget", "price", 104), ("competitor", "switched", 92), ("features", "missing_topic", 114),
        ("pricing", "price", 91), ("support", "service", 104), ("unknown", "other", 95)]


def test_patreon_leaves_out_free_members_and_names_members_without_an_address_by_their_id(shared):
    data = DataSet([shared / "exports/patreon_members.csv"])
    assert (data.reports[0].rows_taken, data.reports[0].rows_set_aside) == (39, 3)
    assert data.ask("select count(*) from subscriptions where member_id = '22023644'") == [(1,)]
    assert data.ask("select count(*) from subscriptions where status = 'past_due'") == [(5,)]


def test_payments_add_up_to_what_the_exports_say(shared):
    stripe = DataSet([shared / "exports/stripe_payments.csv"])
    assert stripe.ask("select round(sum(amount), 2) from payments where status = 'paid'") == [(5192.0,)]
    assert stripe.ask("select round(sum(refunded), 2) from payments") == [(507.0,)]
    pmpro = DataSet([shared / "exports/pmpro_orders.csv"])
    assert pmpro.ask("select count(*), min(paid_at) from payments") == [(40, "2025-01-02T04:22:00")]


@pytest.mark.parametrize(("file", "answers"), [
    ("typeform_cancel_survey.csv", 36), ("googleforms_cancel_survey.csv", 34), ("gravityforms_cancel_survey.csv", 30)])
def test_surveys_are_joined_by_address_with_their_own_words(shared, file, answers):
    data = DataSet([shared / "exports" / file])
    assert data.ask("select count(*) from survey_answers") == [(answers,)]
    assert ("Too expensive", "price") in data.ask("select distinct wording, reason from answer_reasons")
