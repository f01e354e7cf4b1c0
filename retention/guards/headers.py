"""What every answer forbids the browser to do."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from retention.texts import LANGUAGES

# The only scripts of ours: they tell a screen reader in which language to read. Known to the browser by their hashes.
SAYS_LANGUAGE = {language: f'document.documentElement.lang = "{language}"' for language in LANGUAGES}


class SecurityHeaders:
    """Tell the browser to run, load and send nothing but our own, and to keep no copy of a page."""

    def __init__(self, application: ASGIApp) -> None:
        self.application = application
        self.headers = {
            "Content-Security-Policy": content_security_policy(),
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                # Streamlit's own scripts and fonts carry their hash in the name; all else may show members.
                if not scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "no-store"
                if scope["scheme"] in ("https", "wss"):
                    _only_encrypted(headers)
            await send(message)

        await self.application(scope, receive, send_with_headers)


def _only_encrypted(headers: MutableHeaders) -> None:
    """Streamlit leaves its cookies fit for plain HTTP, since it cannot see the proxy that encrypts."""
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")
    headers["Strict-Transport-Security"] = "max-age=31536000"


def content_security_policy() -> str:
    """Allow what Streamlit and Plotly need, from this server only: inline scripts are known by their hashes."""
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    inline = re.findall(r"<script>(.*?)</script>", index.read_text(encoding="utf-8"), re.DOTALL)
    scripts = (*inline, *SAYS_LANGUAGE.values())
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(["script-src 'self'", *(f"'sha256-{value}'" for value in hashes)]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
