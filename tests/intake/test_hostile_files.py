"""Files like those of the collection of bad ones and yet others: kinds are solved, not files."""

import csv
import io

import pytest

from tests.intake.whole import read

GERMAN = "E-Mail;Tarif;Beitritt;Austritt;Preis\r\njürgen@x.org;Förderer;10.01.2025 08:30;30.06.2025 09:00;9,90\r\n"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
READ_SO = [("jürgen@x.org", "Förderer", 9.9, "2025-01-10", "2025-06-30")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_german_excel_file_reads_the_same_in_every_encoding(tmp_path, encoding):
    whole = read(tmp_path, GERMAN.encode(encoding))
    assert (whole.action, whole.subscriptions) == ("accept", READ_SO)


def test_a_big_endian_file_with_its_mark_is_read(tmp_path):
    whole = read(tmp_path, b"\xfe\xff" + GERMAN.encode("utf-16-be"))
    assert whole.subscriptions == READ_SO
    assert "UTF-16" in whole.said()


def test_unicode_text_of_excel_has_tabs(tmp_path):
    assert read(tmp_path, GERMAN.replace(";", "\t").encode("utf-16")).subscriptions == READ_SO


def test_titles_above_blank_lines_between_and_a_sum_below_are_no_members(tmp_path):
    text = "Mitgliederliste;;;;\r\nStand: 01.07.2025;;;;\r\n\r\n" + GERMAN + ";;;;\r\nSumme;;;;9,90\r\n"
    whole = read(tmp_path, text.encode("cp1252"))
    assert whole.subscriptions == READ_SO
    assert (whole.report.rows_taken, whole.report.rows_set_aside) == (1, 1)


@pytest.mark.parametrize(("content", "word"), [
    (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le") + bytes(3000), "password"),
    (OLD_OFFICE + "Workbook".encode("utf-16-le") + bytes(3000), ".xls"),
    (b"\x1f\x8b\x08\x00" + bytes(200), "gzip"), (b"%PDF-1.7\n", "PDF"), (b"GIF89a" + bytes(100), "not a CSV"),
    (b'{"email": "a@x.org"}', "JSON"), (b"<html><table><tr><td>email</td></tr></table></html>", "HTML"),
    (b"email,start\n", "no rows"), (b"", "empty"), (b"Email,EMAIL,start\na@x.org,b@x.org,2025-01-10\n", "EMAIL")])
@pytest.mark.parametrize("name", ["members.csv", "members.xlsx"])
def test_what_is_no_table_is_refused_for_what_it_is_whatever_its_name(tmp_path, content, word, name):
    whole = read(tmp_path, content, name)
    assert whole.action == "reject"
    assert word in whole.said()


@pytest.mark.parametrize(("cell", "started"), [
    ("2025-02-29", None), ("31.04.2025", None), ("32/01/2025", None), ("2025-13-01", None), ("soon", None),
    ("2025-03-30 02:30:00", "2025-03-30"), ("2025-10-26T02:30:00", "2025-10-26"),
    ("2025-01-31T23:30:00Z", "2025-02-01"), ("2025-01-31T23:30:00+01:00", "2025-01-31"),
    ("31. Dezember 2024", "2024-12-31"), ("Dec 31, 2024", "2024-12-31"), ("20241231", "2024-12-31"),
    ("45667", "2025-01-10"), ("1736467200", "2025-01-10")])
def test_a_start_is_read_in_berlin_or_its_row_is_set_aside(tmp_path, cell, started):
    whole = read(tmp_path, f'email,start,end\na@x.org,"{cell}",\n', time_zone="Europe/Berlin")
    assert [row[3] for row in whole.subscriptions] == ([started] if started else [])
    assert whole.report.rows_set_aside == (0 if started else 1)


def test_a_header_repeated_among_the_rows_is_no_member(tmp_path):
    whole = read(tmp_path, "email,plan,start\na@x.org,basic,2025-01-10\nemail,plan,start\nb@x.org,plus,2025-01-11\n")
    assert [row[0] for row in whole.subscriptions] == ["a@x.org", "b@x.org"]
    assert (whole.action, whole.report.rows_set_aside) == ("warn", 1)


@pytest.mark.parametrize("cell", [
    "=HYPERLINK(\"http://x\")", "+1+cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "**bold** [x](y)",
    "$$\\frac{1}{2}$$", "'; DROP TABLE subscriptions; --", "🙂 日本語 עברית", "{column}", "%s %d", "../../etc/passwd"])
def test_hostile_words_are_plan_names_and_nothing_else(tmp_path, cell):
    out = io.StringIO()
    csv.writer(out).writerows([["email", "plan", "start"], ["a@x.org", cell, "2025-01-10"]])
    assert [row[1] for row in read(tmp_path, out.getvalue()).subscriptions] == [cell]
