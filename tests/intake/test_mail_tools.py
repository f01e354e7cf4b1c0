"""Newsletters and campaigns: events become one message per member, and readers of a newsletter are no members."""

from datetime import date

from retention.model import ReadSettings
from tests.intake.data_set import DataSet

CONTROL = ("members.csv", "email,plan,joined_at,ended_at\n"
           "anna@x.org,basic,2025-01-10,2025-06-30\nben@x.org,plus,2025-02-01,2025-06-30\ncleo@x.org,plus,2025-02-01,\n")
OPENS = ("Come back_opens.csv", "Email,Timestamp\nanna@x.org,2025-07-03 10:00:00\nanna@x.org,2025-07-02 09:00:00\n"
         "ben@x.org,2025-07-02 11:00:00\n")
CLICKS = ("Come back_clicks.csv", "Email,Timestamp,Url\nanna@x.org,2025-07-03 10:01:00,https://x.org/a\n"
          "anna@x.org,2025-07-04 10:01:00,https://x.org/b\n")
MESSAGES = """select member_id, campaign, arm, assigned_at, sent_at, opened_at, clicked_at from outreach
    order by member_id"""


def test_opens_and_clicks_of_a_campaign_become_one_message_per_member():
    data = DataSet([CONTROL, OPENS, CLICKS])
    assert [(report.kind, report.rows_taken) for report in data.reports[1:]] == [("outreach", 3), ("outreach", 2)]
    assert data.ask(MESSAGES) == [
        ("anna@x.org", "Come back", "treated", "2025-07-02T00:00:00", None, "2025-07-02T09:00:00",
         "2025-07-03T10:01:00"),
        ("ben@x.org", "Come back", "treated", "2025-07-02T00:00:00", None, "2025-07-02T11:00:00", None)]


def test_that_nobody_knows_who_was_sent_the_mail_is_doubtful():
    assert DataSet([CONTROL, OPENS]).codes("doubtful") == ["recipients_unknown"]


def test_a_list_of_recipients_takes_the_events_in():
    sent = ("outreach.csv", "email,campaign,sent_at\nanna@x.org,Come Back,2025-07-01 08:00\n"
            "ben@x.org,Come Back,2025-07-01 08:00\n")
    data = DataSet([CONTROL, sent, OPENS, CLICKS])
    assert data.ask(MESSAGES) == [
        ("anna@x.org", "Come Back", "treated", None, "2025-07-01T08:00:00", "2025-07-02T09:00:00",
         "2025-07-03T10:01:00"),
        ("ben@x.org", "Come Back", "treated", None, "2025-07-01T08:00:00", "2025-07-02T11:00:00", None)]
    assert data.codes("doubtful") == []


def test_events_of_strangers_and_of_members_who_never_left_are_set_aside_and_counted():
    opens = ("opens.csv", "Email,Timestamp\ncleo@x.org,2025-07-03 10:00:00\nwho@x.org,2025-07-02 09:00:00\n"
             "who@x.org,2025-07-02 09:01:00\nanna@x.org,2025-07-02 09:01:00\n")
    data = DataSet([CONTROL, opens])
    assert (data.reports[1].rows_taken, data.reports[1].rows_set_aside) == (1, 3)
    assert data.ask("select member_id, campaign from outreach") == [("anna@x.org", None)]


NEWSLETTER = ("unsubscribed.csv", "Email Address,First Name,Last Name,MEMBER_RATING,UNSUB_TIME,LEID,EUID\n"
              "anna@x.org,Anna,A,2,2025-08-01 10:00:00,1,e\nreader@x.org,Rita,R,2,2025-08-02 10:00:00,2,f\n")


def test_who_unsubscribed_from_mail_is_not_to_be_contacted_and_strangers_are_no_members():
    data = DataSet([CONTROL, NEWSLETTER])
    assert data.ask("select member_id, no_contact_since from members where no_contact_since is not null") == [
        ("anna@x.org", "2025-08-01")]
    assert data.ask("select count(*) from members where member_id = 'reader@x.org'") == [(0,)]
    assert (data.reports[1].rows_taken, data.reports[1].rows_set_aside) == (1, 1)
    assert data.finding("newsletter_strangers").rows == (3,)


def test_a_stranger_of_the_newsletter_stays_a_stranger_in_the_survey():
    survey = ("survey.csv", "email,answered_at,reason\nreader@x.org,2025-08-03,price\n")
    assert DataSet([CONTROL, NEWSLETTER, survey]).codes("doubtful") == ["answer_not_in"]


def test_the_owners_campaign_comes_to_ten_messages(shared):
    names = ("stripe_subscriptions", "mailchimp_activity_opens", "mailchimp_activity_clicks", "mailchimp_unsubscribed")
    data = DataSet([shared / f"exports/{name}.csv" for name in names], ReadSettings(as_of=date(2026, 11, 20)))
    assert data.ask("select count(*), count(opened_at), count(clicked_at), count(sent_at) from outreach") == [
        (10, 10, 7, 0)]
    assert data.ask("select distinct campaign from outreach") == [("mailchimp_activity",)]
    assert data.ask("select count(*), count(no_contact_since) from members") == [(38, 28)]


def test_a_person_is_described_by_the_list_of_members_before_the_newsletter():
    people = ("people.csv", "email,name,joined_on,source\nanna@x.org,Anna Adam,2025-01-10,ads\n")
    data = DataSet([NEWSLETTER, CONTROL, people])
    assert data.ask("select import_id, name, source, no_contact_since from members where member_id = 'anna@x.org'") == [
        (3, "Anna Adam", "ads", "2025-08-01")]
