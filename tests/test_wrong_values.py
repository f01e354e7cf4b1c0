"""Wrong values are refused in a sentence, on the command line and in an address; nothing dies, hangs or is opened."""

import os
import sys
from contextlib import suppress
from dataclasses import replace
from types import SimpleNamespace

import pytest

from retention.__main__ import main
from retention.cli import ask
from retention.filters import DAYS, FIRST_DAY, KEPT, LAST_DAY, BadFilter, Filters, value_of
from retention.questions import KEY_CAST, names, question
from retention.ui.navigation import PAGES
from tests.test_pages import open_app

HOSTILE = [
    "abc", "", "1" + "0" * 30, "nan", "inf", "-1", "9999-12-31", "0001-01-01", "😀", "a\0b", "x" * 100_000, "1e400",
    "2147483648", "#99999999999", "%", "2024-02-30", "20240201", "٣", "1_0", "'; drop table members; --", "\x1b[31m",
]
EXTREME = {
    **{name: FIRST_DAY.isoformat() for name in DAYS}, "period": LAST_DAY.isoformat(), "last_day": LAST_DAY.isoformat(),
    "step": "2000-01-01", "plan": "a\0b", "member": "x" * 100_000, "words": "%😀", "themes": "a=(", "told": "1000",
    "promise_hours": "8760", "base_rate": "99", "hoped_lift": "99", "reason": "'",
}


@pytest.fixture
def asking(monkeypatch, the_sample, capsys):
    """asking(words…) -> exit code and what is said, of the sample that is read already."""
    kept = SimpleNamespace(ask=the_sample.ask, usable=True, forget=lambda: None)
    monkeypatch.setattr(ask, "data_of", lambda *_: kept)

    def run(*words: str) -> tuple[int, str]:
        code = main(["ask", *words, "--format", "csv"])
        return code, capsys.readouterr().err

    return run


def answered_or_refused(asking, name: str, *words: str) -> None:
    code, said = asking(name, *words)
    assert code in (0, 2)
    assert bool(said.strip()) == (code == 2)
    assert len(said) < 300, "a long value is not repeated"
    assert said.strip("\n").isprintable()


@pytest.mark.parametrize("name", [name for name in names() if KEY_CAST.search(question(name).sql)])
def test_a_key_that_is_no_number_or_day_is_refused(name, asking):
    for place, _ in KEY_CAST.findall(question(name).sql):
        for word in HOSTILE:
            if word:
                key = ["(all)" if name != "cohort_members" else "mean"] * (int(place) - 1) + [word]
                code, said = asking(name, *(f"--key={one}" for one in key))
                assert (code, "--key" in said) == (2, True), word[:20]


@pytest.mark.parametrize("name", [name for name in names() if question(name).parameters])
def test_the_outermost_values_that_are_taken_are_answered(name, asking):
    taken = question(name).parameters
    answered_or_refused(asking, name, *(
        f"--{option.replace('_', '-')}={word}" for option, word in EXTREME.items() if option in taken
    ))


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_every_option_of_every_question_takes_or_refuses_every_hostile_value(name, asking):
    for option in question(name).parameters:
        for word in HOSTILE:
            answered_or_refused(asking, name, f"--{option.replace('_', '-')}={word}")
    if "key" in question(name).parameters:
        for word in HOSTILE:
            answered_or_refused(asking, name, "--key=a", f"--key={word}")
            answered_or_refused(asking, name, "--key=2024-02-01", "--key=a", f"--key={word}")


@pytest.mark.parametrize("name", KEPT)
def test_a_filter_reads_a_hostile_word_or_refuses_it(name):
    for word in HOSTILE:
        with suppress(BadFilter):
            value = value_of(name, [word])
            assert replace(Filters(), **{name: value}).parameters((name,)).keys() == {name}


@pytest.mark.parametrize(("words", "said"), [
    (["--grace-days", "99999999999"], "--grace-days must be between 0 and 365."),
    (["--grace-days=-1"], "--grace-days must be between 0 and 365."),
    (["--winback-days=-5"], "--winback-days must be between 1 and 730."),
    (["--as-of", "9999-12-31"], "--as-of 9999-12-31: a day is written as 2025-12-31 and lies between 1900-01-01 and"),
    (["--as-of", "x" * 9999], "xxx…: a day is written as 2025-12-31"),
    (["--observed-from", "0001-01-01"], "--observed-from 0001-01-01: a day is written as 2025-12-31"),
    (["--time-zone", "../../etc/passwd"], '--time-zone cannot be "../../etc/passwd".'),
    (["--time-zone", "/dev/zero"], '--time-zone cannot be "/dev/zero".'),
    (["--currency", ";drop"], '--currency cannot be ";drop".'),
    (["--amounts-in", "E\x1b[31m"], '--amounts-in cannot be "E�[31m".'),
    (["--rate", "EUR=nan"], '--rate cannot be "EUR=nan".'),
    (["--rate", "EUR=1e400"], '--rate cannot be "EUR=1e400".'),
    (["--rate", "EUR=1e300"], '--rate cannot be "EUR=1e300".'),
    (["--rate", "EUR=0"], '--rate cannot be "EUR=0".'),
    (["--mapping", "/dev/zero"], "/dev/zero is not a text file"),
    (["--mapping", "nowhere.toml"], "There is no file or folder named nowhere.toml."),
    (["--reason-code", "x"], "--reason-code x: write it as NAME="),
])
@pytest.mark.parametrize("command", [["check"], ["ask", "extent"], ["report", "--out", "x.html"]])
def test_an_option_that_holds_for_all_is_refused_in_words(command, words, said, tmp_path, capsys):
    file = tmp_path / "members.csv"
    file.write_text("email,joined_at\nanna@example.org,2025-01-10\n")
    assert main([*command, str(file), *words]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


@pytest.fixture
def odd(tmp_path):
    """A folder with nothing to read, a pipe, and a folder named like a file."""
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing" / "notes.docx").write_text("x")
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "folder.csv").mkdir()
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.csv")
        os.mkfifo(tmp_path / "pipe.html")
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and devices")
@pytest.mark.parametrize(("words", "said"), [
    (["check", "{}/nothing"], "There is no file in {}/nothing that can be read. Add files that end in .csv, .tsv,"),
    (["ask", "extent", "{}/nothing"], "There is no file in {}/nothing that can be read."),
    (["report", "--out", "{}/m.html", "{}/nothing"], "There is no file in {}/nothing that can be read."),
    (["check", "{}/folder.csv"], "There is no file in {}/folder.csv that can be read."),
    (["check", "{}/pipe.csv"], "{}/pipe.csv is not a file."),
    (["check", "/dev/zero"], "/dev/zero is not a file."),
    (["check", "{}/gone.csv"], "There is no file or folder named {}/gone.csv."),
    (["check", "x" * 5000], "cannot be read: File name too long."),
    (["check", "a\0b"], "a�b cannot be read: Invalid argument."),
    (["report", "--out", "{}/m.docx"], "name a file that ends in .html or .pptx."),
    (["report", "--out", "{}/folder.html"], "{}/folder.html cannot be written: Is a directory."),
    (["report", "--out", "{}/pipe.html"], "{}/pipe.html cannot be written: Invalid argument."),
    (["report", "--out", "{}/gone/m.html"], "cannot be written: No such file or directory."),
    (["report", "--out", "{}/m.html", "--meeting", "{}/gone.json"], "{}/gone.json is no meeting saved"),
    (["report", "--out", "{}/m.html", "--meeting", "/dev/zero"], "/dev/zero is no meeting saved"),
    (["report", "--out", "{}/m.html", "--meeting", "{}/pipe.csv"], "{}/pipe.csv is no meeting saved"),
])
def test_a_place_that_is_no_file_is_refused_in_words_and_never_waited_for(words, said, odd, capsys):
    assert main([word.replace("{}", str(odd)) for word in words]) == 2
    told = capsys.readouterr().err
    assert said.replace("{}", str(odd)) in told
    assert "Traceback" not in told


@pytest.mark.parametrize(("port", "said"), [
    ("99999", "There is no port 99999."), ("-1", "There is no port -1."), ("1" + "0" * 40, "There is no port 1000"),
])
def test_a_port_that_cannot_be_is_refused_in_words(port, said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"--port={port}"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("word", ["9999-12-31", "a\0b<b>x", None])
def test_a_page_never_dies_of_its_address(name, word):
    """With one hostile word everywhere, and (None) with the outermost values that are taken."""
    everywhere = dict.fromkeys((*KEPT, "key", "tab", "tab_cohorts", "themes", "uncovered"), word)
    app = open_app(name, **(everywhere if word else EXTREME))
    assert app.title or app.header


def test_the_days_of_a_view_have_bounds():
    for word in ("1899-12-31", "2100-01-01", "9999-12-31"):
        with pytest.raises(BadFilter):
            Filters().changed("period", [word])
    assert str(Filters().changed("period", ["2099-12-31"]).period) == "2099-12-31"
