"""What only those who are signed in may fetch or bring, told by the cookie that Streamlit signs."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from retention.access import LOGGED_OUT, LOGIN, Access, BadAccess, standing

FAILED = "/?login=failed"


class SignedInOnly:
    """Refuse downloads and uploads to whom the pages would refuse them; a log-out ends every copy of its cookie."""

    def __init__(self, application: ASGIApp) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not login_is_needed():
            await self.application(scope, receive, send)
            return
        path = scope["path"]
        barred = path.startswith("/media/") and not may_read(scope)
        if barred or path.startswith("/_stcore/upload_file/") and not may_upload(scope):
            await PlainTextResponse("This needs a login that allows it.", 403)(scope, receive, send)
            return
        if path == "/auth/logout" and (user := _user(scope)):
            LOGGED_OUT.add(user, time.time())
        tried = path == "/auth/login" or path == "/oauth2callback" and (b"code=" in scope["query_string"]
                                                                      or b"error=" in scope["query_string"])
        await self.application(scope, receive, _telling_failure(send, path) if tried else send)


def login_is_needed() -> bool:
    """Does anybody have to sign in here? As the launcher says; started otherwise, where secrets.toml speaks of it."""
    said = os.environ.get(LOGIN)
    if said in ("on", "off"):
        return said == "on"
    try:
        return bool({"auth", "access"} & secrets().keys())
    except BadAccess:
        return True


def allow_list() -> Access:
    """Who is let in, as secrets.toml says; nobody where it cannot be read."""
    try:
        return Access.of(secrets().get("access"))
    except BadAccess:
        return Access()


def secrets() -> Mapping[str, object]:
    """What the files secrets.toml hold, {} where there is none; raises BadAccess where one cannot be read."""
    try:
        if secrets_singleton.load_if_toml_exists():
            return secrets_singleton.to_dict()
    except (OSError, ValueError):
        raise BadAccess("unreadable") from None
    if any(Path(file).exists() for file in config.get_option("secrets.files")):
        raise BadAccess("unreadable")
    return {}


def may_read(scope: Scope) -> bool:
    """May whoever asks fetch what pages offer?"""
    return not login_is_needed() or _standing(scope) in ("viewer", "analyst")


def may_upload(scope: Scope) -> bool:
    """May whoever asks bring files?"""
    return not login_is_needed() or _standing(scope) == "analyst"


def _standing(scope: Scope) -> str:
    return standing(_user(scope), allow_list(), time.time())


def _user(scope: Scope) -> dict:
    """The claims in the cookie; {} where there is none or its signature is not ours."""
    cookies, secret = HTTPConnection(scope).cookies, get_cookie_secret()

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1", "replace")) if value else None

    try:
        found = json.loads(get_cookie_with_chunks(one, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _telling_failure(send: Send, path: str) -> Send:
    """Where a login came to nothing, back to the page that says so in the reader's language."""

    async def send_or_return(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            signed_in = any(cookie.startswith(f"{USER_COOKIE_NAME}=") and "Max-Age=0" not in cookie
                            for cookie in headers.getlist("set-cookie"))
            if path == "/auth/login" and message["status"] >= 400 or path == "/oauth2callback" and not signed_in:
                message["status"] = 302
                headers["location"] = FAILED
        await send(message)

    return send_or_return
