"""What only the owner can decide is asked per column, shown on their own rows, and decided per column."""

from retention.model import FileRequest, ReadSettings
from tests.intake.data_set import DataSet

TEXT = ("email;joined_at;ended_at;price\n"
        "a@x.org;05/05/2025;06/07/2025;1.234\n"
        "b@x.org;01/02/2025;03/04/2025;2.500\n"
        "c@x.org;03/02/2025;;5.000\n")


def read(text: str = TEXT, **request) -> DataSet:
    settings = request.pop("settings", ReadSettings())
    return DataSet([("m.csv", text)], settings, {"m.csv": FileRequest("m.csv", "m.csv", **request)})


def test_an_open_column_is_asked_with_both_readings_of_three_real_rows():
    assert read().reports[0].questions == [
        {"about": "date_order", "column": "joined_at", "rows": [3, 4], "written": ["01/02/2025", "03/02/2025"],
         "readings": {"day": ["2025-02-01", "2025-02-03"], "month": ["2025-01-02", "2025-03-02"]}},
        {"about": "date_order", "column": "ended_at", "rows": [2, 3], "written": ["06/07/2025", "03/04/2025"],
         "readings": {"day": ["2025-07-06", "2025-04-03"], "month": ["2025-06-07", "2025-03-04"]}},
        {"about": "decimal", "column": "price", "rows": [2, 3, 4], "written": ["1.234", "2.500", "5.000"],
         "readings": {"point": [1.234, 2.5, 5.0], "comma": [1234.0, 2500.0, 5000.0]}},
    ]


def test_each_column_is_decided_for_itself():
    data = read(date_orders={"joined_at": "month", "ended_at": "day"}, decimals={"price": "comma"})
    assert data.ask("select started_on, ended_on, price from subscriptions order by source_row") == [
        ("2025-05-05", "2025-07-06", 1234.0), ("2025-01-02", "2025-04-03", 2500.0), ("2025-03-02", None, 5000.0)]
    assert data.reports[0].questions == []
    assert data.codes("doubtful") == []


def test_what_is_said_of_a_column_comes_before_what_is_said_of_all():
    data = read(date_orders={"joined_at": "month"}, decimals={"price": "point"},
                settings=ReadSettings(date_order="day", decimal="comma"))
    assert data.ask("select started_on, ended_on, price from subscriptions where source_row = 3") == [
        ("2025-01-02", "2025-04-03", 2.5)]


def test_an_answer_for_one_column_leaves_the_other_open():
    questions = read(date_orders={"joined_at": "month"}, decimals={"price": "comma"}).reports[0].questions
    assert [(question["about"], question["column"]) for question in questions] == [("date_order", "ended_at")]


def test_days_that_read_the_same_both_ways_are_no_question():
    data = read("email,joined_at\na@x.org,05/05/2025\nb@x.org,06/06/2025\n")
    assert data.reports[0].questions == []
    assert data.codes("doubtful") == []
    assert data.ask("select started_on from subscriptions order by 1") == [("2025-05-05",), ("2025-06-06",)]


def test_rows_that_prove_an_order_are_believed_more_than_an_answer():
    data = read("email,joined_at\na@x.org,31/01/2025\nb@x.org,01/02/2025\n", date_orders={"joined_at": "month"})
    assert data.ask("select started_on from subscriptions order by 1") == [("2025-01-31",), ("2025-02-01",)]
