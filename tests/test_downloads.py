"""Every download there is: no cell and no heading is taken for a formula, and -10 stays a number.

The downloads are found in the source, so that a new one is caught here until it is opened and looked at.
"""

import ast
import csv
import io
import os
import sys
import tomllib
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from retention.dataset import build
from retention.filters import Filters
from retention.keeping import Store
from retention.kept_data import keep
from retention.meeting.slide import taken
from retention.model import FileRequest, Report
from retention.table_files import csv_bytes, neutral
from retention.ui.mapping_toml import mapping_toml
from retention.ui.navigation import PAGES
from retention.ui.order import Order
from retention.ui.templates import TABLES, template

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "dashboard.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "retention").rglob("*.py")]
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
HOSTILE = (
    "=HYPERLINK(\"http://127.0.0.1:8999\",\"x\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", " =1+1",
    "\u00a0=1+1", "＝1+1", "\r=1", "-10", "<img src=x onerror=alert(1)>",
)
RULES = (".csv", ".toml", ".html", ".pptx", ".json", ".zip")  # endings that the test below knows to look into
FILES = ("'; DROP TABLE members; --.csv", "=cmd() <img src=x onerror=alert(1)>.csv", "@messages.csv", "+requests.csv")


@pytest.mark.parametrize(("value", "written"), [
    ("=1+1", "'=1+1"), ("+1+1", "'+1+1"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"), ("\nx", "'\nx"), ("  =1", "'  =1"), ("\u00a0=1", "'\u00a0=1"), ("\ufeff=1", "'\ufeff=1"),
    ("＝1", "'＝1"), ("-", "'-"), ("--", "'--"), ("-1e5x", "'-1e5x"),
    ("-10", "-10"), ("+49.5", "+49.5"), ("-1,234.50", "-1,234.50"), ("-1e-5", "-1e-5"), ("10", "10"),
    ("a=b", "a=b"), ("'; DROP TABLE members; --", "'; DROP TABLE members; --"), ("", ""), ("Käthe", "Käthe"),
    (-10, -10), (-0.5, -0.5), (None, None), (date(2025, 1, 2), date(2025, 1, 2)),
])
def test_a_cell_is_neutralised_only_where_a_spreadsheet_would_calculate(value, written):
    assert neutral(value) == written


def test_headings_are_neutralised_too_and_numbers_stay_numbers():
    answer = pd.DataFrame({"=cmd()": ["=1+1", None], "-10": [-10, 3], "@x": [pd.Timestamp("2025-01-02"), pd.NaT]})
    assert csv_bytes(answer).decode("utf-8-sig") == "'=cmd(),-10,'@x\r\n'=1+1,-10,2025-01-02\r\n,3,\r\n"


def test_a_german_reader_gets_what_a_german_spreadsheet_opens_with_a_click():
    answer = pd.DataFrame({"rate": [0.125, None], "n": [-10, 3], "word": ["=1+1", "a;b"]})
    written = csv_bytes(answer, german=True)
    assert written.decode("utf-8-sig").splitlines() == ["rate;n;word", "0,125;-10;'=1+1", ';3;"a;b"']
    back = pd.read_csv(io.BytesIO(written), sep=";", decimal=",")
    assert back.rate.tolist()[0] == 0.125


def test_what_is_not_known_is_left_empty():
    answer = pd.DataFrame({"whole": pd.array([1, None], "Int64"), "day": [pd.NaT, None], "part": [float("nan"), 0.5]})
    assert csv_bytes(answer).decode("utf-8-sig").splitlines() == ["whole,day,part", "1,,", ",,0.5"]


def test_a_plan_of_a_closed_list_is_neutralised_as_well():
    answer = pd.DataFrame({"plan": pd.Categorical(["=1+1", "-10"])})
    assert csv_bytes(answer).decode("utf-8-sig").splitlines() == ["plan", "'=1+1", "-10"]


# page, and what is set in the session before it opens
SCENES = [(name, None) for name in PAGES] + [("data", "mapped"), ("meeting", "taken"), ("meeting", "damaged")]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Files under hostile names with hostile words wherever an owner's words may stand."""
    folder = tmp_path_factory.mktemp("hostile")
    tables = (
        [["email", "plan", "started_on", "ended_on", "price", "name", "source", "reason", "comment"], *(
            [f"m{place}@example.org", word, "2025-01-10", "2025-05-31" if place % 2 else "", "9.90", word, word, word,
             word] for place, word in enumerate(HOSTILE * 3)
        )],
        [["email", "answered_at", "asked_at", "wording", "reason", "comment"],
         *([f"m{place}@example.org", "2025-05-20", "2025-05-20", word, word, word]
           for place, word in enumerate(HOSTILE)),
         ["=stranger@example.org", "2025-05-20", "2025-05-20", "=1", "=1", "=1"]],
        [["email", "sent_at", "campaign", "incentive", "channel"],
         *([f"m{place}@example.org", "2025-06-20", word, word, word] for place, word in enumerate(HOSTILE))],
        [["cancellation_id", "email", "requested_at", "first_reply_at", "channel", "outcome", "heat"],
         *([word, f"m{place}@example.org", "2025-05-20 10:00", "2025-05-21 10:00", word, "cancelled", "none"]
           for place, word in enumerate(HOSTILE))],
    )
    files = []
    for place, (name, rows) in enumerate(zip(FILES, tables, strict=True)):
        path = folder / f"{place}.csv"
        with path.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(rows)
        files.append(FileRequest(name=name, path=str(path)))
    data = build(files)
    assert data.usable, [(report.file, report.findings) for report in data.reports]
    yield data, Order(files=tuple(files))
    data.forget()


@pytest.fixture(scope="module")
def mapped(tmp_path_factory):
    """A file whose columns were named by hand, under hostile headings."""
    path = tmp_path_factory.mktemp("mapped") / "0.csv"
    rows = [["=cmd()", "seit", "\"] \n[x]\nkind = \"payments"]]
    rows += [[f"p{n}", f"2025-01-0{n}", "-10"] for n in range(1, 9)]
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
    file = FileRequest(FILES[1], str(path), {"member_id": "=cmd()", "started_on": "seit"}, "subscriptions")
    data = build([file])
    yield data, Order(files=(file,))
    data.forget()


def found_in_source() -> set[tuple[str, int, int]]:
    """Every call of download_button: file, first and last line."""
    calls = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if getattr(called, "attr", getattr(called, "id", None)) == "download_button":
                calls.add((str(path), node.lineno, node.end_lineno))
    return calls


class Tab:
    """A tab that is open or not as the scene wants it."""

    def __init__(self, tab, opened: bool):
        self.tab, self.open = tab, opened

    def __enter__(self):
        return self.tab.__enter__()

    def __exit__(self, *problem):
        return self.tab.__exit__(*problem)


class Notes:
    """Notes every download that a page offers, and opens every box on the way there and one tab of each row."""

    def __init__(self):
        self.seen: list[tuple[str, int, str, bytes]] = []
        self.nth = self.most_tabs = 0
        self.expander, self.tabs = st.expander, st.tabs

    def download(self, *_, data=None, file_name=None, **__):
        self._note(data, file_name, sys._getframe(1))

    def expand(self, label, *_, **rest):
        rest.pop("expanded", None)
        return self.expander(label, True, **rest)

    def tab(self, labels, **rest):
        self.most_tabs = max(self.most_tabs, len(labels))
        return [Tab(tab, place == self.nth % len(labels)) for place, tab in enumerate(self.tabs(labels, **rest))]

    def within(self):
        """The same for downloads in a column or a box, which come as a method of it."""
        return lambda _box, *_, **rest: self._note(rest["data"], rest["file_name"], sys._getframe(1))

    def missed(self) -> set[tuple[str, int]]:
        return {
            (Path(path).relative_to(ROOT).as_posix(), first) for path, first, last in found_in_source()
            if not any(path == at and first <= line <= last for at, line, _, _ in self.seen)
        }

    def _note(self, data, name: str, frame) -> None:
        content = data() if callable(data) else data
        self.seen.append((frame.f_code.co_filename, frame.f_lineno, name, content))


def slides(data) -> list[dict]:
    """A meeting about hostile words, with hostile words above it."""
    answer = data.ask("reasons_by_wording", Filters())
    assert answer["wording"].str.startswith("=").any()
    figures = ("reasons_by_wording", answer), ("silence", data.ask("silence", Filters()))
    return [
        {**taken(chart, chart, "reasons", Filters(), found, date(2025, 6, 1), "abc", None, None).as_dict(),
         "headline": HOSTILE[0], "remark": HOSTILE[-1]}
        for chart, found in figures
    ]


def play(name: str, data, order: Order, scene: str | None = None) -> None:
    """Open a page with this data set."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    app.query_params["lang"] = "en"
    app.session_state["uploaded_data_set"], app.session_state["order"] = data, order
    if scene in ("taken", "damaged"):
        held = [{**slide, "chart": "os"} for slide in slides(data)] if scene == "damaged" else slides(data)
        Store(Path(os.environ["RETENTION_HOME"])).make("meeting", held)
    if name != "overview":
        app.switch_page(str(ROOT / PAGES[name][0]))
    app.run()
    assert not app.exception, (name, [problem.value for problem in app.exception])


@pytest.fixture(scope="module")
def notes(hostile, mapped, tmp_path_factory):
    """All that the pages offer with hostile data; further tabs are opened until every download was reached."""
    notes, patch = Notes(), pytest.MonkeyPatch()
    patch.setenv("RETENTION_HOME", str(tmp_path_factory.mktemp("home")))
    home = Store(Path(os.environ["RETENTION_HOME"]))
    home.begin()
    keep(hostile[0], home)
    patch.setattr(st, "download_button", notes.download)
    patch.setattr(DeltaGenerator, "download_button", notes.within())
    patch.setattr(st, "expander", notes.expand)
    patch.setattr(st, "tabs", notes.tab)
    while notes.nth == 0 or notes.missed() and notes.nth < notes.most_tabs:
        for name, scene in SCENES:
            play(name, *(mapped if scene == "mapped" else hostile), scene)
        notes.nth += 1
    patch.undo()
    return notes


@pytest.fixture
def offered(notes):
    """Where in the source, name, content."""
    return notes.seen


def test_every_download_in_the_source_was_opened_and_looked_at(notes):
    assert notes.missed() == set(), "a download that no scene here reaches: add one to SCENES"


def test_no_download_holds_a_formula(offered):
    looked_at = set()
    for _, _, name, content in offered:
        looked_at.add(Path(name).suffix)
        assert Path(name).suffix in RULES, f"{name}: no rule yet for such a file"
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
                assert [cell for cell in row if not harmless(cell)] == [], name
        elif name.endswith(".html"):
            assert b"<img src=x" not in content
        elif name.endswith(".toml"):
            tomllib.loads(content.decode())
        elif name.endswith(".zip"):  # for this dashboard alone: no spreadsheet opens what is in it
            inside = zipfile.ZipFile(io.BytesIO(content)).namelist()
            assert {Path(part).suffix for part in inside} == {".json", ".parquet"}
        elif name.endswith(".pptx"):
            assert formulas_within(content) == []
    assert {".csv", ".toml", ".html", ".pptx", ".json"} <= looked_at


def formulas_within(deck: bytes) -> list[str]:
    """Which sheets of the workbooks inside a presentation calculate anything."""
    found, looked_at = [], 0
    with zipfile.ZipFile(io.BytesIO(deck)) as outer:
        for name in outer.namelist():
            if name.endswith(".xlsx"):
                inner = zipfile.ZipFile(io.BytesIO(outer.read(name)))
                sheets = [part for part in inner.namelist() if part.startswith("xl/worksheets/")]
                looked_at += len(sheets)
                found += [part for part in sheets if b"<f>" in inner.read(part)]
    assert looked_at
    return found


def test_file_names_of_downloads_hold_no_word_of_a_file(offered):
    for _, _, name, _ in offered:
        assert not set(name) & set("<>='\"\\/;|"), name


def test_minus_ten_is_still_a_number_in_what_was_offered(offered):
    cells = [cell for _, _, name, content in offered if name.endswith(".csv")
             for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    assert "-10" in cells
    assert "'-10" not in cells


def test_a_saved_mapping_keeps_hostile_headings_letter_by_letter():
    headings = ["=cmd()", "a\"b", "x\n[kind]", "'; DROP TABLE members; --", "Käthe \\ \u007f"]
    fields = ("member_id", "started_on", "plan", "price", "name")
    file = FileRequest("x.csv", "x", dict(zip(fields, headings, strict=True)), "subscriptions")
    told = tomllib.loads(mapping_toml(file, Report("x.csv", headings=headings)).decode())
    assert list(told["columns"].values()) == headings


@pytest.mark.parametrize("table", TABLES)
def test_a_template_holds_one_row_that_is_read_as_what_it_is(table, tmp_path):
    path = tmp_path / f"{table}.csv"
    path.write_bytes(template(table))
    data = build([FileRequest(name=path.name, path=str(path))])
    [report] = data.reports
    data.forget()
    assert (report.system, report.kind, report.rows_read, report.rows_taken) == ("own", table, 1, 1)


@pytest.mark.parametrize("table", TABLES)
def test_a_template_has_the_headings_of_the_sample_data(table):
    rows = list(csv.reader(io.StringIO(template(table).decode())))
    with (ROOT / "sample_data" / f"{table}.csv").open(encoding="utf-8") as sample:
        known = next(csv.reader(sample))
    assert set(rows[0]) <= set(known)
    assert len(rows) == 2
    assert len(rows[1]) == len(rows[0])


def harmless(cell: str) -> bool:
    """Nothing that a spreadsheet calculates; a plain number may begin with its sign."""
    bare = cell.lstrip(" \u00a0\u200b\ufeff")
    if not cell.startswith(("\t", "\r", "\n")) and not bare.startswith((*FORMULAS, "＝", "＋", "－", "＠")):
        return True
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return False
    return True
