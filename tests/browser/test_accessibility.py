"""What axe-core finds on each page, in both languages, light and dark, and that no page is wider than a phone."""

from pathlib import Path
from urllib.parse import urlencode

import pytest

from retention.ui.navigation import PAGES
from tests.browser.steps import arrive

axe_playwright_python = pytest.importorskip("axe_playwright_python", reason="needs tests/requirements.txt (axe-core)")
pytestmark = pytest.mark.browser
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
# Streamlit's own place to drop a file: it says so itself, and nothing of ours can change it.
STREAMLITS = {"presentation-role-conflict"}


def address(server: str, page: str, language: str) -> str:
    script = PAGES[page][0]
    return f"{server}/{'' if script == 'dashboard.py' else Path(script).stem}?{urlencode({'lang': language})}"


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("de", "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_fault(visitor, server, name, language, scheme):
    page = visitor(color_scheme=scheme, bypass_csp=True, viewport={"width": 1280, "height": 900})
    arrive(page, address(server, name, language))
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run({resultTypes: ['violations']})")["violations"]
    faults = [(fault["impact"], fault["id"], fault["nodes"][0]["html"][:200]) for fault in found]
    assert [fault for fault in faults if fault[1] not in STREAMLITS] == []
    if language == "de":
        page.set_viewport_size({"width": 390, "height": 844})
        page.wait_for_timeout(500)
        wide = page.evaluate("""() => {
            const main = document.querySelector('[data-testid=stMain]');
            return [main.scrollWidth, main.clientWidth];
        }""")
        assert wide[0] <= wide[1], "wider than a phone"


def test_a_screen_reader_is_told_the_language(visitor, server):
    page = visitor()
    arrive(page, address(server, "churn", "de"))
    page.wait_for_function("() => document.documentElement.lang === 'de'", timeout=20000)
