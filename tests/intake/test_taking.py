"""What becomes of any owner's table: recognised by usual headings, rows judged one by one, nothing silently lost."""

from datetime import date

from retention.model import FileRequest, ReadSettings
from tests.intake.data_set import DataSet


def members(text: str, **settings) -> DataSet:
    return DataSet([("members.csv", text)], ReadSettings(**settings))


def test_german_headings_and_formats_are_understood():
    data = members("E-Mail;Tarif;Beitritt;Kündigung;Kündigungsgrund;Preis\n"
                   "anna@example.org;Basis;10.01.2025;30.06.2025;zu teuer;9,90\n")
    assert data.ask("select member_id, plan, started_on, ended_on, cause, price from subscriptions") == [
        ("anna@example.org", "Basis", "2025-01-10", "2025-06-30", "voluntary", 9.9)]
    assert data.ask("select reason, wording from answer_reasons") == [("price", "zu teuer")]
    assert data.finding("cancelled_read_as_end").column == "Kündigung"


def test_an_address_is_the_same_in_any_case_and_any_composition():
    data = members("email,joined_at\nMüller@Example.org,2025-01-10\n mu\u0308ller@example.org ,2025-01-11\n")
    assert data.ask("select distinct member_id from subscriptions") == [("müller@example.org",)]


def test_one_member_with_two_periods_is_no_duplicate():
    data = members("email,plan,joined_at,ended_at\na@x.org,basic,2024-01-10,2024-06-30\na@x.org,plus,2025-02-01,\n")
    assert (data.reports[0].rows_taken, data.reports[0].rows_set_aside) == (2, 0)


def test_rows_that_cannot_be_used_are_counted_and_named_by_their_line():
    data = members("email,joined_at,ended_at\n"
                   "not-an-email,2025-01-10,\n"
                   ",2025-01-10,\n"
                   "a@x.org,,\n"
                   "b@x.org,2099-01-01,\n"
                   "c@x.org,2025-06-01,2025-05-01\n"
                   "d@x.org,2025-06-01,2025-06-01\n"
                   "D@x.org,2025-06-01,2025-06-01\n")
    assert (data.reports[0].rows_taken, data.reports[0].rows_set_aside) == (1, 6)
    told = {finding.code: finding.rows for finding in data.reports[0].findings if finding.severity == "doubtful"}
    assert told == {"email_malformed": (2,), "member_missing": (3,), "start_missing": (4,), "date_future": (5,),
                    "end_before_start": (6,), "duplicate": (8,)}


def test_addresses_never_stand_in_a_finding():
    data = members("email,joined_at\nx y@secret.org,2025-01-10\nok@x.org,2025-01-10\n")
    assert all("secret" not in (finding.example or "") for finding in data.reports[0].findings)


def test_a_future_cancellation_is_active_now_and_ends_later():
    data = members("email,joined_at,ended_at\na@x.org,2025-01-10,2099-06-30\n")
    assert data.ask("select status, ended_on, access_until from subscriptions") == [
        ("pending_cancel", None, "2099-06-30")]


def test_the_end_of_a_paid_up_member_is_no_day_on_which_the_file_was_written():
    data = members("email,joined_at,ended_at,status\n"
                   "a@x.org,2025-01-10,2025-04-10,pending_cancel\nb@x.org,2025-02-10,2025-03-10,cancelled\n")
    assert (data.reports[0].as_of, data.reports[0].as_of_basis) == (date(2025, 3, 10), "newest_row")


def test_where_status_and_dates_disagree_the_dates_are_believed_and_it_is_said():
    data = members("email,joined_at,ended_at,status\n"
                   "a@x.org,2025-01-10,,cancelled\nb@x.org,2025-01-10,2025-05-01,active\n")
    assert data.ask("select status, ended_on, ended_basis, cause from subscriptions order by source_row") == [
        ("cancelled", None, "unknown", "unknown"), ("cancelled", "2025-05-01", "exported", "unknown")]
    assert data.finding("status_contradicts").rows == (2, 3)


def test_quarterly_and_yearly_words_become_terms():
    data = members("email,joined_at,interval\na@x.org,2025-01-10,quarterly\nb@x.org,2025-01-10,jährlich\n"
                   "c@x.org,2025-01-10,monatlich\nd@x.org,2025-01-10,fortnight\n")
    assert data.ask("select interval_unit, interval_count from subscriptions order by source_row") == [
        ("month", 3), ("year", 1), ("month", 1), (None, None)]
    assert data.finding("term_unknown").example == "fortnight"


def test_a_failed_payment_given_as_the_reason_is_a_cause_and_no_reason():
    data = members("email,joined_at,ended_at,cancel_reason\na@x.org,2025-01-10,2025-03-01,payment_failed\n"
                   "b@x.org,2025-01-10,2025-03-01,too_expensive\n")
    assert data.ask("select cause from subscriptions order by source_row") == [("involuntary",), ("voluntary",)]
    assert data.ask("select reason from answer_reasons") == [("price",)]


def test_several_reasons_in_one_cell_are_parted():
    data = DataSet([("survey.csv", 'email,answered_at,reasons\na@x.org,2025-06-30,"too_expensive; not_using"\n'
                                   'b@x.org,2025-06-30,"too_expensive, content"\n'
                                   'c@x.org,2025-06-30,"Well, you know"\n')])
    assert data.ask("select source_row, reason, wording from answer_reasons order by 1, 3") == [
        (2, "not_using", "not_using"), (2, "price", "too_expensive"),
        (3, "content", "content"), (3, "price", "too_expensive"), (4, "other", "Well, you know")]
    assert data.finding("reasons_several").rows == (2, 3)
    assert data.finding("reasons_unmapped").example == "Well, you know (1)"


def test_ids_beyond_float_precision_stay_apart():
    data = members("member_id,joined_at\n9007199254740992,2025-01-10\n9007199254740993,2025-01-10\n00042,2025-01-10\n")
    assert data.ask("select member_id from subscriptions order by source_row") == [
        ("9007199254740992",), ("9007199254740993",), ("00042",)]


def test_words_that_mean_nothing_stay_plan_names_and_it_is_said():
    data = members("email,plan,joined_at\na@x.org,NULL,2025-01-10\nb@x.org,None,2025-01-11\n")
    assert data.ask("select plan from subscriptions order by 1") == [("NULL",), ("None",)]
    assert data.finding("null_words").severity == "note"


def test_hostile_words_are_only_words():
    evil = "basic'; DROP TABLE members; --"
    data = members(f'email,name,plan,joined_at,"a""; DROP TABLE members; --"\nb@x.org,Eve,{evil},2025-01-10,x\n')
    assert data.ask("select plan from subscriptions") == [(evil,)]
    assert data.ask("select count(*) from members") == [(1,)]


def test_an_unknown_table_is_taken_by_the_columns_that_the_owner_names():
    text = "Wer,Los,Schluss,Stufe\na@x.org,2025-01-10,2025-03-01,Gold\n"
    unknown = members(text).reports[0]
    assert unknown.kind is None
    assert unknown.preview == [["a@x.org", "2025-01-10", "2025-03-01", "Gold"]]
    assert unknown.guesses == {"member_id": "Wer", "started_on": "Los", "plan": "Stufe"}
    by_hand = FileRequest("members.csv", "members.csv", kind="subscriptions", mapping={
        "member_id": "Wer", "started_on": "Los", "ended_on": "Schluss", "plan": "Stufe"})
    data = DataSet([("members.csv", text)], requests={"members.csv": by_hand})
    assert data.ask("select member_id, plan, started_on, ended_on from subscriptions") == [
        ("a@x.org", "Gold", "2025-01-10", "2025-03-01")]


CONTROL = ("members.csv", "email,plan,joined_at,cancelled_at\n"
           "anna@x.org,basic,2025-01-10,2025-06-30\nben@x.org,plus,2025-02-01,\n")


def winback(rows: str) -> DataSet:
    return DataSet([CONTROL, ("winback.csv", "email,incentive,offered_at,returned_at\n" + rows)])


def test_a_message_to_a_stranger_is_set_aside():
    data = winback("ghost@x.org,discount20,2025-07-01,2025-07-20\n")
    assert (data.reports[1].rows_taken, data.reports[1].rows_set_aside) == (0, 1)
    assert data.codes("doubtful") == ["message_not_in"]
    assert data.ask("select count(*) from outreach") == [(0,)]


def test_a_message_before_the_leaving_is_set_aside():
    data = winback("anna@x.org,discount20,2025-05-01,2025-05-20\n")
    assert data.codes("doubtful") == ["message_before"]
    assert data.reports[1].rows_set_aside == 1


def test_a_return_claimed_twice_is_kept_and_named():
    data = winback("anna@x.org,discount20,2025-07-01,2025-08-01\nanna@x.org,pause,2025-07-15,2025-08-01\n")
    assert data.codes("doubtful") == ["message_double"]
    assert data.ask("select incentive, sent_at, reported_returned_on from outreach order by 2") == [
        ("discount20", "2025-07-01T00:00:00", "2025-08-01"), ("pause", "2025-07-15T00:00:00", "2025-08-01")]


def test_the_day_of_the_data_is_the_subscriptions_one():
    data = DataSet([CONTROL, ("survey.csv", "email,answered_at,reason\nanna@x.org,2025-12-24,price\n")])
    assert data.reports[0].as_of == date(2025, 6, 30)
    assert data.ask("select ended_on from subscriptions where member_id = 'anna@x.org'") == [("2025-06-30",)]


def test_an_end_after_the_asked_day_has_not_happened_yet():
    data = DataSet([CONTROL], ReadSettings(as_of=date(2025, 6, 1)))
    assert data.ask("select status, ended_on from subscriptions order by source_row") == [
        ("pending_cancel", None), ("active", None)]


def test_an_id_in_one_file_and_the_address_in_another_are_one_person():
    data = DataSet([
        ("members.csv", "email,customer_id,plan,joined_at,ended_at\nanna@x.org,C7,basic,2025-01-10,2025-06-30\n"),
        ("survey.csv", "customer_id,answered_at,reason\nC7,2025-06-30,price\nC8,2025-06-30,price\n"),
    ])
    assert data.ask("select member_id from survey_answers order by 1") == [("C8",), ("anna@x.org",)]
    assert data.finding("answer_not_in").rows == (3,)


def test_a_column_called_member_may_hold_addresses():
    data = members("member,start\nAnna@x.org,2025-01-10\n")
    assert data.ask("select member_id from subscriptions") == [("anna@x.org",)]


def test_steady_pays_by_the_month_and_substack_leaves_out_readers():
    steady = members("email,plan_name,plan_monthly_amount_cents,subscription_period,subscription_state,subscribed_at,"
                     "expires_at\na@x.org,Club,500,annual,not_renewing,2025-01-10,2026-01-10\n", as_of=date(2025, 6, 1))
    assert steady.ask("select price, interval_unit, status, access_until from subscriptions") == [
        (60.0, "year", "pending_cancel", "2026-01-10")]
    substack = members("email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at\n"
                       "a@x.org,false,2025-03-10T00:00:00Z,monthly,false,2025-01-01T00:00:00Z,2025-02-10T00:00:00Z\n"
                       "b@x.org,false,,other,false,2025-01-01T00:00:00Z,\n", as_of=date(2025, 6, 1))
    assert substack.ask("select member_id, ended_on, ended_basis from subscriptions") == [
        ("a@x.org", "2025-03-10", "expiry")]
    assert substack.finding("left_out").severity == "note"


def test_our_own_templates_are_read_as_they_are_written():
    data = DataSet([
        ("subscriptions.csv", "subscription_id,email,plan,interval_unit,interval_count,price,currency,status,"
         "started_on,access_until,cancel_requested_at,ended_on,ended_basis,cause\n"
         "S1,a@x.org,Monthly,month,1,19.00,EUR,expired,2025-01-10,2025-03-10,,2025-03-10,expiry,involuntary\n"),
        ("members.csv", "email,name,joined_on,source,country,tags,no_contact_since\n"
         "a@x.org,Anna,2025-01-10,ads,DE,founder,\n"),
        ("pauses.csv", "email,subscription_id,paused_on,resumed_on\na@x.org,S1,2025-02-01,2025-02-14\n"),
        ("survey_answers.csv", "answer_id,email,asked_at,answered_at,comment,satisfaction,would_return,shown_reasons,"
         "reason,wording\n"
         "A1,a@x.org,2025-03-10 08:00,2025-03-11 09:30,Tschüss,2,true,price;content,price;break,Zu teuer; Pause\n"),
        ("outreach.csv", "message_id,email,campaign,arm,assigned_at,incentive,sent_at,cost\n"
         "W1,a@x.org,Spring,holdout,2025-04-01 10:00,course,,\n"),
        ("payments.csv", "email,subscription_id,paid_at,amount,refunded,currency,status\n"
         "a@x.org,S1,2025-01-10 10:00,19.00,0,EUR,paid\n"),
    ])
    assert {report.system for report in data.reports} == {"own"}
    assert data.ask("select ended_on, ended_basis, cause, status from subscriptions") == [
        ("2025-03-10", "expiry", "involuntary", "expired")]
    assert data.ask("select name, source, country from members") == [("Anna", "ads", "DE")]
    assert data.ask("select reason, wording from answer_reasons order by 1") == [
        ("break", "Pause"), ("price", "Zu teuer")]
    assert data.ask("select arm, incentive, sent_at from outreach") == [("holdout", "course", None)]
    assert [report.rows_taken for report in data.reports] == [1] * 6
