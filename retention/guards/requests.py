"""Which requests get an answer: those for what a page consists of, sent by our own pages."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

READING = ("GET", "HEAD")
# What a page fetches, and by which methods; all else that Streamlit serves (metrics, agents, components) is closed.
FETCHED = {
    "/_stcore/health": READING,
    "/_stcore/host-config": READING,
    "/favicon.png": READING,
    "/manifest.json": READING,
}
BELOW = {"/static/": READING, "/media/": READING, "/_stcore/upload_file/": ("PUT", "DELETE")}
LOGIN = ("/auth/login", "/auth/logout", "/oauth2callback")
STREAM = "/_stcore/stream"


class OwnPagesOnly:
    """Refuse requests that other pages send, and where `encrypted` is said those that did not come by HTTPS.

    Whoever opens the websocket or changes anything must say which page it is for: every browser does, and who does not
    is no reader. Plain reading needs no Origin, since browsers send none.
    """

    def __init__(self, application: ASGIApp, encrypted: bool = False) -> None:
        self.application = application
        self.encrypted = encrypted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            is_encrypted = scope["scheme"] in ("https", "wss")
            if self.encrypted and not is_encrypted and scope["path"] != "/_stcore/health":
                await PlainTextResponse("This server answers to HTTPS only.", 403)(scope, receive, send)
                return
            headers = Headers(scope=scope)
            origins = headers.getlist("origin")
            # Streamlit itself would let in any page of this machine, and ask a server outside for our address.
            ours = f"{'https' if is_encrypted else 'http'}://{headers.get('host', '')}"
            needed = scope["type"] == "websocket" or scope["method"] not in READING
            if origins != [ours] and (origins or needed):
                await PlainTextResponse("Requests from other pages are refused.", 403)(scope, receive, send)
                return
        await self.application(scope, receive, send)


class KnownPathsOnly:
    """Answer only under the paths that a page needs: `pages` are the addresses of our own."""

    def __init__(self, application: ASGIApp, pages: Iterable[str], login: bool) -> None:
        self.application = application
        self.exact = {**FETCHED, **dict.fromkeys(["/", *pages, *(LOGIN if login else ())], READING)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            known = scope["path"] == STREAM
        else:
            known = scope["type"] != "http" or scope["method"] in self._methods(scope["path"])
        if not known:
            await PlainTextResponse("There is nothing here.", 404)(scope, receive, send)
            return
        await self.application(scope, receive, send)

    def _methods(self, path: str) -> tuple[str, ...]:
        below = next((methods for start, methods in BELOW.items() if path.startswith(start)), ())
        return self.exact.get(path, below)
