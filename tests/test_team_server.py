"""Attacks on a server that a team reaches: what is closed, whose messages count, who may fetch and bring."""

from __future__ import annotations

import http.client
import json
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parent.parent
SECRET = secrets.token_hex(32)
SECRETS = """
[auth]
redirect_uri = "{scheme}://localhost{port}/oauth2callback"
cookie_secret = "{secret}"
client_id = "retention"
client_secret = "for the test"
server_metadata_url = "http://localhost:1/.well-known/openid-configuration"

[access]
viewers = ["vera@team.example", "@watchers.example"]
analysts = ["ann@team.example"]
"""
SCRIPT = """
import os, sys
sys.path.insert(0, {root!r})
import streamlit as st
from retention.texts import Texts
from retention.ui.login import is_viewer, let_in

@st.cache_resource
def built():
    with open({log!r}, "a") as log:
        print("built", file=log)
    return 1

@st.cache_data
def counted():
    with open({log!r}, "a") as log:
        print("counted", file=log)
    return 1

let_in(Texts("en"))
built(), counted()
st.text("a viewer reads" if is_viewer() else "an analyst reads")
st.download_button("Take", data=lambda: open({log!r}, "a").write("taken\\n") and b"people", key="take")
"""
SERVE = """
from pathlib import Path
from retention.serving import serve
serve({port}, None, {host!r}, script=Path({script!r}), login={login}, behind_proxy={proxy})
"""


class Served:
    """A running server, and what its pages noted."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.port = folder, port

    def noted(self) -> list[str]:
        log = self.folder / "log"
        return log.read_text().split() if log.exists() else []

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, bytes, dict]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {"Host": f"localhost:{self.port}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.request(method, path, body=body, headers=named)
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.headers)

    def stream(self, cookie: str = "", origin: str | None = "", name: str = "", session: str = "", **more: str):
        """A websocket as a browser opens it; `origin` None sends none, "" our own. `name` is what a proxy passes on."""
        token = generate_xsrf_token_string()
        headers = {"Cookie": f"_streamlit_xsrf={token}; {cookie}", **more}
        if origin is not None:
            headers["Origin"] = origin or f"http://localhost:{self.port}"
        return connect(
            f"ws://{name or f'localhost:{self.port}'}/_stcore/stream", additional_headers=headers, max_size=None,
            subprotocols=["streamlit", token, *([session] if session else [])],
            sock=socket.create_connection(("127.0.0.1", self.port)),
        )


@pytest.fixture(scope="module")
def served(start: Callable, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Served]:
    """served(login, host, proxy): a small page behind our door; one server for each kind."""
    running: dict[tuple, Served] = {}

    def make(login: bool = True, host: str | None = "localhost", proxy: bool = False) -> Served:
        if (login, host, proxy) not in running:
            folder = tmp_path_factory.mktemp("team")
            (folder / ".streamlit").mkdir()
            filled = SECRETS.format(scheme="https" if proxy else "http", port="" if proxy else ":{port}", secret=SECRET)
            (folder / ".streamlit" / "secrets.toml").write_text(filled)
            page = folder / "page.py"
            page.write_text(SCRIPT.format(root=str(ROOT), log=str(folder / "log")))
            address = start("-c", SERVE.format(port=0, host=host, script=str(page), login=login, proxy=proxy))
            running[login, host, proxy] = Served(folder, int(address.rpartition(":")[2]))
        return running[login, host, proxy]

    return make


def signed(port: int, secret: str = SECRET, origin: str = "", **claims: object) -> str:
    """The cookie that Streamlit sets after a login with these claims."""
    usual = {
        "iss": "https://login.example", "sub": "1", "iat": 1, "exp": time.time() + 600, "nonce": secrets.token_hex(8),
        "email": "ann@team.example", "email_verified": True, "is_logged_in": True, "provider": "default",
        "origin": origin or f"http://localhost:{port}",
    }
    value = json.dumps({name: value for name, value in {**usual, **claims}.items() if value is not None})
    return f"_streamlit_user={create_signed_value(secret, '_streamlit_user', value).decode()}"


def rerun(opened) -> None:
    message = BackMsg()
    message.rerun_script.query_string = ""
    opened.send(message.SerializeToString())


def shown(opened, seconds: float = 15) -> str:
    """All text of the run that comes next, as the browser is sent it."""
    until, said = time.monotonic() + seconds, []
    while time.monotonic() < until:
        message = ForwardMsg()
        message.ParseFromString(opened.recv(timeout=seconds))
        if message.WhichOneof("type") == "delta":
            said.append(str(message.delta.new_element))
        if message.WhichOneof("type") == "script_finished":
            return "\n".join(said)
    return pytest.fail("the page did not finish")


def page_of(server: Served, cookie: str) -> str:
    with server.stream(cookie) as opened:
        rerun(opened)
        return shown(opened)


KINDS = [{"login": False, "host": None}, {"login": False}, {"login": True}]


@pytest.mark.parametrize("kind", KINDS, ids=["alone", "team without login", "team"])
@pytest.mark.parametrize("path", [
    "/_stcore/metrics", "/_stcore/metrics?families=session_events", "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp", "/_stcore/agent/interact", "/_stcore/script-health-check", "/_stcore/message",
    "/openapi.json",
    "/llms.txt", "/app/static/a.csv", "/component/a/b.html", "/_stcore/bidi-components/a",
    "/_stcore/allowed-message-origins",
    "/page/_stcore/metrics", "//_stcore/metrics", "/%5Fstcore/metrics", "/_stcore/Metrics", "/_stcore/metrics/",
])
def test_what_no_page_needs_is_closed(served, kind, path):
    server = served(**kind)
    for method in ("GET", "POST", "OPTIONS"):
        own = {} if method == "GET" else {"Origin": f"http://localhost:{server.port}"}
        assert server.ask(path, method, **own)[0] == 404, method


def test_the_way_to_a_login_is_open_only_where_there_is_one(served):
    assert served(login=False).ask("/auth/login")[0] == 404
    assert served(login=False).ask("/oauth2callback")[0] == 404
    assert served(login=True).ask("/auth/login")[0] == 302


@pytest.mark.parametrize("kind", KINDS, ids=["alone", "team without login", "team"])
def test_a_message_of_one_reader_does_not_empty_the_cache_of_all(served, kind):
    server = served(**kind)
    cookie = signed(server.port)
    page_of(server, cookie)
    before = server.noted()
    assert sorted(before) == ["built", "counted"]
    with server.stream(cookie) as opened:
        for field in ("clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime",
                      "debug_disconnect_websocket"):
            opened.send(BackMsg(**{field: True}).SerializeToString())
        rerun(opened)
        assert "reads" in shown(opened)
    page_of(server, cookie)
    assert server.noted() == before


def test_a_message_that_hides_another_one_behind_it_is_taken_as_streamlit_takes_it(served):
    server = served(login=False)
    page_of(server, "")
    before = server.noted()
    hidden = BackMsg(app_heartbeat=True).SerializeToString() + BackMsg(clear_cache=True).SerializeToString()
    with server.stream() as opened:
        opened.send(hidden)
        rerun(opened)
        shown(opened)
    assert server.noted() == before


@pytest.mark.parametrize("payload", ["install_skills", "dismiss_skills_nudge"])
def test_no_message_writes_files_for_agents(served, payload):
    server = served(login=False)
    with server.stream() as opened:
        rerun(opened)
        session = session_of(opened)
        message = BackMsg()
        message.backend_operation_request.request_id = "1"
        message.backend_operation_request.session_id = session
        getattr(message.backend_operation_request, payload).SetInParent()
        opened.send(message.SerializeToString())
        with suppress(TimeoutError):
            while True:
                answer = ForwardMsg()
                answer.ParseFromString(opened.recv(timeout=0.5))
                assert answer.WhichOneof("type") != "backend_operation_response"


def session_of(opened) -> str:
    while True:
        message = ForwardMsg()
        message.ParseFromString(opened.recv(timeout=15))
        if message.WhichOneof("type") == "new_session":
            return message.new_session.initialize.session_id


@pytest.mark.parametrize("kind", KINDS, ids=["alone", "team without login", "team"])
@pytest.mark.parametrize("origin", [None, " ", "null", "http://", "//localhost", "https://localhost:{port}",
                                    "http://localhost", "http://localhost:{port}.evil.example", "http://evil.example",
                                    "http://localhost:{port}/", "file://", "http://127.0.0.1:{port}"])
def test_a_stream_is_opened_by_our_own_page_only(served, kind, origin):
    server = served(**kind)
    with pytest.raises(InvalidStatus) as refused, server.stream(origin=origin and origin.format(port=server.port)):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("origin", [None, "", "null", "http://evil.example"])
def test_a_change_is_asked_for_by_our_own_page_only(served, origin):
    headers = {} if origin is None else {"Origin": origin}
    for method in ("PUT", "DELETE"):
        status, said, _ = served(login=False).ask("/_stcore/upload_file/a/b", method, b"x", **headers)
        assert (status, said) == (403, b"Requests from other pages are refused.")


def test_an_empty_origin_does_not_pass_as_none(served):
    assert served(login=False).ask("/", Origin="")[0] == 403


def test_two_origins_are_not_ours(served):
    server = served(login=False)
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        own = f"http://localhost:{server.port}"
        raw.sendall(f"GET / HTTP/1.1\r\nHost: localhost:{server.port}\r\nOrigin: {own}\r\nOrigin: http://evil.example"
                    "\r\nConnection: close\r\n\r\n".encode())
        assert raw.recv(100).startswith(b"HTTP/1.1 403")


def test_nobody_sees_anything_before_the_login(served):
    said = page_of(served(), "")
    assert "This dashboard is for members of the team." in said
    assert "reads" not in said


@pytest.mark.parametrize(("claims", "reads"), [
    ({}, "an analyst reads"),
    ({"email": "ANN@Team.Example"}, "an analyst reads"),
    ({"email": "vera@team.example"}, "a viewer reads"),
    ({"email": "anybody@watchers.example"}, "a viewer reads"),
    ({"email_verified": True}, "an analyst reads"),
    ({"email_verified": None}, "no confirmed e-mail address"),  # the claim is missing
    ({"email_verified": "true"}, "no confirmed e-mail address"),
    ({"email_verified": False}, "no confirmed e-mail address"),
    ({"email_verified": "false"}, "no confirmed e-mail address"),
    ({"email": "eve@evil-watchers.example"}, "has no access"),
    ({"email": "eve@sub.watchers.example"}, "has no access"),
    ({"email": "eve@watchers.example.evil"}, "has no access"),
    ({"email": "eve@evil.example@watchers.example"}, "has no access"),
    ({"email": "ann@team.example\n"}, "has no access"),
    ({"email": None}, "has no access"),
    ({"email": ["ann@team.example"]}, "has no access"),
    ({"exp": 1}, "has expired"),
    ({"exp": None}, "has expired"),
    ({"exp": "9999999999"}, "has expired"),
    ({"exp": True}, "has expired"),
    ({"exp": float("inf")}, "has expired"),
    ({"exp": 10**400}, "has expired"),
    ({"is_logged_in": False}, "This dashboard is for members"),
    ({"is_logged_in": "yes"}, "This dashboard is for members"),
    ({"secret": "0" * 64}, "This dashboard is for members"),
    ({"secret": ""}, "This dashboard is for members"),
    ({"origin": "http://other.example"}, "This dashboard is for members"),
], ids=lambda value: str(value)[:60])
def test_who_is_let_in_is_decided_by_a_login_that_is_ours_and_holds(served, claims, reads):
    server = served()
    assert reads in page_of(server, signed(server.port, **claims))


def test_a_cookie_with_another_address_in_it_is_no_login(served):
    import base64
    import zlib

    server = served()
    name, _, value = signed(server.port, email="vera@team.example").partition("=")
    payload, stamp, signature = value.rsplit(".", 2)
    plain = base64.urlsafe_b64decode(payload.lstrip(".") + "==")
    plain = zlib.decompress(plain) if payload.startswith(".") else plain
    forged = base64.urlsafe_b64encode(plain.replace(b"vera@", b"ann@")).rstrip(b"=").decode()
    assert b"vera@" in plain
    assert "This dashboard is for members" in page_of(server, f"{name}={forged}.{stamp}.{signature}")


def test_a_header_does_not_say_who_somebody_is(served):
    server = served()
    headers = ("X-Streamlit-User", "X-Forwarded-Email", "X-Forwarded-User", "Remote-User")
    named = dict.fromkeys(headers, "ann@team.example")
    with server.stream("", **named) as opened:
        rerun(opened)
        assert "reads" not in shown(opened)


def test_a_login_that_expires_while_the_page_is_open_ends_there(served):
    server = served()
    expires = time.time() + 1.5
    with server.stream(signed(server.port, exp=expires)) as opened:
        rerun(opened)
        session, said = session_of(opened), shown(opened)
        assert "an analyst reads" in said
        file = said.partition('deferred_file_id: "')[2].partition('"')[0]
        assert file
        time.sleep(max(0, expires - time.time()) + 0.1)
        before = server.noted()
        message = BackMsg()
        message.backend_operation_request.request_id = "1"
        message.backend_operation_request.session_id = session
        message.backend_operation_request.deferred_file.file_id = file
        opened.send(message.SerializeToString())
        rerun(opened)
        assert "has expired" in shown(opened)
        assert server.noted() == before


@pytest.mark.parametrize(("email", "reads"), [
    ("vera@team.example", "a viewer reads"), ("eve@evil.example", "has no access"), (None, "for members of the team"),
])
def test_whoever_takes_up_the_session_of_an_analyst_stays_who_they_are(served, email, reads):
    server = served()
    with server.stream(signed(server.port)) as opened:
        rerun(opened)
        session = session_of(opened)
        assert "an analyst reads" in shown(opened)
        with server.stream(signed(server.port, email=email) if email else "", session=session) as taken:
            rerun(taken)
            assert reads in shown(taken)


def test_a_viewer_who_comes_back_to_a_session_after_the_connection_was_lost_stays_a_viewer(served):
    server = served()
    cookie = signed(server.port, email="vera@team.example")
    with server.stream(cookie) as opened:
        rerun(opened)
        session = session_of(opened)
        assert "a viewer reads" in shown(opened)
    with server.stream(cookie, session=session) as again:
        rerun(again)
        assert session_of(again) == session
        assert "a viewer reads" in shown(again)


def test_a_log_out_ends_the_copies_of_its_cookie(served):
    server = served()
    cookie, other = signed(server.port), signed(server.port)
    assert "an analyst reads" in page_of(server, cookie)
    assert server.ask("/auth/logout", Cookie=cookie)[0] == 302
    assert "was ended" in page_of(server, cookie)
    assert "an analyst reads" in page_of(server, other)


@pytest.mark.parametrize(("claims", "status"), [
    (None, 403), ({"exp": 1}, 403), ({"email": "eve@evil.example"}, 403), ({"email": "vera@team.example"}, 403),
    ({"secret": "1" * 64}, 403), ({}, 400),  # 400: an analyst is let through, and there is no such session
])
def test_files_are_brought_by_analysts_only(served, claims, status):
    server = served()
    token = generate_xsrf_token_string()
    cookie = "" if claims is None else signed(server.port, **claims)
    answer = server.ask(
        "/_stcore/upload_file/a/b", "PUT", b"x", Origin=f"http://localhost:{server.port}",
        Cookie=f"{cookie}; _streamlit_xsrf={token}", X_Xsrftoken=token,
    )
    assert answer[0] == status


@pytest.mark.parametrize(("claims", "status"), [(None, 403), ({"exp": 1}, 403), ({"email": "eve@evil.example"}, 403),
                                                ({"email": "vera@team.example"}, 404), ({}, 404)])
def test_downloads_are_fetched_by_those_let_in_only(served, claims, status):
    server = served()
    cookie = {} if claims is None else {"Cookie": signed(server.port, **claims)}
    assert server.ask("/media/none.csv", **cookie)[0] == status


def test_a_provider_that_does_not_answer_is_said_on_our_own_page(served):
    from joserfc import jwt
    from joserfc.jwk import OctKey

    claims = {"provider": "default", "exp": int(time.time()) + 60}
    token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
    server = served()
    status, _, headers = server.ask(f"/auth/login?provider={token}")
    assert (status, headers["location"]) == (302, "/?login=failed")
    assert server.ask("/oauth2callback?code=1&state=2")[2]["location"] == "/?login=failed"
    assert server.ask("/oauth2callback")[2]["location"] == "/"


def test_behind_a_proxy_plain_http_gets_nothing(served):
    server = served(proxy=True)
    assert server.ask("/", Host="localhost")[0] == 403
    assert server.ask("/", Host="localhost", X_Forwarded_Proto="http")[0] == 403
    assert server.ask("/_stcore/health")[0] == 200
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", server.port), timeout=2)


def test_behind_a_proxy_cookies_are_for_https_only_and_the_origin_is_the_public_name(served):
    server = served(proxy=True)
    told = {"Host": "localhost", "X_Forwarded_Proto": "https"}
    status, _, headers = server.ask("/_stcore/health", **told)
    assert status == 200
    assert "; Secure" in headers["set-cookie"]
    assert headers["strict-transport-security"] == "max-age=31536000"
    cookie = signed(server.port, origin="https://localhost")
    forwarded = {"name": "localhost", "X-Forwarded-Proto": "https"}
    with server.stream(cookie, origin="https://localhost", **forwarded) as opened:
        rerun(opened)
        assert "an analyst reads" in shown(opened)
    for way in (forwarded, {"name": "localhost"}):
        with pytest.raises(InvalidStatus), server.stream(cookie, origin="http://localhost", **way):
            pass


def test_without_a_proxy_nobody_is_believed_to_have_come_by_https(served):
    status, _, headers = served(login=False).ask("/_stcore/health", X_Forwarded_Proto="https")
    assert status == 200
    assert "strict-transport-security" not in headers
