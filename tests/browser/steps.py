"""What readers do on every page: arrive, wait, look, choose, upload."""

import re
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest

# A view that differs from the usual one in every kind of choice.
CHOSEN = "grain=quarter&plan=Annual&plan=Monthly&source=podcast&first_day=2025-01-01&lang=de"
# A run begins a moment after the click that causes it: quiet is what has been quiet for a while.
QUIET = """
() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const running = !app || app.getAttribute('data-test-script-state') !== 'notRunning';
    const now = performance.now();
    if (running || window.quietSince === undefined) window.quietSince = now;
    if (running || now - window.quietSince < 200) return false;
    window.quietSince = undefined;
    return true;
}
"""


def arrive(page, address: str) -> None:
    """Open an address and wait until the page stands."""
    page.goto(address)
    page.locator("h1").first.wait_for(timeout=60_000)
    settle(page)


def settle(page) -> None:
    """Wait until Streamlit has nothing more to do."""
    page.evaluate("() => { window.quietSince = undefined; }")
    page.wait_for_function(QUIET, polling=25, timeout=60_000)


def words(page) -> str:
    """All that stands on the page, the sidebar left out."""
    return page.locator('[data-testid="stMain"]').inner_text()


def view(page) -> dict[str, list[str]]:
    """What the address carries, the data set's fingerprint left out."""
    carried = parse_qs(urlsplit(page.url).query)
    carried.pop("data", None)
    return carried


def visit(page, link: str, title: str) -> None:
    """Follow a link of the menu."""
    page.locator('[data-testid="stSidebar"]').get_by_role("link", name=link, exact=False).first.click()
    page.get_by_text(title, exact=True).first.wait_for(timeout=60_000)
    settle(page)


def unfold_filters(page) -> None:
    """Open the fold with the filters, where it is not open."""
    lists = page.locator(".st-key-filters [data-testid='stMultiSelect']")
    if not lists.count():
        page.locator(".st-key-filters summary").click()
    lists.first.wait_for()
    settle(page)


def pick(page, label: str, value: str) -> None:
    """Choose a value in one of the sidebar's lists."""
    unfold_filters(page)
    page.get_by_label(label, exact=True).first.click()
    page.get_by_role("option", name=value, exact=True).click()
    page.keyboard.press("Escape")
    settle(page)


def text_file(name: str, content: str) -> dict:
    """A CSV file that lies on no disk."""
    return {"name": name, "mimeType": "text/csv", "buffer": content.encode()}


def choose(page, files) -> None:
    """Choose files and have them read, without waiting for the end."""
    page.locator('.stFileUploader input[type="file"]').first.set_input_files(files)
    button = page.locator(".st-key-read_files button:not([disabled])")
    button.wait_for(timeout=60_000)
    settle(page)
    button.click()


def bring(page, *files: Path | dict) -> None:
    """Choose files, have them read, and wait until they are there."""
    before = page.url
    choose(page, list(files))
    read(page, before)


def read(page, before: str) -> None:
    """Wait until another data set stands in the address and nothing is being read."""
    page.wait_for_function(
        "before => location.href !== before && !document.querySelector('.st-key-cancel_reading')", arg=before,
        timeout=120_000,
    )
    settle(page)


def download(page, button):
    """Press a button and take the file that comes; what is just drawn anew loses the click and is pressed again."""
    errors = pytest.importorskip("playwright.sync_api").TimeoutError
    for _ in range(3):
        settle(page)
        with suppress(errors), page.expect_download(timeout=15_000) as started:
            button.click()
        with suppress(errors):
            return started.value
    raise AssertionError(f"three clicks brought no file: {button}")


def press(page, key: str) -> None:
    """Press a button that has files read, and wait until they are there."""
    before = page.url
    page.locator(f".st-key-{key} button").first.click()
    read(page, before)


def hold_reading(page, server, said: re.Pattern) -> psutil.Process:
    """Let the reading child work in short stretches until the page says how far it is, then leave it stopped."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        children = psutil.Process(server.pid).children()
        children = [child for child in children if "retention.intake.worker.main" in child.cmdline()]
        if children:
            child = children[0]
            child.suspend()
            page.wait_for_timeout(700)
            if page.get_by_text(said).count():
                return child
            child.resume()
        time.sleep(0.05)
    raise AssertionError("no reading was seen under way")
