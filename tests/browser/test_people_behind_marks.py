"""From a mark to its people, in a real browser: a click on any kind of mark, or on a table row, opens the list."""

import re

import pytest

from retention.filters import Filters
from tests.browser.steps import arrive, settle, words

pytestmark = pytest.mark.browser


HEADING = re.compile(r"behind this mark|[\d,]+ of [\d,]+: ")


def figure(page, name: str):
    found = page.locator(f".st-key-figure_{name}")
    found.locator(".js-plotly-plot .plot-container").first.wait_for()
    found.evaluate("box => box.scrollIntoView({block: 'start'})")
    settle(page)
    return found


def click_mark(page, name: str, marks: str, place: int = 0) -> str:
    """Click a mark in its middle and give the number of people that opens."""
    found = figure(page, name)
    mark = found.locator(f".js-plotly-plot {marks}").nth(place)
    mark.scroll_into_view_if_needed()
    box = at_rest(page, mark)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    heading = found.get_by_text(HEADING)
    heading.wait_for(timeout=30_000)
    settle(page)
    return re.search(r"([\d,]+) (?:people|person|of)", heading.inner_text())[1]


def at_rest(page, mark) -> dict:
    """Where a mark lies once the figures above it have got their room."""
    before = None
    while (box := mark.bounding_box()) != before:
        before = box
        page.wait_for_timeout(300)
    return box


def open_tab(page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    settle(page)


def test_a_point_of_a_line_opens_the_people_of_its_period(page, server):
    arrive(page, f"{server}/reasons?lang=en")
    assert click_mark(page, "reasons_over_time", ".scatterlayer .points path") == "2", "price, December 2023"


def test_a_bar_opens_those_who_got_so_far(page, server, the_sample):
    reached = the_sample.ask("winback_funnel", Filters()).set_index("stage").reached
    arrive(page, f"{server}/winback?lang=en")
    open_tab(page, "Offers")
    assert click_mark(page, "winback_funnel", ".barlayer .point path", 1) == f"{reached.delivered:,}"


def test_a_square_of_the_triangle_opens_its_cohort(page, server):
    arrive(page, f"{server}/staying?lang=en")
    open_tab(page, "Cohorts")
    assert int(click_mark(page, "cohort_share", ".scatterlayer .points path").replace(",", "")) > 0


def test_a_row_and_a_dot_open_their_people_and_what_was_touched_last_decides(page, server):
    arrive(page, f"{server}/reasons?lang=en")
    found = figure(page, "reason_shares")
    found.get_by_text("Table (12 rows)").click()
    settle(page)
    canvas = found.locator('[data-testid="stDataFrame"] canvas').first
    canvas.scroll_into_view_if_needed()
    box = at_rest(page, canvas)
    page.mouse.click(box["x"] + 20, box["y"] + 52)
    found.get_by_text("250 people behind this mark").wait_for(timeout=30_000)
    settle(page)
    second = click_mark(page, "reason_shares", ".scatterlayer .points path", 3)
    assert second != "250"
    assert f"{second} of 926 answers" in found.inner_text().replace("\xa0", " ")
    canvas.scroll_into_view_if_needed()
    box = at_rest(page, canvas)
    page.mouse.click(box["x"] + 20, box["y"] + 90)
    found.get_by_text(re.compile(f"(?<!{second} )people behind this mark")).wait_for()
    settle(page)
    assert re.search(r"([\d,]+) ", found.get_by_text(HEADING).inner_text())[1] not in ("250", second)


def test_comments_are_covered_until_the_reader_uncovers_them(page, server):
    arrive(page, f"{server}/reasons?lang=en&words=mein+name+ist")
    open_tab(page, "Comments")
    page.get_by_text("Examples").click()
    page.get_by_text("Mein Name ist •••").first.wait_for()
    settle(page)
    page.get_by_text("Show names, addresses and phone numbers in comments").click()
    page.get_by_text(re.compile(r"Mein Name ist [A-ZÄÖÜ]\w+")).first.wait_for()
    settle(page)
    assert "Mein Name ist •••" not in words(page)


def test_a_rule_written_by_the_reader_becomes_a_theme(page, server):
    arrive(page, f"{server}/reasons?lang=en")
    open_tab(page, "Comments")
    page.get_by_text("Rules of the themes").click()
    settle(page)
    box = page.get_by_role("textbox", name="Rules of the themes")
    box.fill('[tea]\nen = "Tea and coffee"\nwords = ["tea", "kaffee", "echte menschen"]\n')
    box.press("Control+Enter")
    settle(page)
    page.get_by_role("button", name="Use these rules").click()
    settle(page)
    assert "“Tea and coffee” is met most often" in words(page)
