"""An owner's words that look like links, pictures, icons, formulas or markup stay words on every page."""

import csv
import io

import pytest

from retention.texts import Texts
from retention.ui.navigation import PAGES
from tests.browser.steps import bring, settle, visit, words

pytestmark = pytest.mark.browser
TEXTS = Texts("en")

HOSTILE = (
    "http://evil.example/x", "https://evil.example", "HTTPS://EVIL.EXAMPLE/a?b=c", "www.evil.example",
    "WWW.evil.example/x", "a@evil.example", "mailto:a@evil.example", "xmpp:a@evil.example/r", "ftp://evil.example",
    "//evil.example/x", "[x](http://evil.example)", "<http://evil.example>", "<a@evil.example>",
    "![x](http://evil.example/i.png)", "<img src=http://evil.example/i.png>", '<a href="http://evil.example">x</a>',
    "<b>b</b> <script>alert(1)</script>", ":material/bolt:", ":streamlit: :smile:", "$x^2$", ":red[x]",
    "**b** `c` ~~d~~", "[x]: http://evil.example", "a -> b", "javascript:alert(1)//http://evil.example",
)
OUTSIDE = """() => [...document.querySelectorAll('a')].map(link => link.href.baseVal ?? link.href)
    .filter(href => href && !href.startsWith(location.origin) && !href.startsWith('#'))"""
# Words that a page has to show as they were typed, where it shows them.
AS_TYPED = ("http://evil.example/x", "www.evil.example", "a@evil.example", ":material/bolt:", "a -> b")


def table(name: str, heading: str, row) -> dict:
    """A CSV file whose text is hostile in every column that takes text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heading.split(","))
    for place, word in enumerate(HOSTILE * 2):
        writer.writerow(row(place, word))
    return {"name": name, "mimeType": "text/csv", "buffer": out.getvalue().encode()}


FILES = (
    table("http:evil.example www.evil.example.csv",
          "email,plan,started_on,ended_on,price,name,source,reason,comment",
          lambda n, word: [f"m{n}@example.org", word, "2025-01-10", "2025-05-31" if n % 2 else "", "9.90", word, word,
                           word, f"{word} too expensive, no time"]),
    table("members.csv", "email,name,source,joined_on",
          lambda n, word: [f"m{n}@example.org", word, word, "2025-01-10"]),
    table("a@evil.example.csv", "email,answered_at,asked_at,reason,comment",
          lambda n, word: [f"m{n}@example.org", "2025-05-20", "2025-05-20", word, f"{word} too expensive"]),
    table("messages.csv", "email,sent_at,campaign,incentive,channel",
          lambda n, word: [f"m{n}@example.org", "2025-06-20", word, word, word]),
    table("requests.csv",
          "cancellation_id,email,requested_at,first_reply_at,done_at,channel,outcome,offer,offer_accepted,heat",
          lambda n, word: [n, f"m{n}@example.org", "2025-05-20 10:00", f"2025-05-2{1 + n % 7} 10:00",
                           "2025-05-29 10:00", word, "cancelled", word, "yes" if n % 2 else "no", "none"]),
)


def unfold(page) -> None:
    """Open all that is folded, three levels deep."""
    for _ in range(3):
        folded = page.locator("[data-testid=stMain] details:not([open]) > summary")
        if not folded.count():
            return
        page.evaluate("() => document.querySelectorAll('[data-testid=stMain] details:not([open]) > summary')"
                      ".forEach(one => one.click())")
        settle(page)


def look(page, found: dict, place: str, shown: set) -> None:
    """Which links on this page lead elsewhere, and which of the words stand on it as they were typed."""
    unfold(page)
    if links := page.evaluate(OUTSIDE):
        found[place] = links
    shown |= {word for word in AS_TYPED if word in words(page)}


def walk(page, names, tabs: bool) -> tuple[dict, set]:
    """Visit pages by the menu, with each of their tabs."""
    found, shown = {}, set()
    for name in names:
        visit(page, TEXTS(f"page.{name}.name"), TEXTS(f"page.{name}.title"))
        look(page, found, name, shown)
        for number in range(1, page.get_by_role("tab").count() if tabs else 1):
            page.get_by_role("tab").nth(number).click()
            settle(page)
            look(page, found, f"{name} {number}", shown)
    return found, shown


@pytest.fixture
def hostile(visitor, server):
    """A reader who has brought the files; what their browser asks others for fails the test."""
    page = visitor()
    page.goto(f"{server}/data?lang=en")
    page.locator("h1").first.wait_for(timeout=60_000)
    settle(page)
    bring(page, *FILES)
    return page


def test_owners_words_are_no_links_where_they_are_told_as_words(hostile):
    found, shown = walk(hostile, ("data", "reasons"), tabs=False)
    assert found == {}
    assert {"www.evil.example", "a@evil.example"} <= shown


@pytest.mark.slow
def test_owners_words_are_no_links_on_any_page(hostile):
    found, shown = walk(hostile, PAGES, tabs=True)
    assert found == {}
    assert shown == set(AS_TYPED)
    visit(hostile, TEXTS("page.members.name"), TEXTS("page.members.title"))
    hostile.locator("[data-testid=stMain] input[type=text]").first.fill("m5@example.org")
    hostile.keyboard.press("Enter")
    settle(hostile)
    assert "a@evil.example" in hostile.locator("h2").all_inner_texts()[0]
    assert hostile.evaluate(OUTSIDE) == []
