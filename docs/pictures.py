"""Pictures of every page, both languages, light and dark, wide and narrow, into pictures/ (which git ignores), and the
few that README and docs show. `make pictures`, or `python -m docs.pictures churn reasons --state tiny`."""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from retention.ui.navigation import PAGES

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = {"wide": 1280, "phone": 390}
STATES = ("sample", "tiny", "none")
TALLEST = 12_000  # pixels
# name of the picture in docs/: page, height that is shown
SHOWN = {name: (name, 900) for name in ("overview", "churn", "reasons", "winback")}
QUIET = "() => document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'"
TINY = "email,plan,joined_at,cancelled_at,price\n" + "".join(
    f"m{n}@example.org,Circle,2025-0{n}-10,{'2025-11-30' if n < 3 else ''},9.90\n" for n in range(1, 8)
)
UNUSABLE = "note\nnothing here is a member\n"


@contextmanager
def server(state: str, place: Path) -> Iterator[str]:
    """The dashboard with the sample, with seven members, or with a file that holds none; yields its address."""
    data = []
    if state != "sample":
        place.mkdir(parents=True, exist_ok=True)
        (place / "members.csv").write_text(TINY if state == "tiny" else UNUSABLE, encoding="utf-8")
        data = ["--data", str(place)]
    command = [sys.executable, "-m", "retention", "serve", "--port", "0", *data]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield next(line.split()[-1] for line in process.stdout if line.startswith("Retention dashboard: "))
    finally:
        process.terminate()
        process.wait()


def stand(page, address: str) -> None:
    """Open an address, wait until the page is drawn, and make the window as tall as the page."""
    page.goto(address)
    page.locator("h1").first.wait_for(timeout=120_000)
    for height in (None, None):
        page.wait_for_timeout(900)
        page.wait_for_function(QUIET, timeout=120_000)
        height = page.evaluate("() => document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
        page.set_viewport_size({"width": page.viewport_size["width"], "height": min(height + 40, TALLEST)})
    page.wait_for_timeout(600)


def take(browser, address: str, target: Path, language: str, scheme: str, width: str) -> None:
    """One picture of one page."""
    context = browser.new_context(
        viewport={"width": WIDTHS[width], "height": 900}, color_scheme=scheme, locale=f"{language}-{language.upper()}"
    )
    page = context.new_page()
    stand(page, address)
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    context.close()


def show(browser, address: str) -> None:
    """Renew the pictures that README and docs show."""
    for name, (page_name, height) in SHOWN.items():
        context = browser.new_context(viewport={"width": 1280, "height": height}, color_scheme="light", locale="en-GB")
        page = context.new_page()
        page.goto(link(address, page_name, "en"))
        page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=120_000)
        page.wait_for_timeout(1500)
        page.screenshot(path=ROOT / "docs" / f"{name}.png")
        context.close()


def link(address: str, page: str, language: str) -> str:
    """The address of a page in a language."""
    script = PAGES[page][0]
    path = "" if script == "dashboard.py" else Path(script).stem
    return f"{address.rstrip('/')}/{path}?{urlencode({'lang': language})}"


def main(words: list[str]) -> None:
    """Take the pictures asked for; without any, all of them."""
    from benchmarks.browser import chromium

    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("pages", nargs="*", choices=[[], *PAGES], help="all where none is named")
    wanted.add_argument("--state", action="append", choices=STATES)
    wanted.add_argument("--language", action="append", choices=("en", "de"))
    wanted.add_argument("--scheme", action="append", choices=("light", "dark"))
    wanted.add_argument("--width", action="append", choices=tuple(WIDTHS))
    wanted.add_argument("--out", type=Path, default=ROOT / "pictures")
    asked = wanted.parse_args(words)
    shutil.rmtree(asked.out, ignore_errors=True)
    with chromium() as browser:
        for state in asked.state or STATES:
            with server(state, asked.out / "files" / state) as address:
                for name in asked.pages or PAGES:
                    for language in asked.language or ("en", "de"):
                        for scheme in asked.scheme or ("light", "dark"):
                            for width in asked.width or WIDTHS:
                                target = asked.out / state / f"{name}-{language}-{scheme}-{width}.png"
                                take(browser, link(address, name, language), target, language, scheme, width)
                                print(target, flush=True)
                if state == "sample" and not words:
                    show(browser, address)


if __name__ == "__main__":
    main(sys.argv[1:])
