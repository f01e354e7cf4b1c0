"""The check of a login's settings before anybody is served: what does not hold is said, not found out later."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from retention.access.allow_list import Access, BadAccess

NEEDED = ("client_id", "client_secret", "server_metadata_url")
CALLBACK = "/oauth2callback"
LONG_ENOUGH, VARIED_ENOUGH = 32, 10
PLACEHOLDERS = ("change", "replace", "secret", "example", "password", "placeholder", "cookie")


def check_settings(secrets: Mapping, host: str, port: int, encrypted: bool) -> None:
    """Raise BadAccess where secrets.toml does not hold a login and an allow-list that work under this name."""
    auth = secrets.get("auth")
    if not isinstance(auth, Mapping):
        raise BadAccess("no_auth")
    Access.of(secrets.get("access"))
    if not is_good_secret(auth.get("cookie_secret")):
        raise BadAccess("weak_secret", least=str(LONG_ENOUGH))
    wanted = f"https://{host}{CALLBACK}" if encrypted else f"http://{host}:{port}{CALLBACK}"
    if not _leads_here(auth.get("redirect_uri"), host, port, encrypted):
        raise BadAccess("bad_redirect", wanted=wanted)
    found = providers(auth)
    if not found:
        raise BadAccess("no_provider")
    for name in found:
        _check_provider(auth if name == "default" else auth[name], name)


def providers(auth: Mapping) -> list[str]:
    """The names under which st.login knows those who vouch for people; `default` stands in [auth] itself."""
    named = [name for name, value in auth.items() if isinstance(value, Mapping) and name != "client_kwargs"]
    return (["default"] if any(key in auth for key in NEEDED) else []) + named


def is_good_secret(secret: object) -> bool:
    """Is it long and drawn by chance, as far as can be seen? Whoever guesses it signs in as anybody."""
    if not isinstance(secret, str) or len(secret) < LONG_ENOUGH:
        return False
    steps = {ord(after) - ord(before) for before, after in zip(secret, secret[1:], strict=False)}
    varied = min(len(set(secret)), len(steps)) >= VARIED_ENOUGH
    repeats = (secret + secret).find(secret, 1) < len(secret)
    return varied and not repeats and not any(word in secret.lower() for word in PLACEHOLDERS)


def _check_provider(section: Mapping, name: str) -> None:
    for key in NEEDED:
        if not isinstance(section.get(key), str) or not section[key].strip():
            raise BadAccess("missing", key=key, section="auth" if name == "default" else f"auth.{name}")
    if "_" in name:
        raise BadAccess("bad_provider", name=name)
    address = _split(section["server_metadata_url"])
    near = address and address.hostname in ("127.0.0.1", "localhost")
    if not address or not address.hostname or address.scheme != "https" and not (near and address.scheme == "http"):
        raise BadAccess("not_encrypted", url=section["server_metadata_url"])


def _leads_here(redirect: object, host: str, port: int, encrypted: bool) -> bool:
    address = _split(redirect.replace("{port}", str(port))) if isinstance(redirect, str) else None
    if not address or address.path != CALLBACK or address.query or address.fragment or address.username:
        return False
    if address.hostname != host.lower() or address.netloc != address.netloc.lower():
        return False
    if encrypted:
        return address.scheme == "https"
    return address.scheme == "http" and (address.port or 80) == port


def _split(address: str) -> SplitResult | None:
    """Its parts; None where it is no address."""
    try:
        found = urlsplit(address)
        _ = found.port  # raises where it is no number
    except ValueError:
        return None
    return found
