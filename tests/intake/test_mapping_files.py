"""A mapping made once is kept as TOML and used again for files with the same headings, and for no others."""

import json

import pytest

from retention.__main__ import main
from retention.intake.recognise.mapping_files import (
    BadMapping,
    header_key,
    mapping_from_toml,
    mapping_to_toml,
    request_from_toml,
)
from retention.model import FileRequest
from tests.intake.data_set import DataSet

HEADINGS = ["Wer", 'Los "am"', "Schluss\\Ende", "Stufe\tµ"]
MAPPING = {"member_id": "Wer", "started_on": 'Los "am"', "ended_on": "Schluss\\Ende", "plan": "Stufe\tµ"}
TEXT = "Wer,Los,Schluss\na@x.org,01/02/2025,03/04/2025\nb@x.org,02/02/2025,\n"
TABLE = {"member_id": "Wer", "started_on": "Los", "ended_on": "Schluss"}


def test_a_mapping_survives_being_written_and_read_whatever_its_headings_hold():
    assert mapping_from_toml(mapping_to_toml(MAPPING, HEADINGS)) == MAPPING


def test_kind_orders_and_decimals_travel_with_it():
    told = request_from_toml(mapping_to_toml(TABLE, ["Wer"], "members", {"Los": "month"}, {"Preis": "comma"}))
    assert told == {"mapping": TABLE, "kind": "members", "mapping_key": header_key(["Wer"]),
                    "date_orders": {"Los": "month"}, "decimals": {"Preis": "comma"}}


def test_the_key_knows_headings_again_in_any_order_case_and_with_any_blanks():
    assert header_key(["E-Mail", "Beginn am"]) == header_key([" beginn  am", "e-mail "])
    assert header_key(["E-Mail", "Beginn"]) != header_key(["E-Mail", "Ende"])
    assert header_key(["a", "b, c"]) != header_key(["a, b", "c"])


@pytest.mark.parametrize("text", [
    "", "nonsense", "[columns]\n", 'columns = "x"\n', "[columns]\nmember_id = 3\n",
    'kind = "secrets"\n[columns]\na = "b"\n',
    '[columns]\na = "b"\n[date_orders]\nx = "year"\n',
    'kind = []\n[columns]\na = "b"\n', 'kind = 3\n[columns]\na = "b"\n', 'headings = 3\n[columns]\na = "b"\n',
    '[columns]\na = "b"\n[decimals]\nx = {}\n', '[columns]\na = "b"\n[decimals]\nx = 1e400\n',
    "x = " + "[" * 9_000, '[columns]\na = "b"\n' + "#" * 300_000])
def test_what_is_no_mapping_is_refused(text):
    with pytest.raises(BadMapping):
        mapping_from_toml(text)


def test_a_mapping_for_other_headings_is_not_used():
    request = FileRequest("m.csv", "m.csv", mapping=TABLE, kind="subscriptions", mapping_key=header_key(["Wer", "Los"]))
    assert DataSet([("m.csv", TEXT)], requests={"m.csv": request}).reports[0].refused
    request.mapping_key = header_key(["wer", "los", "schluss"])
    assert DataSet([("m.csv", TEXT)], requests={"m.csv": request}).reports[0].rows_taken == 2


@pytest.fixture
def files(tmp_path):
    (tmp_path / "m.csv").write_text(TEXT)
    (tmp_path / "map.toml").write_text(mapping_to_toml(TABLE, list(TABLE.values())))
    (tmp_path / "survey.csv").write_text(
        "email,answered_at,reason\na@x.org,2025-06-30,Zu teuer!\nb@x.org,2025-06-30,hm so so\n")
    return tmp_path


def said(capsys, *words):
    code = main([str(word) for word in words])
    out = capsys.readouterr()
    return code, [json.loads(line) for line in out.out.splitlines()] if code != 2 else out.err


def test_check_takes_the_mapping_for_the_file_that_it_fits_and_leaves_the_other_alone(files, capsys):
    code, told = said(capsys, "check", "--json", files / "m.csv", files / "survey.csv", "--mapping", files / "map.toml")
    assert code == 0
    assert [(one["kind"], one["rows_taken"]) for one in told] == [("subscriptions", 2), ("survey_answers", 2)]
    assert sum(finding["code"] == "dates_ambiguous" for finding in told[0]["findings"]) == 2


def test_a_column_is_decided_on_the_command_line(files, capsys):
    code, told = said(capsys, "check", "--json", files / "m.csv", "--mapping", f"m.csv={files / 'map.toml'}",
                      "--date-order", "Los=month", "--date-order", "Schluss=day")
    assert code == 0
    assert [one["code"] for one in told[0]["findings"] if one["severity"] == "doubtful"] == []


def test_ask_answers_once_the_order_is_given_and_refuses_before(files, capsys):
    words = ["ask", "extent", files / "m.csv", "--format", "json", "--mapping", files / "map.toml"]
    assert said(capsys, *words)[0] == 2
    code, told = said(capsys, *words, "--date-order", "month")
    assert (code, told[0][0]["first_day"]) == (0, "2025-01-02")


def test_an_owners_wording_is_assigned_on_the_command_line(files, capsys):
    _, told = said(capsys, "check", "--json", files / "survey.csv")
    assert [one["code"] for one in told[0]["findings"] if one["code"] == "reasons_unmapped"] == ["reasons_unmapped"]
    _, told = said(capsys, "check", "--json", files / "survey.csv", "--reason-code", "hm so so=not_using")
    assert [one["code"] for one in told[0]["findings"] if one["code"] == "reasons_unmapped"] == []


@pytest.mark.parametrize("words", [
    ["--date-order", "year"], ["--decimal", "Preis=dot"], ["--member-list", "m.csv"], ["--member-list", "m.csv=former"],
    ["--reason-code", "hm=because"], ["--mapping", "nowhere.toml"]])
def test_a_wrong_option_is_refused_with_a_word_of_why(files, capsys, words):
    code, told = said(capsys, "check", files / "m.csv", *words)
    assert code == 2
    assert words[0] in told or words[1] in told
