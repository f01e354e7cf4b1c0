"""How dates are read: decided column by column, asked where they are open, never guessed."""

import pytest

from retention.model import ReadSettings
from tests.intake.data_set import DataSet


def read(*cells: str, settings: ReadSettings | None = None) -> DataSet:
    rows = "".join(f'm{number}@example.org,"{cell}",plus\n' for number, cell in enumerate(cells))
    return DataSet([("members.csv", "email,started_at,plan\n" + rows)], settings)


def starts(data: DataSet) -> list[str]:
    return [row[0] for row in data.ask("select started_on from subscriptions order by source_row")]


@pytest.mark.parametrize(("written", "day"), [
    ("2025-01-10", "2025-01-10"),
    ("2025-01-10 23:59:59", "2025-01-10"),
    ("2025-01-10T08:05", "2025-01-10"),
    ("31.12.2024", "2024-12-31"),
    ("1.2.2025", "2025-02-01"),
    ("31.12.2024 14:05", "2024-12-31"),
    ("31.12.2024 14:05 Uhr", "2024-12-31"),
    ("23-12-2023", "2023-12-23"),
    ("2026/01/12 6:29:33 AM GMT+1", "2026-01-12"),
    ("June 26, 2026 2:17 pm", "2026-06-26"),
    ("10. Januar 2025", "2025-01-10"),
    ("20250131", "2025-01-31"),
    ("12/31/2024", "2024-12-31"),
    ("31/12/2024", "2024-12-31"),
])
def test_a_date_is_read_as_it_is_written(written, day):
    data = read(written)
    assert starts(data) == [day]
    assert data.codes("doubtful") == []


def test_one_row_above_twelve_proves_the_order_of_the_whole_column():
    assert starts(read("12/31/2024", "02/01/2025", "03/13/2025")) == ["2024-12-31", "2025-02-01", "2025-03-13"]


def test_another_column_of_the_file_can_prove_the_order():
    data = DataSet([("a.csv", "email,joined_at,ended_at\na@x.org,01/02/2025,06/30/2025\n")])
    assert data.ask("select started_on, ended_on from subscriptions") == [("2025-01-02", "2025-06-30")]


def test_an_open_order_is_doubtful_and_names_an_example():
    data = read("01/02/2025", "03/04/2025")
    assert data.codes("doubtful") == ["dates_ambiguous"]
    assert data.finding("dates_ambiguous").example.startswith("01/02/2025")
    assert data.finding("dates_ambiguous").rows == (2, 3)


@pytest.mark.parametrize(("order", "day"), [("day", "2025-02-01"), ("month", "2025-01-02")])
def test_the_owner_can_settle_an_open_order(order, day):
    data = read("01/02/2025", settings=ReadSettings(date_order=order))
    assert starts(data) == [day]
    assert data.codes("doubtful") == []


def test_dates_that_contradict_each_other_refuse_the_file_and_name_both():
    data = read("31/12/2024", "12/31/2024", "01/02/2025")
    assert data.reports[0].refused
    assert data.finding("dates_conflicting").example == "31/12/2024 / 12/31/2024"
    assert data.ask("select count(*) from subscriptions") == [(0,)]


def test_excel_serials_are_read_with_a_note():
    data = read("45667", "45689")
    assert starts(data) == ["2025-01-10", "2025-02-01"]
    assert data.finding("dates_excel").severity == "note"


def test_unix_seconds_are_read_but_doubted():
    data = read("1736467200", "1738368000")
    assert starts(data) == ["2025-01-10", "2025-02-01"]
    assert data.codes("doubtful") == ["dates_unix"]


def test_two_digit_years_are_read_but_doubted():
    data = read("10.01.25", "01.02.69")
    assert starts(data) == ["2025-01-10", "1969-02-01"]
    assert data.codes("doubtful") == ["dates_short_year"]


def test_days_that_stand_for_none_are_empty_and_kept_as_originals():
    text = ("email,joined_at,ended_at\na@x.org,2025-01-10,9999-12-31\n"
            "b@x.org,2025-01-10,0000-00-00\nc@x.org,1900-01-01,\n")
    data = DataSet([("a.csv", text)])
    assert data.ask("select started_on, ended_on, status from subscriptions order by 1") == [
        ("2025-01-10", None, "active"), ("2025-01-10", None, "active")]
    assert data.ask('select source_row, "column", raw from originals order by 1, 2') == [
        (2, "ended_at", "9999-12-31"), (3, "ended_at", "0000-00-00"), (4, "joined_at", "1900-01-01")]
    assert data.reports[0].rows_set_aside == 1


@pytest.mark.parametrize(("zone", "day"), [("Europe/Berlin", "2025-02-01"), (None, "2025-01-31")])
def test_a_moment_with_a_zone_is_taken_in_the_zone_of_the_data(zone, day):
    data = read("2025-01-31T23:30:00Z", settings=ReadSettings(time_zone=zone))
    assert starts(data) == [day]
    assert data.finding("dates_zone").example == (zone or "UTC")


def test_local_times_in_the_hour_that_is_skipped_or_repeated_keep_their_day():
    settings = ReadSettings(time_zone="Europe/Berlin")
    assert starts(read("2025-03-30 02:30:00", "2025-10-26 02:30:00", settings=settings)) == ["2025-03-30", "2025-10-26"]


def test_a_day_that_does_not_exist_is_named():
    data = read("2025-02-30", "2025-03-01")
    assert starts(data) == ["2025-03-01"]
    assert data.finding("dates_unreadable").rows == (2,)


def test_words_for_nothing_are_no_dates_and_no_fault():
    text = "email,joined_at,ended_at\n" + "".join(
        f"{word[0]}@x.org,2025-01-10,{word[1]}\n" for word in [("a", "NULL"), ("b", "n/a"), ("c", "-"), ("d", "Never")])
    data = DataSet([("a.csv", text)])
    assert data.ask("select count(*), count(ended_on) from subscriptions") == [(4, 0)]
    assert data.codes("doubtful") == []
