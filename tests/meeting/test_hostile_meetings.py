"""Saved meetings that are none: each is refused or set aside with a reason, and the rest goes on."""

import base64
import json
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from retention.__main__ import main
from retention.filters import Filters
from retention.meeting.frozen import MOST_ROWS, BadRows, freeze, thaw
from retention.meeting.saved import MOST_BYTES, MOST_SLIDES, read_meeting, sorted_out, tried, written_meeting
from retention.meeting.slide import BadSlide, Slide, taken
from retention.texts import LANGUAGES, Texts
from tests.charts.test_every_chart import ANSWERS
from tests.meeting.test_meeting import TAKEN, slide_of
from tests.test_pages import open_app, said

ROOT = Path(__file__).resolve().parent.parent.parent
WAITS = pd.DataFrame({"hours": [0.0, 1.0], "waiting": [1.0, 0.5]})


def packed(table: pa.Table, **options) -> str:
    """Any table as a slide carries its rows, whatever this house would write."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as stream:
        stream.write_table(table)
    return base64.b64encode(sink.getvalue().to_pybytes()).decode()


def rows(answer: pd.DataFrame) -> str:
    return packed(pa.Table.from_pandas(answer, preserve_index=False))


def shapes(churn: pd.DataFrame) -> dict[str, dict]:
    """What is wrong, and the part of a good slide of member churn that it replaces."""
    linked = churn.assign(signal='<a href="http://evil.example">x</a>')
    return {
        "chart of another question": {"chart": "survival"},
        "question of another chart": {"asks": "survival"},
        "question about people": {"asks": "churned_members"},
        "rows of another question": {"rows": rows(WAITS)},
        "chart unknown": {"chart": "os"},
        "chart that is no figure": {"chart": "finding_of"},
        "chart of a person": {"chart": "member_story"},
        "question unknown": {"asks": "../../etc/passwd"},
        "no rows and no columns": {"rows": rows(pd.DataFrame())},
        "no rows": {"rows": rows(pd.DataFrame({"x": []}))},
        "numbers as text": {"rows": rows(churn.assign(active="many", churned="few"))},
        "days as numbers": {"rows": rows(churn.assign(period_start=1, last_day=2))},
        "days out of time": {"rows": rows(churn.assign(period_start=np.datetime64(2**62, "us")))},
        "text as numbers": {"rows": rows(churn.assign(signal=7, state=7))},
        "link in a code": {"rows": rows(linked)},
        "names of people": {"rows": rows(churn.assign(name="Anna"))},
        "rows that are no table": {"rows": "eA=="},
        "rows that are no text": {"rows": 3},
        "rows without end": {"rows": "A" * 9_000_000},
        "compressed rows": {"rows": packed(pa.Table.from_pandas(churn, preserve_index=False), compression="zstd")},
        "nested rows": {"rows": packed(pa.table({"period_start": [[1]]}))},
        "dictionary": {"rows": packed(pa.table({"period_start": pa.array(["x", "x"]).dictionary_encode()}))},
        "runs": {"rows": packed(pa.table({"period_start": pa.RunEndEncodedArray.from_arrays(
            pa.array([2**31 - 1], pa.int32()), pa.array([1]))}))},
        "nothing many times": {"rows": packed(pa.table({"period_start": pa.nulls(MOST_ROWS + 1)}))},
        "no day": {"as_of": None},
        "day that is no number": {"as_of": float("nan")},
        "day out of time": {"as_of": "9999-12-31"},
        "view that is a list": {"view": []},
        "view of numbers": {"view": {"plan": 3, "first_day": [1]}},
        "view of trees": {"view": {"plan": [[["x"]]]}},
        "notes that are text": {"notes": "xyz"},
        "notes that are numbers": {"notes": [1, 2]},
        "notes without a day": {"notes": [{"day": "never", "text": "x", "author": "x"}]},
        "n that names no column": {"n": "nothing"},
        "n that is a number": {"n": 12},
        "currency without end": {"currency": "X" * 10_000},
        "headline without end": {"headline": "x" * 1_000_000},
        "remark that is a tree": {"remark": {"a": [1]}},
        "fingerprint of markup": {"fingerprint": "<b>"},
    }


SHAPES = tuple(shapes(pd.DataFrame({"period_start": [pd.Timestamp("2025-01-01")]})))


@pytest.fixture
def bad(churn):
    """A slide of member churn with one part of it wrong."""
    good = slide_of("member_churn", churn).as_dict()
    return lambda shape: {**good, **shapes(churn)[shape]}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_slide_with_a_wrong_part_is_refused_with_a_reason_in_both_languages(shape, bad):
    with pytest.raises(BadSlide) as refused:
        tried(Slide.from_dict(bad(shape)))
    for language in LANGUAGES:
        assert Texts(language).has(f"meeting.why.{refused.value.why}")


@pytest.mark.parametrize("chart", TAKEN)
def test_every_figure_that_can_be_taken_passes_also_with_one_row_or_none(chart, request):
    answer = request.getfixturevalue(ANSWERS[chart])
    for part in (answer, answer.iloc[:1], answer.iloc[:0]):
        assert tried(slide_of(chart, part)).chart == chart


def test_the_page_goes_on_beside_whatever_is_kept_and_remove_works(bad, churn):
    good = slide_of("member_churn", churn, headline="Ours").as_dict()
    kept = [good, *(bad(shape) for shape in SHAPES), 1, None, "x", [[]], {}]
    app = open_app("meeting")
    app.session_state["kept_meeting"] = kept
    app.run()
    assert not app.exception
    assert said(app).count("cannot be shown") == len(kept) - 1
    assert len(app.get("plotly_chart")) == 1
    assert app.session_state["kept_meeting"] == kept, "opening the page throws nothing away"
    app.button(key="away_1").click().run()
    assert not app.exception
    assert app.session_state["kept_meeting"] == [good, *kept[2:]]
    app.button(key="undo_meeting").click().run()
    app.button(key="present").click().run()
    assert not app.exception
    assert app.title[0].value == "Ours"


@pytest.mark.parametrize("kept", [3, "x", {"a": 1}, None, [None], [[1]] * 3000])
def test_a_meeting_that_is_no_list_of_slides_leaves_the_page_alive(kept):
    app = open_app("meeting", "de")
    app.session_state["kept_meeting"] = kept
    app.run()
    assert not app.exception
    while app.button and any(button.key == "away_0" for button in app.button) and not isinstance(kept, list):
        app.button(key="away_0").click().run()
        assert app.session_state["kept_meeting"] == []
        break


def test_a_figure_is_taken_although_what_is_kept_is_damaged():
    app = open_app("churn")
    app.session_state["kept_meeting"] = [{"chart": "os"}]
    app.button(key="take_member_churn").click().run()
    assert not app.exception
    assert [one["chart"] for one in app.session_state["kept_meeting"]] == ["os", "member_churn"]


def test_a_file_brings_its_good_slides_and_names_the_others(bad, churn):
    good = slide_of("member_churn", churn)
    slides, refused = sorted_out(json.dumps([good.as_dict(), bad("chart unknown"), good.as_dict(), 1]))
    assert slides == [good, good]
    assert [(one.number, one.why) for one in refused] == [(2, "unknown"), (4, "parts")]


@pytest.mark.parametrize(("text", "why"), [
    ("{}", "file"), ("nonsense", "file"), ('[{"as_of": NaN}]', "file"), ("[" * 100_000, "file"),
    ("[" + "1," * MOST_SLIDES + "1]", "many"), (" " * (MOST_BYTES + 1), "size"),
])
def test_a_file_that_is_no_meeting_is_refused_whole(text, why):
    with pytest.raises(BadSlide) as refused:
        read_meeting(text)
    assert (refused.value.why, refused.value.number) == (why, 0)


BOMB = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
from retention.meeting.saved import sorted_out
text = sys.stdin.read()
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
slides, refused = sorted_out(text)
print(len(slides), refused[0].why, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before,
      time.perf_counter() - began)
"""


def test_26_kilobytes_that_unpack_to_a_gigabyte_are_refused_unopened(churn):
    bomb = packed(pa.table({"period_start": pa.array(np.zeros(80_000_000, dtype="int64"))}), compression="zstd")
    assert len(bomb) < 100_000
    meeting = json.dumps([{**slide_of("member_churn", churn).as_dict(), "rows": bomb}])
    run = subprocess.run([sys.executable, "-c", BOMB], input=meeting, capture_output=True, text=True, cwd=ROOT,
                         timeout=120, check=True)
    slides, why, kilobytes, seconds = run.stdout.split()
    assert (slides, why) == ("0", "rows")
    assert int(kilobytes) < 20_000
    assert float(seconds) < 1


def test_rows_with_flipped_bytes_are_read_or_refused_and_nothing_else(churn):
    good, chance = base64.b64decode(freeze(churn)), random.Random(1)
    refused = 0
    for _ in range(1500):
        wrong = bytearray(good)
        for _ in range(chance.randint(1, 5)):
            wrong[chance.randrange(len(wrong))] = chance.choice((0, 1, 127, 128, 255))
        try:
            thaw(base64.b64encode(bytes(wrong[: chance.choice((len(wrong), chance.randrange(len(wrong))))])).decode())
        except BadRows:
            refused += 1
    assert 300 < refused < 1500


def test_an_answer_too_long_for_a_meeting_is_not_taken(churn):
    many = pd.DataFrame({"period_start": np.zeros(MOST_ROWS + 1)})
    about = ("member_churn", "member_churn", "churn", Filters())
    with pytest.raises(BadSlide, match="size"):
        taken(*about, many, date(2026, 1, 1), "x", None, None)
    with pytest.raises(BadSlide, match="columns"):
        taken(*about, churn.assign(name="Anna"), date(2026, 1, 1), "x", None, None)


@pytest.mark.parametrize("shape", ["chart of another question", "question about people", "compressed rows", "no day"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_report_refuses_a_bad_meeting_in_a_sentence(shape, language, bad, churn, tmp_path, capsys):
    saved, target = tmp_path / "saved.json", tmp_path / "meeting.html"
    saved.write_text(json.dumps([slide_of("member_churn", churn).as_dict(), bad(shape)]), encoding="utf-8")
    assert main(["report", "--out", str(target), "--meeting", str(saved), "--lang", language]) == 2
    told = capsys.readouterr().err
    assert {"en": "slide 2", "de": "Folie 2"}[language] in told
    assert "Traceback" not in told
    assert not target.exists()


def test_what_is_written_is_read_whatever_is_in_it(churn):
    slide = slide_of("member_churn", churn, headline="Käthe & <b>", remark="x" * 4000, n="active")
    assert read_meeting(written_meeting([slide])) == [slide]
