"""The command line: the same answers without a browser."""

import json
from datetime import date

import pytest

from retention.__main__ import main
from retention.filters import Filters
from retention.meeting.saved import written_meeting
from retention.meeting.slide import taken
from retention.questions import names


@pytest.fixture
def members(tmp_path):
    """A file as a small German site has it: Windows-1252, semicolons, decimal commas, days first."""
    path = tmp_path / "Mitglieder 2025.csv"
    rows = ["E-Mail;Tarif;Beitritt;Kündigung;Preis"]
    rows += [f"m{n}@example.org;Förderer;10.01.2025;{'30.06.2025' if n < 4 else ''};9,90" for n in range(12)]
    path.write_bytes("\r\n".join(rows).encode("cp1252"))
    return path


def run(capsys, *words):
    code = main([str(word) for word in words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_check_says_what_was_read_taken_and_set_aside(capsys, members):
    code, out, _ = run(capsys, "check", members)
    assert code == 0
    assert "12 rows read, 12 taken, 0 set aside" in out
    assert "12 members, 12 subscriptions, 4 leavers" in out


def test_check_speaks_german(capsys, members):
    assert "12 Zeilen gelesen, 12 übernommen, 0 zurückgestellt" in run(capsys, "check", members, "--lang", "de")[1]


def test_check_as_json_has_one_object_per_file(capsys, members):
    code, out, _ = run(capsys, "check", members, "--json")
    told = json.loads(out)
    assert code == 0
    expected = {"kind": "subscriptions", "rows_read": 12, "rows_taken": 12, "rows_set_aside": 0, "members": 12,
                "subscriptions": 12, "leavers": 4}
    assert {key: told[key] for key in expected} == expected
    assert {"file", "system", "as_of", "findings"} <= told.keys()
    for finding in told["findings"]:
        assert {"code", "severity", "column", "rows", "message"} <= finding.keys()


def test_check_ends_with_one_where_nothing_is_usable(capsys, tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    code, out, _ = run(capsys, "check", tmp_path / "empty.csv")
    assert code == 1
    assert "empty" in out


@pytest.mark.parametrize("words", [
    ["check", "no such file.csv"], ["ask", "no_such_question"], ["ask", "member_churn", "--grain", "fortnight"],
    ["ask", "extent", "--plan", "Monthly"], ["ask", "member_churn", "--as-of", "31.12.2025"],
    ["ask", "member_churn", "--grace-days", "-1"],
    ["ask", "currencies", "--rate", "JPY=x"],
    ["ask", "currencies", "--rate", "YEN!=1"],
    ["ask", "currencies", "--amounts-in", "euro"],
])
def test_a_wrong_call_ends_with_two_and_says_why(capsys, words):
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err


def test_an_unknown_command_ends_with_two(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["frobnicate"])
    assert ended.value.code == 2


@pytest.mark.parametrize(("words", "here", "said"), [
    (["check", "--lang", "de"], "C", ["Aufruf: ", "Fehler: Es fehlt: FILE"]),
    (["frobnicate"], "de_DE.UTF-8", ["Aufruf: ", "'frobnicate' gibt es nicht (möglich: 'check'"]),
    (["ask", "--grace-days", "x", "--lang=de"], "C", ["--grace-days: 'x' ist kein Wert dieser Art"]),
    (["report", "--out", "--lang", "de"], "C", ["--out: braucht eine Angabe"]),
    (["check", "a.csv", "--nonsense", "--lang", "de"], "C", ["Unbekannte Angaben: --nonsense"]),
    (["check", "--lang", "en"], "de_DE.UTF-8", ["usage: ", "the following arguments are required: FILE"]),
    (["check", "--lang", "fr"], "de_DE.UTF-8", ["--lang: 'fr' gibt es nicht"]),
])
def test_a_wrong_call_is_told_in_the_language_asked_for_else_in_that_of_the_computer(
        capsys, monkeypatch, words, here, said):
    monkeypatch.setenv("LC_ALL", here)
    with pytest.raises(SystemExit) as ended:
        main(words)
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert all(part in told for part in said), told


@pytest.mark.parametrize("command", ["", "check", "ask", "report", "serve"])
def test_help_is_german_throughout(capsys, monkeypatch, command):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    with pytest.raises(SystemExit):
        main([*([command] if command else []), "--help"])
    told = capsys.readouterr().out
    assert "diese Hilfe zeigen" in told
    assert not {"the", "usage:", "options:", "arguments:", "show", "files", "data"} & set(told.split())


def test_ask_lists_every_question_with_its_first_line(capsys):
    code, out, _ = run(capsys, "ask", "--list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == list(names())
    assert all(line.endswith("?") for line in out.splitlines())


def test_ask_answers_about_files_as_table_csv_and_json(capsys, members):
    code, out, _ = run(capsys, "ask", "member_churn", members, "--as-of", "2025-12-31", "--format", "json")
    june = next(row for row in json.loads(out) if row["period_start"] == "2025-06-01")
    assert code == 0
    assert (june["active"], june["churned"], june["signal"]) == (12, 4, "too_early")
    _, out, _ = run(capsys, "ask", "member_churn", members, "--as-of", "2025-12-31", "--format", "csv")
    assert out.splitlines()[0].startswith("period_start,last_day,state,settles_on,active")
    assert "2025-06-01,2025-06-30,settled,2025-07-14,12,4" in out
    _, out, _ = run(capsys, "ask", "member_churn", members, "--as-of", "2025-12-31")
    assert "period_start" in out


def test_ask_takes_filters_and_grain(capsys, members):
    _, out, _ = run(capsys, "ask", "member_churn", members, "--as-of", "2025-12-31", "--grain", "quarter",
                    "--plan", "Förderer", "--plan", "no such plan", "--format", "json")
    assert [row["churned"] for row in json.loads(out)] == [0, 4, 0, 0]


def test_ask_without_files_answers_about_the_sample(capsys):
    code, out, _ = run(capsys, "ask", "extent", "--format", "json")
    assert code == 0
    assert json.loads(out)[0]["as_of"] == "2026-10-31"


def test_an_end_called_cancelled_at_is_not_lost_beside_headings_of_our_template(capsys, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("email,started_on,cancelled_at,status\na@example.org,2025-01-10,2025-03-01,cancelled\n")
    assert json.loads(run(capsys, "check", path, "--json")[1])["leavers"] == 1


def test_currencies_are_chosen_and_rated_by_options(capsys, tmp_path):
    file = tmp_path / "two.csv"
    rows = ["a,10,EUR", "b,10,EUR", "c,1000,JPY"]
    lines = [f"{row.split(',')[0]}@example.org,2025-01-01,{row.split(',', 1)[1]},month" for row in rows]
    file.write_text("\n".join(["email,joined_at,price,currency,interval_unit", *lines]))
    code, out, _ = run(capsys, "ask", "currencies", str(file), "--rate", "jpy=0.006", "--format", "json")
    assert code == 0
    assert [tuple(row.values()) for row in json.loads(out)] == [("EUR", 2, 1.0, True), ("JPY", 1, 0.006, False)]
    code, out, _ = run(capsys, "ask", "currencies", str(file), "--amounts-in", "JPY", "--format", "json")
    assert [row["currency"] for row in json.loads(out)] == ["JPY", "EUR"]


@pytest.mark.parametrize(("name", "begins"), [("meeting.html", b"<!doctype html>"), ("meeting.PPTX", b"PK")])
def test_report_writes_a_meeting_without_a_browser(tmp_path, capsys, name, begins):
    target = tmp_path / name
    assert main(["report", "--out", str(target), "--lang", "de"]) == 0
    assert "Abbildungen in" in capsys.readouterr().out
    assert target.read_bytes().startswith(begins)


def test_report_asks_the_slides_of_a_saved_meeting_anew(tmp_path, the_sample):
    view = Filters(grain="quarter")
    old = taken("member_churn", "member_churn", "churn", view, the_sample.ask("member_churn", view).head(2),
                date(2020, 1, 1), "old", "active", None)
    saved = tmp_path / "saved.json"
    saved.write_text(written_meeting([old]), encoding="utf-8")
    target = tmp_path / "meeting.html"
    assert main(["report", "--out", str(target), "--meeting", str(saved)]) == 0
    page = target.read_text(encoding="utf-8")
    assert the_sample.fingerprint in page
    assert page.count("<tr>") == len(the_sample.ask("member_churn", view)) + 1


@pytest.mark.parametrize(("words", "said"), [
    (["--out", "meeting.doc"], "ends in .html or .pptx"),
    (["--out", "m.html", "--meeting", "none.json"], "no meeting"),
    (["--out", "/nowhere/m.html"], "cannot be written"), (["--out", "m.html", "absent.csv"], "no file or folder"),
])
def test_a_wrong_call_of_report_is_said_and_writes_nothing(words, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["report", *words]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
