"""The allow-list of addresses and domains, and where somebody who has signed in stands by it."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

LOGIN = "RETENTION_LOGIN"  # set by the launcher: on or off; where it says nothing, secrets.toml decides
ROLES = ("viewer", "analyst")
TRUST = "trust_unverified_addresses"
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_DOMAIN = re.compile(rf"@{_LABEL}(?:\.{_LABEL})+")
_ADDRESS = re.compile(rf"[a-z0-9.!#$%&'+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})*")


class BadAccess(ValueError):
    """The settings of the login do not pass; `why` names the sentence, `blanks` fills it."""

    def __init__(self, why: str, **blanks: str):
        super().__init__(why)
        self.why, self.blanks = why, blanks


@dataclass(frozen=True)
class Access:
    """Who is let in, and as what: an address says more than its domain."""

    viewers: frozenset[str] = frozenset()
    analysts: frozenset[str] = frozenset()
    trusting: bool = False  # is an address let in of which the provider does not say whether it confirmed it?

    @classmethod
    def of(cls, section: object) -> Access:
        """The section [access] of secrets.toml; raises BadAccess."""
        if not isinstance(section, Mapping):
            raise BadAccess("no_access")
        for name in section:
            if name not in ("viewers", "analysts", TRUST):
                raise BadAccess("unknown_list", name=str(name))
        lists = {name: section.get(name, []) for name in ("viewers", "analysts")}
        for name, entries in lists.items():
            if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
                raise BadAccess("no_list", name=name)
        if not isinstance(trusting := section.get(TRUST, False), bool):
            raise BadAccess("bad_trust")
        return replace(_read(tuple(lists["viewers"]), tuple(lists["analysts"])), trusting=trusting)

    def believes(self, user: Mapping) -> bool:
        """Is the address one that the provider confirmed? One that it calls unconfirmed never is."""
        return user.get("email_verified") is True or self.trusting and "email_verified" not in user

    def role_of(self, address: object) -> str | None:
        """`viewer` or `analyst`; None for whoever is not on the list, and for what is no plain address."""
        # Only ASCII: other letters look or fold like those of somebody else.
        if not isinstance(address, str) or not address.isascii() or not _ADDRESS.fullmatch(address.lower()):
            return None
        address = address.lower()
        for entry in (address, f"@{address.partition('@')[2]}"):
            if entry in self.viewers:
                return "viewer"
            if entry in self.analysts:
                return "analyst"
        return None


@cache
def _read(viewers: tuple[str, ...], analysts: tuple[str, ...]) -> Access:
    for entry in (*viewers, *analysts):
        if not entry.isascii() or not (_DOMAIN.fullmatch(entry.lower()) or _ADDRESS.fullmatch(entry.lower())):
            raise BadAccess("bad_entry", entry=entry)
    found = Access(frozenset(map(str.lower, viewers)), frozenset(map(str.lower, analysts)))
    if twice := found.viewers & found.analysts:
        raise BadAccess("twice", entry=min(twice))
    if not found.viewers and not found.analysts:
        raise BadAccess("nobody")
    return found


class LoggedOut:
    """Logins that were ended before they expired: a copy of their cookie opens nothing any more."""

    def __init__(self):
        self._until: dict[str, float] = {}

    def add(self, user: Mapping, now: float) -> None:
        """This login has ended."""
        self._until = {key: until for key, until in self._until.items() if until > now}
        if (expires := _expiry(user)) and expires > now:
            self._until[_key(user)] = expires

    def __contains__(self, user: Mapping) -> bool:
        return _key(user) in self._until


LOGGED_OUT = LoggedOut()  # of this process: a restart ends all sessions, and asks the provider again


def standing(user: Mapping, access: Access, now: float) -> str:
    """`anonymous`, `expired`, `stranger`, `viewer` or `analyst`: by the claims of the identity token."""
    if user.get("is_logged_in") is not True:
        return "anonymous"
    expires = _expiry(user)
    if expires is None or expires <= now or user in LOGGED_OUT:
        return "expired"
    if not access.believes(user):
        return "stranger"
    return access.role_of(user.get("email")) or "stranger"


def _expiry(user: Mapping) -> float | None:
    expires = user.get("exp")
    if isinstance(expires, bool) or not isinstance(expires, int | float):
        return None
    with suppress(OverflowError):
        return float(expires) if math.isfinite(expires) else None
    return None


def _key(user: Mapping) -> str:
    claims = [str(user.get(name)) for name in ("iss", "sub", "iat", "exp", "nonce", "jti")]
    return hashlib.sha256(repr(claims).encode()).hexdigest()
