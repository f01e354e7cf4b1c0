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

from retention.guards import OwnPagesOnly, SecurityHeaders
from retention.stopping import work
from retention.texts import Texts

DASHBOARD = Path(__file__).resolve().parent.parent / "dashboard.py"
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
) -> None:
    """Serve until Ctrl-C; `host` is the name under which a team reaches this machine. Exits 2 where it cannot start."""
    texts = Texts(language)
    _hand_over(data, texts)
    if host and not NAME.fullmatch(host):
        _give_up(texts("cli.serving.no_name", host=host))
    if host:
        os.environ["RETENTION_SERVES_OTHERS"] = "1"  # nothing that one of them makes is kept on this computer
    listener = _listen(port, "0.0.0.0" if host else "127.0.0.1", texts)
    if host:
        print(texts("cli.serving.no_login", host=host), file=sys.stderr, flush=True)
    settings = uvicorn.Config(
        app(host, script=script),
        ws="websockets-sansio",
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    url = f"http://{host or '127.0.0.1'}:{listener.getsockname()[1]}"
    with suppress(KeyboardInterrupt):
        _Server(settings, texts("cli.serving.listening", url=url)).run(sockets=[listener])


def app(host: str | None = None, *, script: Path = DASHBOARD) -> App:
    """Build the pages as an ASGI application that answers to this machine's own names and to `host`."""
    names = [*THIS_MACHINE, *([host.lower()] if host else [])]
    pages = App(
        script,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False),
            Middleware(OwnPagesOnly),
        ],
    )
    # STREAMLIT_* variables reach only `streamlit run`; here config.toml beside the script is read, and these above it.
    config.get_config_options(force_reparse=True, options_from_flags={"server.allowedHosts": names})
    return pages


class _Server(uvicorn.Server):
    def __init__(self, settings: uvicorn.Config, greeting: str) -> None:
        super().__init__(settings)
        self.greeting = greeting

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
