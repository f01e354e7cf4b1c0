"""A viewer on the real pages: whatever the address says, nothing that the server sends names a member."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from retention.filters import TODOS
from retention.ui.navigation import PAGES
from tests.test_team_server import ROOT, SECRET, SECRETS, Served, signed

HOSTILE = {
    "uncovered": "yes", "masked": "no", "member": "#1", "key": ["2025-11-01", "price"], "words": "a", "login": "failed",
    "role": "analyst", "email": "ann@team.example", "themes": "Who=*a*", "todo": "ask_again", "lang": "en",
}
SERVE = """
import os, sys
sys.path.insert(0, {root!r})
os.chdir({folder!r})
from retention.serving import serve
serve(0, None, "localhost")
"""


@pytest.fixture(scope="module")
def server(start: Callable, tmp_path_factory: pytest.TempPathFactory) -> Served:
    folder = tmp_path_factory.mktemp("team")
    (folder / ".streamlit").mkdir()
    filled = SECRETS.format(scheme="http", port=":{port}", secret=SECRET)
    (folder / ".streamlit" / "secrets.toml").write_text(filled)
    address = start("-c", SERVE.format(root=str(ROOT), folder=str(folder)))
    return Served(folder, int(address.rpartition(":")[2]))


@pytest.fixture(scope="module")
def people(the_sample) -> list[bytes]:
    """The full names of everybody in the sample."""
    listed = [the_sample.ask("base_people")["name"], the_sample.ask("churned_members")["name"]]
    known = {name.encode() for names in listed for name in names.dropna() if " " in name}
    assert len(known) > 1000
    return sorted(known)


def named(people: list[bytes], sent: bytes) -> list[bytes]:
    """Whom it names, and which addresses it holds beside that of whoever is signed in."""
    others = re.findall(rb"\b\w+@(?!team\.example|evil\.example)\w[\w-]*\.\w+", sent)
    return [name for name in people if name in sent] + others


def visit(server: Served, page: str, who: str, pause: float = 0.3, **asked: object) -> bytes:
    """All that the server sends for one page, until it has stood still for so many seconds."""
    script = PAGES[page][0].removeprefix("pages/").removesuffix(".py")
    with server.stream(signed(server.port, email=who)) as opened:
        message = BackMsg()
        message.rerun_script.query_string = urlencode(asked, doseq=True)
        message.rerun_script.page_name = "" if page == "overview" else script
        opened.send(message.SerializeToString())
        return b"".join(sent(opened, pause))


def sent(opened, pause: float) -> Iterator[bytes]:
    """What comes until the page stands still; a page may run twice."""
    until, finished = time.monotonic() + 30, False
    while time.monotonic() < until:
        try:
            data = opened.recv(timeout=pause if finished else 30)
        except TimeoutError:
            return
        message = ForwardMsg()
        message.ParseFromString(data)
        finished = finished or message.WhichOneof("type") == "script_finished"
        yield data


@pytest.mark.parametrize("page", PAGES)
def test_no_page_names_a_member_to_a_viewer_whatever_its_address_says(server, people, page):
    found = visit(server, page, "vera@team.example", **HOSTILE)
    assert b"Signed in as vera@team.example. Names are always hidden for you." in found
    assert named(people, found) == []


@pytest.mark.parametrize(("page", "tab"), [
    ("farewell", "speed"), ("reasons", "comments"), ("reasons", "members"), ("lens", "period"), ("winback", "offers"),
])
def test_no_section_names_a_member_to_a_viewer(server, people, page, tab):
    assert named(people, visit(server, page, "vera@team.example", tab=tab, **HOSTILE)) == []


def test_the_same_search_finds_the_members_whom_an_analyst_sees(server, people):
    shown = [visit(server, "todo", "ann@team.example", todo=todo) for todo in TODOS]
    shown.append(visit(server, "members", "ann@team.example", member="#1"))
    assert len(named(people, b"".join(shown))) > 50
    assert len(named(people, shown[-1])) == 2  # name and address
    assert b"Names are always hidden" not in shown[-1]


@pytest.mark.parametrize("page", ["todo", "members", "data"])
def test_pages_about_members_and_files_are_closed_to_viewers(server, page):
    found = visit(server, page, "vera@team.example", **HOSTILE)
    assert b"This part lists individual members or takes files." in found
    assert b"file_uploader" not in found


@pytest.mark.parametrize("page", PAGES)
def test_no_page_tells_a_stranger_anything_of_the_data(server, page):
    found = visit(server, page, "eve@evil.example", 0.05, data="0" * 12, **HOSTILE)
    assert b"You are signed in as eve@evil.example" in found
    assert not re.search(rb"paying members|[Ss]ample data|subscriptions|page_link|arrow", found)
