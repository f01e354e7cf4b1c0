"""A table that nobody knows: the mapping form opens filled in, by headings in two languages and by the values."""

import pytest

from tests.intake.data_set import DataSet


def guesses(text: str) -> dict[str, str]:
    report = DataSet([("export.csv", text)]).reports[0]
    assert report.refused
    return report.guesses


def test_addresses_days_and_decimals_tell_what_they_are():
    ends = ["", "", "", "", "20.06.2025", "", "", ""]
    rows = "".join(f"m{n}@x.org;{n % 3};{n + 1:02}.02.2025;{end};9,90;Gold\n" for n, end in enumerate(ends))
    assert guesses("aa;bb;cc;dd;ee;ff\n" + rows) == {
        "member_id": "aa", "started_on": "cc", "ended_on": "dd", "price": "ee", "plan": "ff"}


def test_of_two_columns_of_days_the_earlier_is_the_start_and_a_full_one_after_it_is_no_end():
    rows = "".join(f"m{n}@x.org,2025-06-{n + 1:02},2025-01-{n + 1:02}\n" for n in range(8))
    assert guesses("who,seen lately,began it\n" + rows) == {"member_id": "who", "started_on": "began it"}


@pytest.mark.parametrize(("headings", "expected"), [
    ("Wer,E-Mail,x", {"member_id": "E-Mail"}),
    ("Tarif,Kündigungsdatum,x", {"plan": "Tarif", "ended_on": "Kündigungsdatum"}),
    ("Monatsbeitrag,Austritt,y", {"price": "Monatsbeitrag", "ended_on": "Austritt"}),
    ("membership level,paid until,y", {"plan": "membership level", "access_until": "paid until"}),
])
def test_headings_in_english_and_german_are_understood(headings, expected):
    assert guesses(headings + "\n1,2,3\n") == expected


def test_the_preview_shows_ten_rows_as_they_stand():
    report = DataSet([("x.csv", "aa,bb\n" + "".join(f"{n},{n}x\n" for n in range(30)))]).reports[0]
    assert report.preview == [[str(n), f"{n}x"] for n in range(10)]
