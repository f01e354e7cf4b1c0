"""A folder that is served: its changes are said, read on reload, and never read in place of what can be shown."""

import os
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from retention.data_settings import Settings
from retention.texts import Texts
from retention.ui import everybodys, shared_folder
from retention.ui.shared_folder import SharedFolder

ROOT = Path(__file__).resolve().parent.parent
HEAD = "email,joined_at,cancelled_at\n"
ANNA, BERT, CLEO = (f"{name}@example.org,2025-01-10,\n" for name in ("anna", "bert", "cleo"))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "members.csv").write_text(HEAD + ANNA)
    return tmp_path


@pytest.fixture
def files(folder):
    files = SharedFolder(folder, Settings())
    yield files
    files.close()


def members(data) -> int:
    return int(data.ask("extent").members.iloc[0])


def write(folder: Path, *rows: str, name: str = "members.csv") -> None:
    (folder / name).write_text(HEAD + "".join(rows))


def test_a_changed_file_is_noticed_and_read_and_the_old_state_stays_open_for_who_looks_at_it(folder, files):
    content, first = files.newest()
    files.look(content)
    write(folder, ANNA, BERT)
    assert files.content() != content
    assert [members(data) for data in (files.newest()[1], first)] == [2, 1]
    assert files.knew(first.fingerprint)


def test_a_file_whose_time_alone_has_changed_is_not_read_again(folder, files, monkeypatch):
    content, data = files.newest()
    os.utime(folder / "members.csv", (1, 1))
    monkeypatch.setattr(shared_folder, "shared", lambda *_: pytest.fail("read again"))
    assert files.newest() == (content, data)


def test_files_that_did_not_change_are_not_hashed_again(folder, files, monkeypatch):
    content = files.content()
    monkeypatch.setattr(shared_folder, "fingerprint", lambda _: pytest.fail("hashed again"))
    assert files.content() == content


@pytest.mark.parametrize(("name", "bytes_of", "blamed"), [
    ("members.csv", b"", "members.csv"),
    ("members.csv", b"PK\x03\x04 half a workbook", "members.csv"),
    ("members.csv", None, ""),
])
def test_what_cannot_be_read_leaves_the_last_good_state_and_is_named(folder, files, name, bytes_of, blamed):
    content, good = files.newest()
    if bytes_of is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(bytes_of)
    assert files.newest() == (content, good)
    assert files.failure() == blamed
    assert members(good) == 1
    write(folder, ANNA, BERT)
    assert members(files.newest()[1]) == 2
    assert files.failure() is None


def test_a_file_that_is_written_while_it_is_read_is_no_state(folder, files, monkeypatch):
    good = files.newest()[1]
    read = shared_folder.shared

    def written_meanwhile(*given):
        data = read(*given)
        write(folder, ANNA, BERT, CLEO)
        return data

    write(folder, ANNA, BERT)
    monkeypatch.setattr(shared_folder, "shared", written_meanwhile)
    assert files.newest()[1] is good
    assert files.failure() == "members.csv"
    files.content()
    assert files.failure() is None, "by now it is another content, which may be good"


class Stub:
    """Stands for a data set where only its end matters."""

    reports, usable, fingerprint, closed = (), True, "", False

    def forget(self):
        self.closed = True


def test_old_states_are_closed_once_nobody_looks_at_them_and_their_number_is_bounded(folder, files, monkeypatch):
    monkeypatch.setattr(shared_folder, "shared", lambda *_: Stub())
    states = []
    for number in range(6):
        write(folder, *(f"m{n}@example.org,2025-01-10,\n" for n in range(number + 1)))
        content, data = files.newest()
        files.look(content)
        states.append((content, data))
    assert [data.closed for _, data in states] == [True, True, False, False, False, False]
    for content, _ in states[:5]:
        files.leave(content)
    assert [data.closed for _, data in states] == [True] * 4 + [False, False]
    assert files.state(states[0][0]) is None


def test_a_folder_that_is_gone_shows_the_last_good_state(tmp_path):
    folder = tmp_path / "exports"
    folder.mkdir()
    write(folder, ANNA)
    files = SharedFolder(folder, Settings())
    content, good = files.newest()
    (folder / "members.csv").unlink()
    folder.rmdir()
    assert files.newest() == (content, good)
    files.close()


@pytest.fixture
def served(folder, monkeypatch):
    monkeypatch.setenv("RETENTION_DATA", str(folder))
    yield folder
    everybodys._folder.clear()


def opened(**view: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for name, word in view.items():
        app.query_params[name] = word
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    kinds = ("title", "info", "warning", "caption")
    return "\n".join(element.value for kind in kinds for element in getattr(app, kind))


def test_a_page_says_that_files_changed_and_reads_them_on_demand_and_on_reload(served):
    app = opened()
    assert "Files in the folder" not in said(app)
    write(served, ANNA, BERT)
    app.run()
    assert "Files in the folder changed at " in said(app)
    assert "folder of this installation: 1 paying" in said(app), "nothing changes under a reader's hands"
    reloaded = opened(data="".join(app.query_params["data"]))
    assert "have changed since this link was made" in said(reloaded)
    assert "folder of this installation: 2 paying" in said(reloaded)
    app.button(key="read_folder").click().run()
    assert "Files in the folder" not in said(app)
    assert "folder of this installation: 2 paying" in said(app)


def test_a_page_says_which_file_cannot_be_read_and_shows_the_data_from_before(served):
    app = opened(lang="de")
    (served / "members.csv").write_bytes(b"")
    app.run()
    app.button(key="read_folder").click().run()
    assert "members.csv kann nicht gelesen werden" in said(app).replace("\\", "")
    assert "Ordner dieser Installation" in said(app)
    assert Texts("de")("frame.folder.read") not in [button.label for button in app.button]
