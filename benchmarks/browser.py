"""Clicks in a real Chromium, and how long until both charts are painted anew."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

SWITCHES = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--no-first-run", "--disable-quic"]
# Counts from the click itself; two frames after the data changed, the browser has painted it.
WATCH = """
charts => new Promise(done => {
    const all = () => [...document.querySelectorAll('.js-plotly-plot')];
    const shape = one => JSON.stringify((one.data || []).map(t => [t.name, t.x && [t.x.length, t.x[0], t.x[1]]]));
    const before = all().map(shape);
    window.repainted = null;
    document.addEventListener('click', () => {
        const clicked = performance.now();
        const look = () => {
            const now = all().map(shape);
            if (now.length === charts && now.every((one, place) => one !== before[place]))
                requestAnimationFrame(() => requestAnimationFrame(() => {
                    window.repainted = performance.now() - clicked;
                }));
            else requestAnimationFrame(look);
        };
        look();
    }, {once: true, capture: true});
    done();
})
"""
PAUSE = 900  # milliseconds between two clicks; the server forgets its answers meanwhile, where that is measured
IDLE = "() => !document.querySelector('[data-testid=stApp][data-test-script-state=running]')"


@contextmanager
def chromium() -> Iterator:
    """The installed Chromium, else Playwright's own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES + root)
        yield browser
        browser.close()


def clicks(browser, addresses: dict[str, str], grains: tuple[str, ...], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each click on each page, page by page in turn; the first round warms both."""
    pages = {name: _arrive(browser, address) for name, address in addresses.items()}
    found: dict[str, list[float]] = {name: [] for name in pages}
    for number in range(rounds + 1):
        for grain in grains:
            for name, (page, charts) in pages.items():
                taken = _click(page, charts, grain)
                if number:
                    found[name].append(taken)
    for page, _ in pages.values():
        page.context.close()
    return found


def _arrive(browser, address: str) -> tuple:
    """Open a page and wait until its charts stand; the sample data may still be loading."""
    page = browser.new_context(viewport={"width": 1400, "height": 1600}, locale="en-GB").new_page()
    page.set_default_timeout(120_000)
    page.goto(address)
    page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot .main-svg').length > 1")
    page.wait_for_timeout(1500)
    return page, page.locator(".js-plotly-plot").count()


def _click(page, charts: int, grain: str) -> float:
    button = page.get_by_role("radio", name=grain, exact=True).or_(page.get_by_role("button", name=grain, exact=True))
    page.evaluate(WATCH, charts)
    button.first.click()
    page.wait_for_function("() => window.repainted !== null")
    taken = page.evaluate("() => window.repainted")
    page.wait_for_function(IDLE)
    page.wait_for_timeout(PAUSE)
    return taken
