"""What the Data page says of the files together, against cases typed by hand."""

import pytest

from tests.questions.conftest import subscription


def answer(number: int, member: str, day: str | None) -> dict:
    return {"answer_id": f"A{number}", "member_id": member, "answered_at": day, "import_id": 2}


def message(member: str, day: str | None, arm: str = "treated") -> dict:
    return {"message_id": f"W-{member}-{day}", "member_id": member, "sent_at": day, "arm": arm, "import_id": 3}


@pytest.fixture
def files(typed):
    """Six members, two left, one returned; answers and messages that find them, and some that do not."""
    return typed(
        imports=[
            {"import_id": 1, "file_name": "members.csv"}, {"import_id": 2, "file_name": "survey.csv"},
            {"import_id": 3, "file_name": "mails.csv"},
        ],
        subscriptions=[
            subscription("anna", "2025-01-10", "2025-03-10"), subscription("anna", "2025-06-01"),
            subscription("ben", "2025-01-20", "2025-04-20", cause="involuntary"),
            subscription("cleo", "2025-02-01"), subscription("dora", "2025-02-03"),
            subscription("trial", "2025-05-01", status="trialing"),
            subscription("free", "2025-05-01", price=0.0),
        ],
        survey_answers=[
            answer(1, "anna", "2025-03-12"), answer(2, "ben", "2025-09-01"), answer(3, "cleo", "2025-05-01"),
            answer(4, "stranger", "2025-05-02"), answer(5, "trial", "2025-05-03"), answer(6, "dora", None),
        ],
        answer_reasons=[{"answer_id": "A1", "reason": "price", "wording": "Price", "import_id": 2}],
        outreach=[
            message("anna", "2025-04-01"), message("anna", "2025-06-20"), message("ben", "2025-03-01"),
            message("ben", "2025-05-01", "holdout"),
        ],
        cancellations=[
            {"cancellation_id": "C", "member_id": "cleo", "requested_at": "2025-12-01 10:00", "import_id": 1},
        ],
    )


def test_start_new_returned_and_left_add_up_for_every_length_of_period(files):
    found = files.ask("reconciliation").set_index("grain")
    assert list(found.index) == ["day", "week", "month", "quarter", "year"]
    for grain, periods in (("day", 356), ("week", 52), ("month", 12), ("quarter", 4), ("year", 1)):
        row = found.loc[grain]
        assert (row.periods, row.active_at_start, row.joined, row.returned, row.left_in_all, row.active_at_end) == (
            periods, 0, 4, 1, 2, 3)
        assert row.unexplained == 0
    assert found.first_off.isna().all()


def test_a_data_set_that_begins_later_starts_with_those_who_were_there(typed):
    data = typed(observed_from="2025-03-15", subscriptions=[
        subscription("anna", "2025-01-10"), subscription("ben", "2025-02-10", "2025-03-01"),
        subscription("cleo", "2025-02-20", "2025-04-02"), subscription("dora", "2025-05-01"),
    ])
    found = data.ask("reconciliation").set_index("grain")
    for grain in ("day", "week", "month", "quarter", "year"):
        row = found.loc[grain]
        assert (row.active_at_start, row.joined, row.left_in_all, row.active_at_end, row.unexplained) == (2, 1, 1, 2, 0)


def test_movements_are_counted_by_day_too(files):
    from retention.filters import Filters

    days = files.ask("movements", Filters(grain="day")).set_index("period_start")
    assert len(days) == 356
    row = days.loc["2025-03-10"]
    assert (row.active_at_start, row.left_in_all, row.active_at_end) == (4, 1, 3)


def test_subscriptions_that_do_not_count_are_told_apart(files):
    found = files.ask("not_counted").set_index("why")
    assert found.subscriptions.to_dict() == {"free": 1, "trial": 1}
    assert set(found.of_all) == {7}


def test_each_file_says_what_it_lit_up(files):
    found = files.ask("lit_up").set_index("file_name")
    columns = ["subscriptions", "ended", "answers", "requests", "messages"]
    assert tuple(found.loc["members.csv", columns]) == (5, 2, 0, 1, 0)
    assert tuple(found.loc["survey.csv", ["subscriptions", "answers", "found"]]) == (0, 6, 1)
    assert tuple(found.loc["mails.csv", ["subscriptions", "messages"]]) == (0, 4)


def test_who_is_unmatched_is_listed_with_the_reason(files):
    found = files.ask("unmatched")
    assert [(row.file_name, row.what, row.member_id, row.why) for row in found.itertuples()] == [
        ("mails.csv", "message", "anna", "after_return"), ("mails.csv", "message", "ben", "before_leaving"),
        ("survey.csv", "answer", "ben", "too_far"), ("survey.csv", "answer", "cleo", "too_far"),
        ("survey.csv", "answer", "stranger", "stranger"), ("survey.csv", "answer", "trial", "unpaid"),
        ("survey.csv", "answer", "dora", "undated"),
    ]
    ben = found[(found.member_id == "ben") & (found["what"] == "answer")].iloc[0]
    assert f"{ben.nearest_on:%Y-%m-%d}" == "2025-04-20"


def test_somebody_who_stays_and_asked_for_nothing_is_unmatched_for_that_reason(typed):
    data = typed(imports=[{"import_id": 2, "file_name": "survey.csv"}],
                 subscriptions=[subscription("dora", "2025-02-03")], survey_answers=[answer(1, "dora", "2025-05-01")])
    assert data.ask("unmatched").why.tolist() == ["stays"]


def test_what_is_missing_is_what_nothing_was_found_of(files):
    found = files.ask("whats_missing").set_index("thing").found
    assert found.to_dict() == {
        "paid": 5, "ends": 2, "causes": 2, "plans": 5, "prices": 5, "sources": 0, "answers": 1, "requests": 1,
        "messages": 1, "holdouts": 1, "payments": 0,
    }
