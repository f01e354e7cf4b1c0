"""Serves the pages to this machine alone, or to a team under one name, and lets nothing they show leave it."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from streamlit import config
from streamlit.starlette import App

from retention.access import LOGIN, BadAccess, check_settings
from retention.ending import end_well
from retention.guards import KnownPathsOnly, OwnMessagesOnly, OwnPagesOnly, SecurityHeaders, SignedInOnly
from retention.guards.signed_in import secrets
from retention.paths import DASHBOARD
from retention.scratch import sweep
from retention.stopping import work
from retention.texts import Texts

LONGEST_SHOWN = 200  # signs of a wrong name
THIS_MACHINE = ("127.0.0.1", "localhost")
# Neither a pattern such as * nor 0.0.0.0, which no browser sends: the name guards against pages that rebind theirs.
NAME = re.compile(r"(?!0\.0\.0\.0$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")


def serve(
    port: int,
    data: Path | None = None,
    host: str | None = None,
    *,
    script: Path = DASHBOARD,
    language: str = "en",
    login: bool = True,
    behind_proxy: bool = False,
) -> None:
    """Serve until Ctrl-C; `host` is the name under which a team reaches this machine, who then has to sign in.

    `behind_proxy` leaves the network to a proxy on this machine that speaks HTTPS. Exits 2 where it cannot start.
    """
    texts = Texts(language)
    sweep()  # what processes that were killed left in the temporary folder
    _hand_over(data, texts)
    if host and not NAME.fullmatch(host):
        _give_up(texts("cli.serving.no_name", host=host))
    if behind_proxy and not host:
        _give_up(texts("cli.serving.proxy_needs_name"))
    if host:
        os.environ["RETENTION_SERVES_OTHERS"] = "1"  # nothing that one of them makes is kept on this computer
    os.environ[LOGIN] = "on" if host and login else "off"
    pages = app(host, script=script, behind_proxy=behind_proxy)
    listener = _listen(port, "0.0.0.0" if host and not behind_proxy else "127.0.0.1", texts)
    port = listener.getsockname()[1]
    config.set_option("server.port", port)  # secrets.toml may leave it open: http://name:{port}/oauth2callback
    if host:
        _say_who_gets_in(host, port, login, behind_proxy, texts)
    url = f"http://{'127.0.0.1' if behind_proxy or not host else host}:{port}"
    greeting = texts(f"cli.serving.{'listening_to_proxy' if behind_proxy else 'listening'}", url=url, host=host or "")
    with suppress(KeyboardInterrupt):
        _Server(_settings(pages, behind_proxy), greeting).run(sockets=[listener])


def app(host: str | None = None, *, script: Path = DASHBOARD, behind_proxy: bool = False) -> App:
    """Build the pages as an ASGI application that answers to this machine's own names and to `host`."""
    names = [*THIS_MACHINE, *([host.lower()] if host else [])]
    own = sorted(page.stem for page in (script.parent / "pages").glob("*.py"))
    pages = App(
        script,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False),
            Middleware(OwnPagesOnly, encrypted=behind_proxy),
            Middleware(
                KnownPathsOnly, pages=[f"/{name}{end}" for name in own for end in ("", "/")],
                login=os.environ.get(LOGIN) == "on",
            ),
            Middleware(SignedInOnly),
            Middleware(OwnMessagesOnly),
        ],
    )
    # STREAMLIT_* variables reach only `streamlit run`; here config.toml beside the script is read, and these above it.
    # No header of a request says who somebody is: anybody can send one.
    fixed = {"server.allowedHosts": names, "server.trustedUserHeaders": {}, "server.enableAgentApi": False}
    config.get_config_options(force_reparse=True, options_from_flags=fixed)
    return pages


def _settings(pages: App, behind_proxy: bool) -> uvicorn.Config:
    return uvicorn.Config(
        pages,
        ws="websockets-sansio",
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=1,
        # What a proxy says of the reader's connection is believed of the one on this machine, and only if there is one.
        proxy_headers=behind_proxy,
        forwarded_allow_ips="127.0.0.1",
    )


def _say_who_gets_in(host: str, port: int, login: bool, behind_proxy: bool, texts: Texts) -> None:
    """Refuse to serve a team whose login does not hold; without one, and without encryption, say so."""
    if login:
        try:
            check_settings(secrets(), host, port, behind_proxy)
        except BadAccess as problem:
            _give_up(texts(f"cli.login.{problem.why}", **problem.blanks))
    else:
        print(texts("cli.serving.no_login", host=host), file=sys.stderr, flush=True)
    if not behind_proxy:
        print(texts("cli.serving.not_encrypted", host=host), file=sys.stderr, flush=True)


class _Server(uvicorn.Server):
    def __init__(self, settings: uvicorn.Config, greeting: str) -> None:
        super().__init__(settings)
        self.greeting = greeting
        end_well(self)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self.greeting, flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await asyncio.to_thread(work().end)  # first, since pages that wait for it are waited for in turn
        await super().shutdown(sockets)


def _hand_over(data: Path | None, texts: Texts) -> None:
    if data is None:
        return
    try:
        if not data.is_dir():
            _give_up(texts("cli.serving.no_folder", folder=str(data)[:LONGEST_SHOWN]))
        next(data.iterdir(), None)
    except OSError:
        _give_up(texts("cli.serving.folder_unreadable", folder=str(data)[:LONGEST_SHOWN]))
    os.environ["RETENTION_DATA"] = str(data.resolve())


def _listen(port: int, address: str, texts: Texts) -> socket.socket:
    if not 0 <= port <= 65535:
        _give_up(texts("cli.serving.no_port", port=str(port)[:LONGEST_SHOWN]))
    try:
        return socket.create_server((address, port), backlog=128)
    except OSError:
        free = port + 1 if 1024 <= port < 65535 else 8502
        _give_up(texts("cli.serving.port_taken", port=str(port), next=str(free)))


def _give_up(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise SystemExit(2)
