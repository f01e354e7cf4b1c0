"""Holds the launcher to its promise: this machine only, no telemetry, and headers that keep members' data in."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SERVE = """
from pathlib import Path
from retention.serving import serve
serve({port}, {data}, {host}, script=Path({script!r}), login=False)
"""
WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "cmV0ZW50aW9uLXRlc3RzIQ==",
}


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("pages") / "dashboard.py"
    file.write_text("import streamlit\nstreamlit.title('Stand-in')\n")
    return str(file)


@pytest.fixture(scope="module")
def address(start: Callable[..., str], script: str) -> str:
    return start("-c", SERVE.format(port=0, data=None, host=None, script=script))


def ask(address: str, path: str = "/", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse()


def run(code: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, **options
    )


def test_the_server_says_that_it_is_well(address):
    assert ask(address, "/_stcore/health").status == 200


def test_it_listens_on_this_machine_alone(address):
    port = int(address.rpartition(":")[2])
    assert address == f"http://127.0.0.1:{port}"
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", port), timeout=2)


@pytest.mark.parametrize("path", ["/", "/churn", "/_stcore/health", "/media/none.csv"])
def test_every_answer_forbids_what_a_page_does_not_need(address, path):
    headers = ask(address, path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert "unsafe-eval" not in policy
    assert "connect-src 'self';" in policy
    assert policy.endswith("frame-ancestors 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Server"] is None


def test_the_scripts_of_streamlit_may_be_kept_by_the_browser(address):
    page = ask(address).read().decode()
    script = page.partition('src="./static/js/')[2].partition('"')[0]
    assert "max-age=" in ask(address, f"/static/js/{script}").headers["Cache-Control"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.0.7"])
def test_another_name_for_this_machine_is_refused(address, host):
    assert ask(address, Host=host).status == 400
    assert ask(address, "/_stcore/stream", Host=host, **WEBSOCKET).status == 400


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:1", "null"])
def test_a_page_from_elsewhere_cannot_talk_to_the_server(address, origin):
    assert ask(address, Origin=origin).status == 403
    assert ask(address, "/_stcore/stream", Origin=origin, **WEBSOCKET).status == 403


def test_our_own_page_can_talk_to_the_server(address):
    assert ask(address, "/_stcore/stream", Origin=address, **WEBSOCKET).status == 101


def test_the_options_hold_wherever_the_server_is_started_from(tmp_path):
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text('[client]\nshowErrorDetails = "full"\n')
    names = [
        "browser.gatherUsageStats",
        "client.disableDataExport",
        "client.showErrorDetails",
        "client.showErrorLinks",
        "client.showSidebarNavigation",
        "server.address",
        "server.allowedHosts",
        "server.enableAgentApi",
        "server.enableCORS",
        "server.enableXsrfProtection",
        "server.maxUploadSize",
    ]
    dashboard = ROOT / "dashboard.py"
    done = run(
        f"import json, os, sys; sys.path.insert(0, {str(ROOT)!r}); os.chdir({str(tmp_path)!r})\n"
        f"from pathlib import Path; from streamlit import config; from retention.serving import app\n"
        f"app(script=Path({str(dashboard)!r})); print(json.dumps([config.get_option(name) for name in {names}]))"
    )
    assert dict(zip(names, json.loads(done.stdout), strict=True)) == {
        "browser.gatherUsageStats": False,
        "client.disableDataExport": True,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.showSidebarNavigation": False,
        "server.address": "127.0.0.1",
        "server.allowedHosts": ["127.0.0.1", "localhost"],
        "server.enableAgentApi": False,
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.maxUploadSize": 300,
    }


def test_a_team_reaches_it_under_one_name_and_is_told_that_there_is_no_login(start, script, tmp_path):
    log = tmp_path / "log"
    code = f"import sys; sys.stderr = open({str(log)!r}, 'w', buffering=1)\n"
    address = start("-c", code + SERVE.format(port=0, data=None, host="'Numbers.example'", script=script))
    port = address.rpartition(":")[2]
    assert address == f"http://Numbers.example:{port}"
    assert "no login" in log.read_text()
    assert ask(f"127.0.0.2:{port}", Host=f"numbers.example:{port}").status == 200
    assert ask(f"127.0.0.1:{port}").status == 200
    assert ask(f"127.0.0.1:{port}", Host="other.example").status == 400


def test_a_taken_port_is_named_with_a_way_out(script):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(SERVE.format(port=port, data=None, host=None, script=script))
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_data_folder_is_named(script):
    done = run(SERVE.format(port=0, data="Path('nowhere/at all')", host=None, script=script))
    assert done.returncode == 2
    assert "nowhere/at all" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["*", "0.0.0.0", "numbers.example:8501", "https://numbers.example"])
def test_a_name_that_guards_nothing_is_refused(script, name):
    done = run(SERVE.format(port=0, data=None, host=repr(name), script=script))
    assert done.returncode == 2
    assert done.stderr.startswith(f"{name} is not a name that a browser can ask for.")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT between processes")
def test_ctrl_c_ends_quietly(script):
    code = SERVE.format(port=0, data=None, host=None, script=script)
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=-1, stderr=-1, text=True)
    assert process.stdout.readline().startswith("Retention dashboard: http://127.0.0.1:")
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=10) == ("", "")
    assert process.returncode == 0
