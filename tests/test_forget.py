"""“Forget this data” leaves nothing behind: no session state, connection, answers, files, and no reading under way."""

import tempfile
import threading
import time
from pathlib import Path

import duckdb
import psutil
import pytest
from streamlit.testing.v1 import AppTest

from retention.ui.order import Folder, Order
from retention.ui.reading import Reading
from retention.warehouse import Forgotten

ROOT = Path(__file__).resolve().parent.parent
MEMBERS = b"email,plan,joined_at,cancelled_at\n" + b"".join(
    b"m%d@example.org,Circle,2025-01-10,2025-0%d-30\n" % (n, 3 + n % 5) for n in range(20)
)


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    """All temporary folders of a test lie here."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def opened() -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.query_params["lang"] = "en"
    return app.switch_page(str(ROOT / "pages" / "data.py")).run()


def bring(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Choose files, read them, and wait until the reading is taken over."""
    app.file_uploader[0].set_value([(name, content, "text/csv") for name, content in files]).run()
    app.button(key="read_files").click().run()
    return arrived(app)


def arrived(app: AppTest) -> AppTest:
    until = time.monotonic() + 60
    while "reading" in app.session_state and time.monotonic() < until:
        time.sleep(0.1)
        app.run()
    assert not app.exception, [problem.value for problem in app.exception]
    return app


def left_over(scratch: Path) -> list[str]:
    """Folders of an upload; the sample data's own scratch belongs to nobody's session."""
    found = [*scratch.rglob("retention-upload-*"), *scratch.rglob("retention-read-*")]
    return [str(path.relative_to(scratch)) for path in found]


def readers() -> list:
    return [process for process in psutil.Process().children() if process.status() != psutil.STATUS_ZOMBIE
            and "retention.intake.worker.main" in " ".join(process.cmdline())]


def test_forgetting_empties_the_session_the_connection_and_the_temporary_files(scratch):
    app = bring(opened(), ("my own.csv", MEMBERS))
    data = app.session_state["uploaded_data_set"]
    held = Path(data.warehouse._scratch.name)
    assert held.exists()
    assert len(left_over(scratch)) == 1, "the folder of the uploaded files"
    app.button(key="forget").click().run()
    for key in ("uploaded_data_set", "order", "upload_folder", "reading", "remembered_readings", "fresh_data"):
        assert key not in app.session_state, key
    with pytest.raises(Forgotten):
        data.warehouse.ask("extent")
    assert not held.exists()
    assert left_over(scratch) == []
    words = "\n".join(element.value for element in (*app.markdown, *app.caption))
    assert "my own" not in words
    assert "Sample data" in words


def test_forgetting_empties_the_answers_that_were_kept():
    def script():
        import streamlit as st

        from retention.filters import Filters
        from retention.ui import session

        class Counted:
            origin, fingerprint = "upload", "abc"

            def ask(self, *_):
                st.session_state["asked"] = st.session_state.get("asked", 0) + 1
                return st.session_state["asked"]

            def forget(self):
                return None

        data = Counted()
        session.take(data)
        first = [session.answer(data, "extent", Filters()) for _ in range(3)]
        session.forget()
        again = session.answer(data, "extent", Filters())
        st.text(f"{first} {again}")

    app = AppTest.from_function(script, default_timeout=30).run()
    assert app.text[0].value == "[1, 1, 1] 2"


def test_forgetting_during_a_reading_kills_it_and_leaves_nothing(scratch):
    app = opened()
    many = MEMBERS + b"".join(b"n%d@example.org,Circle,2025-01-10,\n" % n for n in range(300_000))
    app.file_uploader[0].set_value([("many.csv", many, "text/csv")]).run()
    app.button(key="read_files").click().run()
    reading = app.session_state["reading"]
    app.button(key="forget").click().run()
    assert reading.wait(10)
    assert reading.data is None
    assert readers() == []
    assert left_over(scratch) == []
    assert "order" not in app.session_state


def test_a_cancelled_reading_leaves_what_was_loaded_before_as_it_is(scratch):
    app = bring(opened(), ("members.csv", MEMBERS))
    before = app.session_state["uploaded_data_set"]
    many = b"email,joined_at\n" + b"".join(b"n%d@example.org,2025-01-10\n" % n for n in range(300_000))
    app.file_uploader[0].set_value([("many.csv", many, "text/csv")]).run()
    app.button(key="read_files").click().run()
    reading = app.session_state["reading"]
    started = time.monotonic()
    app.button(key="cancel_reading").click().run()
    assert reading.wait(10)
    assert time.monotonic() - started < 5
    assert app.session_state["uploaded_data_set"] is before
    assert [file.name for file in app.session_state["order"].files] == ["members.csv"]
    assert int(before.ask("extent").paying.iloc[0]) == 20
    [folder] = left_over(scratch)
    assert len(list((scratch / folder).iterdir())) == 1, "the bytes of the cancelled file are gone"


def test_a_file_is_added_to_what_is_loaded_and_taken_away_again():
    app = bring(opened(), ("members.csv", MEMBERS))
    bring(app, ("survey.csv", b"email,answered_at,reason\nm1@example.org,2025-04-20,price\n"))
    assert [report.file for report in app.session_state["uploaded_data_set"].reports] == ["members.csv", "survey.csv"]
    app.button(key="remove_1").click().run()
    arrived(app)
    assert [report.file for report in app.session_state["uploaded_data_set"].reports] == ["members.csv"]
    app.button(key="remove_0").click().run()
    assert "uploaded_data_set" not in app.session_state


def test_two_different_files_of_one_name_stay_two_and_a_double_file_counts_once(tmp_path):
    class Upload:
        def __init__(self, name, content):
            self.name, self.content = name, content

        def getbuffer(self):
            return memoryview(self.content)

    folder = Folder()
    kept = folder.keep([Upload("export.csv", b"a"), Upload("export.csv", b"b"), Upload("export.csv", b"a")])
    assert [file.name for file in kept] == ["export.csv", "export (2).csv"]
    assert [Path(file.path).read_bytes() for file in kept] == [b"a", b"b"]
    hostile = folder.keep([Upload("../../'; DROP TABLE members; --.csv", b"c"), Upload("=cmd() <img src=x>.csv", b"d")])
    assert {Path(file.path).name for file in hostile} == {"3.csv", "4.csv"}
    folder.sweep(Order(files=tuple(kept[:1])))
    assert [path.name for path in Path(kept[0].path).parent.iterdir()] == ["1.csv"]
    folder.close()


def test_what_cannot_be_put_together_is_said_in_a_sentence(monkeypatch):
    def fails(*_, **__):
        raise duckdb.OutOfMemoryException("words of the file must not be shown")

    monkeypatch.setattr("retention.ui.reading.build", fails)
    app = opened()
    app.file_uploader[0].set_value([("members.csv", MEMBERS, "text/csv")]).run()
    app.button(key="read_files").click().run()
    arrived(app)
    assert "not enough memory" in app.error[0].value
    assert "uploaded_data_set" not in app.session_state


def test_a_reading_that_was_given_up_closes_what_came_of_it(monkeypatch):
    closed, go = threading.Event(), threading.Event()

    class Late:
        def forget(self):
            closed.set()

    def slow(*_, **__):
        go.wait(5)
        return Late()

    monkeypatch.setattr("retention.ui.reading.build", slow)
    reading = Reading(Order())
    reading.cancel()
    go.set()
    assert reading.wait(5)
    assert closed.is_set()
    assert reading.data is None
