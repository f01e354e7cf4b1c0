"""Signing in with a real browser at a provider that runs on this machine: who gets in, as what, for how long."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

oidc_provider_mock = pytest.importorskip(
    "oidc_provider_mock", reason="needs tests/requirements.txt (oidc-provider-mock)"
)

import flask  # noqa: E402
from werkzeug import serving  # noqa: E402

from tests.browser.steps import settle, words  # noqa: E402

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parent.parent.parent
PEOPLE = {
    "ann": {"email": "Ann@Team.example", "email_verified": True, "name": "Ann"},
    "vera": {"email": "vera@team.example", "email_verified": True},
    "eve": {"email": "eve@evil-team.example", "email_verified": True},
    "ivan": {"email": "ann@team.example"},
    "mallory": {"email": "ann@team.example", "email_verified": False},
}
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{secret}"
client_id = "retention"
client_secret = "for the test"
server_metadata_url = "{provider}/.well-known/openid-configuration"
[auth.short]
client_id = "retention"
client_secret = "for the test"
server_metadata_url = "{short}/.well-known/openid-configuration"
[auth.forged]
client_id = "retention"
client_secret = "for the test"
server_metadata_url = "{provider}/forged"
[access]
viewers = ["vera@team.example"]
analysts = ["ann@team.example"]
"""
SERVE = """
import os, sys
sys.path.insert(0, {root!r})
os.chdir({folder!r})
from retention.serving import serve
serve(0, None, "127.0.0.1")
"""
SHORT = 5  # seconds


@pytest.fixture(scope="module")
def provider() -> Iterator[Callable[..., str]]:
    """provider(seconds, keys): one whose logins last so long, at another site than ours.

    At /forged it says that its signatures are to be checked with the `keys` of somebody else.
    """
    with ExitStack() as running:

        def start(seconds: int, keys: str = "") -> str:
            people = [oidc_provider_mock.User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
            app = oidc_provider_mock.app(access_token_max_age=timedelta(seconds=seconds), user_claims=people)

            @app.after_request
            def offline(answer):
                if answer.mimetype == "text/html":  # its style sheet would come from a server outside
                    answer.set_data(re.sub(r"<link\b[^>]*https?://[^>]*>", "", answer.get_data(as_text=True)))
                return answer

            @app.get("/forged")
            def forged():
                told = app.test_client().get("/.well-known/openid-configuration", base_url=flask.request.host_url)
                return {**told.get_json(), "jwks_uri": keys}

            server = serving.make_server("localhost", 0, app, threaded=True)
            running.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
            return f"http://localhost:{server.server_port}"

        yield start


@pytest.fixture(scope="module")
def team(provider, start: Callable, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The dashboard of a team that signs in at three providers."""
    folder, short = tmp_path_factory.mktemp("team"), provider(SHORT)
    (folder / ".streamlit").mkdir()
    filled = SECRETS.format(secret=secrets.token_hex(32), provider=provider(3600, f"{short}/jwks"), short=short)
    (folder / ".streamlit" / "secrets.toml").write_text(filled)
    return start("-c", SERVE.format(root=str(ROOT), folder=str(folder)))


def sign_in(page, address: str, who: str, at: str = "default") -> None:
    """Go to the dashboard, sign in at the provider, and wait for the page that comes of it."""
    page.goto(address)
    page.locator(f".st-key-sign_in_{at} button").click()
    page.get_by_role("button", name=who, exact=True).click()
    page.wait_for_url(f"{address}/**")
    page.locator(".st-key-sign_out button, .st-key-sign_in_default button").first.wait_for(timeout=60_000)
    settle(page)


def sidebar(page) -> str:
    return page.locator('[data-testid="stSidebar"]').inner_text()


def test_an_analyst_signs_in_and_out(team, visitor):
    page = visitor()
    page.goto(f"{team}/members?member=%231")
    page.get_by_text("This dashboard is for members of the team.").wait_for()
    assert page.locator('[data-testid="stSidebar"] a').count() == 0
    assert not re.search("Sample data|paying members", page.content())
    sign_in(page, team, "ann")
    assert "Signed in as Ann@Team.example." in sidebar(page)
    assert "Members" in sidebar(page)
    cookie = next(one for one in page.context.cookies() if one["name"] == "_streamlit_user")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    other = page.context.new_page()
    other.goto(f"{team}/members?member=%231")
    other.locator("h2").first.wait_for()
    settle(other)
    page.locator(".st-key-sign_out button").click()
    page.get_by_role("button", name="End session").click()
    page.get_by_text("This dashboard is for members of the team.").wait_for()
    # The other tab and a copy of the cookie are signed out with it.
    other.get_by_text("Deutsch").click()
    other.get_by_text("Ihre Anmeldung ist abgelaufen oder wurde beendet.").wait_for()
    thief = visitor()
    thief.context.add_cookies([cookie])
    thief.goto(team)
    thief.get_by_text("Your login has expired or was ended.").wait_for()


def test_a_viewer_sees_numbers_and_nobody_and_stays_a_viewer(team, visitor):
    page = visitor()
    sign_in(page, team, "vera")
    assert "Signed in as vera@team.example. Names are always hidden for you." in sidebar(page)
    for page_name in ("Members", "To do", "Data"):
        assert page.locator('[data-testid="stSidebar"]').get_by_role("link", name=page_name, exact=True).count() == 0
    assert page.locator(".st-key-hide_names").count() == 0
    page.goto(f"{team}/members?member=%231&masked=no")
    page.get_by_text("This part lists individual members or takes files.").wait_for()
    assert page.locator('[data-testid="stDataFrame"], [data-testid="stDownloadButton"]').count() == 0
    page.goto(f"{team}/reasons?tab=comments&uncovered=yes&masked=no&words=a")
    page.locator(".st-key-list_comments summary").click()
    page.locator(".st-key-list_comments [data-testid='stDataFrame']").wait_for()
    settle(page)
    assert page.locator(".st-key-uncover_comments, .st-key-filter_words, .st-key-download_comments").count() == 0
    page.goto(f"{team}/churn?masked=no")
    page.locator(".st-key-table_member_churn summary").click()
    page.locator(".st-key-download_member_churn button").wait_for()
    assert page.locator(".st-key-list_churned_members").count() == 0
    page.reload()
    page.locator(".st-key-sign_out").wait_for()
    assert "Names are always hidden for you." in sidebar(page)


@pytest.mark.parametrize(("who", "said"), [
    ("eve", "You are signed in as eve@evil-team.example, but this address has no access."),
    ("mallory", "your account states no confirmed e-mail address"),
    ("ivan", "your account states no confirmed e-mail address"),
])
def test_whoever_is_not_on_the_list_sees_nothing_and_can_sign_out(team, visitor, who, said):
    page = visitor()
    sign_in(page, team, who)
    assert said in words(page)
    assert page.locator('[data-testid="stSidebar"] a').count() == 0
    page.locator(".st-key-sign_out button").click()
    page.get_by_role("button", name="End session").click()
    page.get_by_text("This dashboard is for members of the team.").wait_for()


def test_a_cookie_that_was_changed_is_no_login(team, visitor):
    page = visitor()
    sign_in(page, team, "vera")
    cookie = next(one for one in page.context.cookies() if one["name"] == "_streamlit_user")
    body, stamp, signature = cookie["value"].rsplit(".", 2)
    page.context.add_cookies([{**cookie, "value": f"{body}.{stamp}.{signature[::-1]}"}])
    page.goto(team)
    page.get_by_text("This dashboard is for members of the team.").wait_for()


def test_a_login_that_was_denied_or_is_nobodys_is_said(team, visitor):
    page = visitor(locale="de-DE")
    page.goto(team)
    page.locator(".st-key-sign_in_default button").click()
    page.get_by_role("button", name="Deny").click()
    page.get_by_text("Die Anmeldung hat nicht funktioniert.").wait_for()
    page.goto(f"{team}/oauth2callback?code=stolen&state=made-up")
    page.get_by_text("Die Anmeldung hat nicht funktioniert.").wait_for()


def test_a_login_whose_token_is_signed_with_another_key_is_none(team, visitor):
    page = visitor()
    sign_in(page, team, "ann", at="forged")
    assert "The login did not work." in words(page)
    assert "_streamlit_user" not in {one["name"] for one in page.context.cookies()}


def test_a_login_ends_when_its_token_expires_while_the_page_stays_open(team, visitor):
    page = visitor()
    sign_in(page, team, "ann", at="short")
    page.get_by_text("Signed in as Ann@Team.example.").wait_for()
    page.wait_for_timeout(SHORT * 1000)
    page.get_by_text("Deutsch").click()
    page.get_by_text("Ihre Anmeldung ist abgelaufen oder wurde beendet.").wait_for()
    assert page.locator('[data-testid="stSidebar"] a').count() == 0
    page.reload()
    page.get_by_text("expired").or_(page.get_by_text("abgelaufen")).first.wait_for()
