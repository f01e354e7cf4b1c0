"""Every page from its link, in German (longer words): the view it says, axe-core dark and light, a phone's width."""

from pathlib import Path
from urllib.parse import parse_qs

import pytest

from retention.ui.navigation import PAGES
from tests.browser.steps import CHOSEN, arrive, settle, view

axe_playwright_python = pytest.importorskip("axe_playwright_python", reason="needs tests/requirements.txt (axe-core)")
pytestmark = pytest.mark.browser
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
# Streamlit's own place to drop a file: it says so itself, and nothing of ours can change it.
STREAMLITS = {"presentation-role-conflict"}
PATHS = ["", *(name for name in PAGES if name != "overview")]


def faults(page, only: str = "") -> list[tuple]:
    """Impact, rule and first element of what axe finds, by all its rules or by one."""
    asked = {"resultTypes": ["violations"]} | ({"runOnly": [only]} if only else {})
    found = page.evaluate("asked => axe.run(asked)", asked)["violations"]
    return [(fault["impact"], fault["id"], fault["nodes"][0]["html"][:200]) for fault in found
            if fault["id"] not in STREAMLITS]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_opens_as_its_link_says_and_axe_finds_no_fault(dark_page, server, path):
    page = dark_page
    arrive(page, f"{server}/{path}?{CHOSEN}")
    assert view(page) == parse_qs(CHOSEN)
    page.evaluate(AXE)
    assert faults(page) == []
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(300)
    settle(page)
    assert faults(page, "color-contrast") == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(500)
    wide = page.evaluate("""() => {
        const main = document.querySelector('[data-testid=stMain]');
        return [main.scrollWidth, main.clientWidth];
    }""")
    assert wide[0] <= wide[1], "wider than a phone"


def test_a_screen_reader_is_told_the_language(visitor, server):
    page = visitor()
    arrive(page, f"{server}/churn?lang=de")
    page.wait_for_function("() => document.documentElement.lang === 'de'", timeout=20000)
