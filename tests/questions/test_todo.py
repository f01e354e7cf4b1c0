"""To-do lists and one member's story: who is on which list, and who is on none."""

import pytest

from retention.filters import TODOS, Filters
from tests.questions.conftest import subscription
from tests.questions.test_farewell import request
from tests.questions.test_winback import message


def listed(data, todo, **filters):
    return data.ask("todo_list", Filters(todo=todo, **filters))


def members(data, todo, **filters):
    return listed(data, todo, **filters).email.tolist()


def person(email, name=None, **more):
    return {"member_id": email, "email_norm": email, "name": name, **more}


@pytest.fixture
def everyone(typed):
    """One person for each list, and for each list one more who asked in some file not to be written to."""
    kinds = ["left", "silent", "waiting", "offer", "going", "card"]
    names = [f"{kind}@x.org" for kind in kinds] + [f"quiet-{kind}@x.org" for kind in kinds]

    def rows(kind, address):
        if kind in ("left", "silent"):
            return subscription(address, "2025-01-10", "2025-08-10")
        if kind == "going":
            return subscription(address, "2025-01-10", None, status="pending_cancel", access_until="2025-11-10")
        return subscription(address, "2025-01-10")

    def told(kind, address, number):
        if kind == "waiting":
            return [request(number, address, "2025-10-20 08:00")]
        if kind == "offer":
            more = {"outcome": "saved", "offer": "half price", "offer_accepted": True, "offer_ended_on": "2025-11-20"}
            return [request(number, address, "2025-08-20 08:00", "2025-08-20 09:00", "2025-08-20 09:00", **more)]
        return []

    def unsubscribed(kind):
        return f"quiet-{kind}@x.org" in ("quiet-silent@x.org", "quiet-waiting@x.org")

    people = [
        person(
            name,
            f"{name.split('@')[0].title()} Doe",
            no_contact_since="2025-09-01"
            if name.startswith("quiet") and not unsubscribed(name[6:].split("@")[0])
            else None,
        )
        for name in names
    ]
    kind_of = {name: name.split("@")[0].removeprefix("quiet-") for name in names}
    return typed(
        as_of="2025-10-31",
        members=people,
        subscriptions=[rows(kind_of[name], name) for name in names],
        cancellations=[asked for number, name in enumerate(names) for asked in told(kind_of[name], name, number)],
        outreach=[
            message(1, "silent@x.org", "2025-09-01"),
            message(2, "quiet-silent@x.org", "2025-09-01", unsubscribed_at="2025-09-02"),
            message(3, "quiet-waiting@x.org", "2025-01-01", unsubscribed_at="2025-01-02"),
        ],
        payments=[
            {"member_id": name, "paid_at": "2025-10-10 04:00", "amount": 10.0, "status": "failed"}
            for name in names
            if kind_of[name] == "card"
        ],
    )


@pytest.mark.parametrize(
    ("todo", "kind"), list(zip(TODOS, ["left", "silent", "waiting", "offer", "going", "card"], strict=True))
)
def test_each_list_holds_whom_it_is_for_and_nobody_who_asked_not_to_be_written_to(everyone, todo, kind):
    assert members(everyone, todo) == [f"{kind}@x.org"]


def test_the_counts_are_those_of_the_lists_and_say_who_is_left_out(everyone):
    counts = everyone.ask("todo_counts")
    assert counts[["todo", "members", "withheld"]].values.tolist() == [[todo, 1, 1] for todo in TODOS]
    for row in counts.itertuples():
        assert len(listed(everyone, row.todo)) == row.members


def test_masked_lists_hold_no_name_and_no_address(everyone):
    row = listed(everyone, "never_contacted", masked="yes").iloc[0]
    assert row["name"] == f"#{row.member}"
    assert row.email == "•••"
    assert row.isna()["first_name"]


def test_merge_fields_are_filled_from_what_the_files_tell(typed):
    data = typed(
        subscriptions=[subscription("a@x.org", "2025-01-10", "2025-10-01")],
        as_of="2025-10-31",
        members=[person("a@x.org", "Doe, Anna Maria")],
        survey_answers=[{"answer_id": "A1", "member_id": "a@x.org", "answered_at": "2025-10-02 08:00"}],
        answer_reasons=[{"answer_id": "A1", "reason": "price"}, {"answer_id": "A1", "reason": "break"}],
    )
    row = listed(data, "never_contacted").iloc[0]
    assert [row.first_name, row.email, row.plan, row.reason, row.days_since_leaving] == [
        "Anna",
        "a@x.org",
        "Monthly",
        "break;price",
        30,
    ]


def test_whoever_is_back_or_has_a_lifetime_membership_has_not_left(typed):
    data = typed(
        subscriptions=[
            subscription("a", "2025-01-10", "2025-03-10"),
            subscription("a", "2025-06-10"),
            subscription("b", "2025-01-10", "2025-03-10"),
            subscription("b", "2025-03-10", None, interval_unit="lifetime"),
        ]
    )
    assert listed(data, "never_contacted").empty


def test_whoever_is_held_out_is_not_listed_until_the_days_have_passed(typed):
    rows = {
        "subscriptions": [subscription("a", "2025-01-10", "2025-03-10")],
        "outreach": [message(1, "a", "2025-04-01", arm="holdout")],
    }
    assert listed(typed(**rows, as_of="2025-05-01"), "never_contacted").empty
    assert len(listed(typed(**rows, as_of="2025-07-01"), "never_contacted")) == 1


def test_whoever_told_a_reason_or_answered_a_letter_is_not_asked_again(typed):
    data = typed(
        subscriptions=[subscription(member, "2025-01-10", "2025-03-10") for member in "abc"],
        outreach=[
            message(1, "a", "2025-04-01"),
            message(2, "b", "2025-04-01", replied_at="2025-04-02"),
            message(3, "c", "2025-04-01"),
        ],
        survey_answers=[
            {"answer_id": "A1", "member_id": "a", "answered_at": "2025-03-12", "comment": "too dear for me"}
        ],
    )
    assert listed(data, "ask_again").name.tolist() == ["#3"]


def test_a_failed_card_is_no_longer_one_after_a_payment_or_thirty_days(typed):
    def charge(member, day, status):
        return {"member_id": member, "paid_at": f"{day} 04:00", "amount": 10.0, "status": status}

    data = typed(
        subscriptions=[subscription(member, "2025-01-10") for member in "abcd"],
        as_of="2025-10-31",
        payments=[
            charge("a", "2025-10-10", "failed"),
            charge("b", "2025-10-10", "failed"),
            charge("b", "2025-10-13", "paid"),
            charge("c", "2025-09-30", "failed"),
            charge("d", "2025-10-01", "failed"),
        ],
    )
    assert listed(data, "card_to_update").name.tolist() == ["#4", "#1"]


def test_an_offer_ends_this_month_counted_from_the_day_after_the_last_complete_one(typed):
    def saved(number, member, ended):
        return request(
            number,
            member,
            "2025-08-01 08:00",
            None,
            "2025-08-01 09:00",
            outcome="saved",
            offer="half price",
            offer_accepted=True,
            offer_ended_on=ended,
        )

    rows = {
        "subscriptions": [subscription(member, "2025-01-10") for member in "ab"],
        "cancellations": [saved(1, "a", "2025-10-31"), saved(2, "b", "2025-11-01")],
    }
    assert listed(typed(**rows, as_of="2025-10-30"), "offer_ends").name.tolist() == ["#1"]
    assert listed(typed(**rows, as_of="2025-10-31"), "offer_ends").name.tolist() == ["#2"]


def test_a_request_is_late_once_the_promised_hours_have_passed(typed):
    data = typed(
        subscriptions=[subscription("a", "2025-01-10")],
        as_of="2025-03-31",
        cancellations=[request(1, "a", "2025-03-31 00:00")],
    )
    assert listed(data, "late_requests", promise_hours=24).empty
    assert len(listed(data, "late_requests", promise_hours=23)) == 1


def test_members_are_found_by_any_part_of_name_or_address_or_by_their_number(typed):
    data = typed(
        subscriptions=[subscription("anna@x.org", "2025-01-10"), subscription("ben@x.org", "2025-01-10")],
        members=[person("anna@x.org", "Anna Groß"), person("ben@x.org", "Ben Ång")],
    )

    def found(words, **more):
        return data.ask("members_found", Filters(member=words, **more))["name"].tolist()

    assert found("GROSS") == []
    assert found("groß") == ["Anna Groß"]
    assert found("ång") == ["Ben Ång"]
    assert found("x.org") == ["Anna Groß", "Ben Ång"]
    assert found("#2") == ["Ben Ång"]
    assert found("%") == []
    assert found("") == []
    assert found("groß", masked="yes") == ["#1"]


def test_a_story_tells_every_event_in_order(typed):
    data = typed(
        as_of="2025-12-31",
        subscriptions=[
            subscription("a", "2025-01-10", "2025-03-10"),
            subscription("a", "2025-03-10", "2025-06-10", plan="Annual", price=100.0),
            subscription("a", "2025-09-01"),
            subscription("other", "2025-01-10"),
        ],
        payments=[
            {"member_id": "a", "paid_at": "2025-02-10 04:00", "amount": 10.0, "status": "failed"},
            {"member_id": "a", "paid_at": "2025-02-13 04:00", "amount": 10.0, "status": "paid"},
        ],
        cancellations=[request(1, "a", "2025-05-20 08:00", "2025-05-20 10:00", "2025-05-21 10:00")],
        survey_answers=[
            {"answer_id": "A1", "member_id": "a", "answered_at": "2025-06-12 08:00", "comment": "Thank you"}
        ],
        answer_reasons=[{"answer_id": "A1", "reason": "finished"}],
        outreach=[message(1, "a", "2025-08-01", replied_at="2025-08-03")],
    )
    story = data.ask("member_story", Filters(member="#1"))
    assert [f"{row.day:%m-%d} {row.happened}" for row in story.itertuples()] == [
        "01-10 joined",
        "02-10 failed",
        "03-10 switched",
        "05-20 asked",
        "05-20 replied",
        "05-21 done",
        "06-10 left",
        "06-12 answered",
        "08-01 sent",
        "08-03 letter_answered",
        "09-01 returned",
    ]
    assert story.set_index("happened").loc["answered", ["code", "comment"]].tolist() == ["finished", "Thank you"]
    masked = data.ask("member_story", Filters(member="#1", masked="yes")).set_index("happened")
    assert masked.isna().loc["answered", "comment"]


def test_without_a_member_there_is_no_story(typed):
    data = typed(subscriptions=[subscription("a", "2025-01-10")])
    assert data.ask("member_story").empty
    assert data.ask("member_story", Filters(member="a")).empty


def test_a_pause_is_no_switch_but_another_plan_after_it_is(typed):
    pause = {"paused_on": "2025-03-10", "resumed_on": "2025-04-10"}
    data = typed(
        subscriptions=[
            subscription("a", "2025-01-10", subscription_id="s1"),
            subscription("b", "2025-01-10", "2025-04-10", subscription_id="s2"),
            subscription("b", "2025-04-10", subscription_id="s3", plan="Annual"),
        ],
        pauses=[
            {"member_id": "a", "subscription_id": "s1", **pause}, {"member_id": "b", "subscription_id": "s2", **pause},
        ],
    )
    story = data.ask("member_story", Filters(member="#1"))
    assert [f"{row.day:%m-%d} {row.happened}" for row in story.itertuples()] == [
        "01-10 joined", "03-10 paused", "04-10 resumed"]
    assert story["until"].isna().all()
    other = data.ask("member_story", Filters(member="#2"))
    assert "04-10 switched" in [f"{row.day:%m-%d} {row.happened}" for row in other.itertuples()]
