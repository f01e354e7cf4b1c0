"""The door of every page: who is not signed in sees nothing of the data, and viewers nothing of single members."""

import os
import time

import streamlit as st

from retention.access import BadAccess, is_about_persons, lists_persons, standing
from retention.access.settings import providers
from retention.guards.signed_in import allow_list, login_is_needed, secrets
from retention.texts import Texts
from retention.ui.kept import ALONE
from retention.ui.navigation import choose_language, language

CLOSED_TO_VIEWERS = ("todo", "members", "data")


def let_in(texts: Texts) -> None:
    """Go on only for whoever is on the allow-list and whose login holds now; before anything of the data is touched."""
    if login_is_needed():
        os.environ[ALONE] = "1"  # started otherwise than by the launcher, it serves others nevertheless
    where = _standing()
    if where in ("viewer", "analyst"):
        return
    st.title(texts("login.no_access" if where == "stranger" else "login.title"))
    if where == "stranger":
        _stranger(texts)
    else:
        _sign_in(texts, where)
    choose_language(texts)
    st.stop()


def is_viewer() -> bool:
    """Is whoever reads one who sees no people? Stops where nobody is signed in any more."""
    where = _standing()
    if where not in ("viewer", "analyst"):
        let_in(Texts(language()))
    return where == "viewer"


def may_see(asks: str) -> bool:
    """Does the reader get an answer to this question?"""
    return not (lists_persons(asks) and is_viewer())


def may_download(asks: str) -> bool:
    """May the reader take the rows along? Viewers take numbers only."""
    return not (is_about_persons(asks) and is_viewer())


def refuse(texts: Texts | None = None) -> None:
    """Say that this is not for viewers, and end the page here."""
    st.info((texts or Texts(language()))("login.not_for_viewers"), icon=":material/visibility_off:")
    st.stop()


def show_account(texts: Texts) -> None:
    """In the sidebar: as whom the reader is signed in, and the way out."""
    if not login_is_needed():
        return
    st.text(texts(f"login.{_standing()}", address=str(st.user.get("email"))))
    st.button(texts("login.sign_out"), key="sign_out", icon=":material/logout:", on_click=st.logout)


def _standing() -> str:
    if not login_is_needed():
        return "analyst"
    return standing(st.user.to_dict(), allow_list(), time.time())


def _sign_in(texts: Texts, where: str) -> None:
    if st.query_params.get("login") == "failed":
        st.error(texts("login.failed"), icon=":material/error:")
    st.markdown(texts("login.expired" if where == "expired" else "login.lead"))
    found = _providers()
    for name in found:
        plain = len(found) == 1 or name == "default"
        label = texts("login.sign_in") if plain else texts("login.sign_in_with", provider=name.capitalize())
        st.button(
            label, key=f"sign_in_{name}", type="primary", icon=":material/login:", on_click=st.login, args=(name,)
        )


def _providers() -> list[str]:
    try:
        return providers(secrets().get("auth") or {})
    except BadAccess:
        return []


def _stranger(texts: Texts) -> None:
    address = st.user.get("email")
    known = isinstance(address, str) and allow_list().believes(st.user.to_dict())
    st.text(texts("login.stranger", address=address) if known else texts("login.no_address"))
    st.button(texts("login.sign_out"), key="sign_out", type="primary", icon=":material/logout:", on_click=st.logout)
