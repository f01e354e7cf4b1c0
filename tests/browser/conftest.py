"""Readers in a real Chromium, and what their browsers asked for and complained about."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

# What Chromium does on its own account must neither reach for the network nor need a graphics card.
SWITCHES = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # All pages of a profile in one process, as tabs of one reader: what Streamlit consists of is compiled once.
    "--renderer-process-limit=1",
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process",
]


@dataclass
class Seen:
    """All that the browsers of one test requested (addresses) and logged as errors (sentences)."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)

    def _note(self, message) -> None:
        # On a deep link Streamlit first asks below that page where it is served from, and expects the 404.
        expected = message.location.get("url", "").endswith(("/_stcore/health", "/_stcore/host-config"))
        if message.type == "error" and not expected:
            self.errors.append(message.text)

    def outside(self) -> set[str]:
        """The hosts of all requests that left this machine."""
        asked = {urlsplit(url) for url in self.requests}
        return {url.netloc for url in asked if url.scheme not in ("blob", "data")} - {
            url.netloc for url in asked if url.hostname in ("127.0.0.1", "localhost")
        }


# Nothing moves: what moves is drawn sixty times a second, by the processor.
VIEW = {"viewport": {"width": 1400, "height": 1000}, "locale": "en-GB", "reduced_motion": "reduce"}
PATIENCE = 20_000  # milliseconds
NOBODY_ELSE = "a page asked a server outside this machine"


@pytest.fixture(scope="session")
def chromium() -> Iterator[tuple]:
    """Playwright's Chromium and how it is started: the installed one, else Playwright's own."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs tests/requirements.txt (playwright)")
    with playwright.sync_playwright() as driver:
        found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
        program = next(filter(None, found), driver.chromium.executable_path)
        if not Path(program).exists():
            pytest.skip("no Chromium is installed; `make browser` installs one")
        # The sandbox of Chromium refuses to work for root.
        root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        yield driver.chromium, {"executable_path": program, "args": SWITCHES + root}


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator:
    """A Chromium in which every visitor has a profile of their own."""
    kind, how = chromium
    started = kind.launch(**how)
    yield started
    started.close()


@pytest.fixture(scope="session")
def profile(chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """One reader's profile: what the page consists of is fetched and compiled once for all tests, as it is for them."""
    yield from _kept(chromium, tmp_path_factory.mktemp("profile"), VIEW)


@pytest.fixture(scope="session")
def dark_profile(chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """A reader who has chosen dark, and in whose pages a test may run a program of its own."""
    wanted = {"color_scheme": "dark", "bypass_csp": True, "viewport": {"width": 1280, "height": 900}}
    yield from _kept(chromium, tmp_path_factory.mktemp("profile"), VIEW | wanted)


def _kept(chromium, folder: Path, wanted: dict) -> Iterator:
    kind, how = chromium
    context = kind.launch_persistent_context(folder, **how, **wanted)
    yield context
    context.close()


@pytest.fixture
def seen() -> Seen:
    """What the browsers of this test requested and complained about."""
    return Seen()


@pytest.fixture
def visitor(browser, seen: Seen) -> Iterator[Callable]:
    """Open a page as another reader: own cookies, own session. Options are those of a Playwright context."""
    contexts = []

    def arrive(**options):
        context = browser.new_context(**VIEW | options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        seen.watch(page)
        return page

    yield arrive
    for context in contexts:
        context.close()
    assert seen.outside() == set(), NOBODY_ELSE


@pytest.fixture
def page(profile, seen: Seen) -> Iterator:
    """A page of a reader who arrives anew: Streamlit begins a session with every page that is opened."""
    yield from _opened(profile, seen)


@pytest.fixture
def dark_page(dark_profile, seen: Seen) -> Iterator:
    """The same in the dark profile."""
    yield from _opened(dark_profile, seen)


def _opened(profile, seen: Seen) -> Iterator:
    opened = profile.new_page()
    opened.set_default_timeout(PATIENCE)
    seen.watch(opened)
    yield opened
    opened.close()
    assert seen.outside() == set(), NOBODY_ELSE
