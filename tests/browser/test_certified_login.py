"""Signing in at a certified provider, the npm registry's oidc-provider: takes an installation, hence the longer run."""

from __future__ import annotations

import secrets
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.steps import settle, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HERE = Path(__file__).resolve().parent
PROVIDER = "oidc-provider@9.13.3"  # MIT; in the tests only
SECRETS = """
[auth]
redirect_uri = "{redirect}"
cookie_secret = "{secret}"
client_id = "retention"
client_secret = "for-the-test"
server_metadata_url = "http://localhost:{port}/.well-known/openid-configuration"
client_kwargs = {{ prompt = "login" }}
[access]
viewers = ["vera@team.example"]
analysts = ["ann@team.example"]
"""
SERVE = """
import os, sys
sys.path.insert(0, {root!r})
os.chdir({folder!r})
from retention.serving import serve
serve({port}, None, "127.0.0.1")
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.fixture(scope="module")
def team(start: Callable, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard of a team that signs in at that provider."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        pytest.skip("needs node and npm")
    folder = tmp_path_factory.mktemp("provider")
    install = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", PROVIDER]
    if subprocess.run(install, cwd=folder, capture_output=True, timeout=180, check=False).returncode:
        pytest.skip(f"{PROVIDER} cannot be installed here")
    ours, port = free_port(), free_port()
    redirect = f"http://127.0.0.1:{ours}/oauth2callback"
    provider = subprocess.Popen(
        [node, HERE / "provider.mjs", str(port), redirect], cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )
    assert provider.stdout.readline() == "ready\n"
    (folder / ".streamlit").mkdir()
    filled = SECRETS.format(redirect=redirect, secret=secrets.token_hex(32), port=port)
    (folder / ".streamlit" / "secrets.toml").write_text(filled)
    yield start("-c", SERVE.format(root=str(HERE.parent.parent), folder=str(folder), port=ours))
    provider.terminate()
    provider.wait(10)


def sign_in(page, address: str, who: str) -> None:
    page.goto(address)
    page.locator(".st-key-sign_in_default button").click()
    page.get_by_role("button", name=who, exact=True).click()
    page.wait_for_url(f"{address}/**")
    page.locator(".st-key-sign_out button, .st-key-sign_in_default button").first.wait_for(timeout=60_000)
    settle(page)


def test_an_analyst_comes_in_and_goes(team, visitor):
    page = visitor()
    sign_in(page, team, "ann")
    page.goto(f"{team}/members?member=%231")
    page.locator("h2").first.wait_for()
    settle(page)
    page.locator(".st-key-sign_out button").click()
    page.get_by_role("button", name="Yes, sign me out").click()
    page.get_by_text("This dashboard is for members of the team.").wait_for()


def test_a_viewer_stays_one_through_reload_and_a_hostile_address(team, visitor):
    page = visitor()
    sign_in(page, team, "vera")
    page.goto(f"{team}/members?member=%231&masked=no&uncovered=yes")
    page.get_by_text("This part lists individual members or takes files.").wait_for()
    page.reload()
    page.get_by_text("This part lists individual members or takes files.").wait_for()


@pytest.mark.parametrize(("who", "said"), [
    ("eve", "eve@evil-team.example, but this address has no access"),
    ("mallory", "no confirmed e-mail address"),
])
def test_others_are_turned_away(team, visitor, who, said):
    page = visitor()
    sign_in(page, team, who)
    assert said in words(page)


def test_a_login_that_expires_ends_on_the_open_page(team, visitor):
    page = visitor()
    sign_in(page, team, "brief")
    page.get_by_text("Signed in as ann@team.example.").wait_for()
    page.wait_for_timeout(5_000)
    page.get_by_text("Deutsch").click()
    page.get_by_text("Ihre Anmeldung ist abgelaufen oder wurde beendet.").wait_for()
