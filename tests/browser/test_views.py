"""A reader in a real browser: language, filters, links, Back, and each upload in its own session."""

import re
from urllib.parse import parse_qs

import pytest

from tests.browser.steps import CHOSEN, arrive, choose, download, pick, settle, text_file, view, visit, words

pytestmark = pytest.mark.browser

MEMBERS = "email,plan,joined_at,cancelled_at,price\n" + "\n".join(
    f"m{n}@example.org,Circle,2025-01-10,{'2025-06-30' if n < 5 else ''},9.90" for n in range(20)
)


def upload(page, name: str, content: str) -> None:
    choose(page, [text_file(name, content)])
    page.get_by_text("Your files, read in this session only").wait_for(timeout=60_000)
    settle(page)


def test_the_language_follows_the_browser_and_a_click_changes_it_for_good(visitor, server):
    page = visitor(locale="de-DE")
    arrive(page, server)
    assert "Wie geht es Ihren Mitgliedern?" in words(page)
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    page.get_by_text("How are your members doing?").wait_for()
    page.locator('[data-testid="stSidebar"]').get_by_role("link", name=re.compile("Churn")).click()
    page.get_by_text("Is it signal or noise?").wait_for()
    settle(page)
    assert view(page) == {"lang": ["en"]}


def test_a_filter_is_in_the_address_stays_across_pages_and_back_brings_the_view_back(page, server):
    arrive(page, f"{server}/churn?grain=quarter")
    pick(page, "Plan", "Annual")
    page.wait_for_url(re.compile("plan=Annual"))
    page.locator('[data-testid="stSidebar"]').get_by_role("link", name=re.compile("Reasons")).click()
    page.get_by_text("Why do they leave?").wait_for()
    settle(page)
    chosen = {"lang": ["en"], "plan": ["Annual"], "grain": ["quarter"]}
    assert view(page) == chosen
    assert "Annual" in page.locator('[data-testid="stSidebar"]').inner_text()
    page.go_back()
    page.get_by_text("Is it signal or noise?").wait_for()
    settle(page)
    assert view(page) == chosen


def test_a_reload_keeps_the_view(page, server):
    arrive(page, f"{server}/churn?{CHOSEN}")
    page.reload()
    page.locator("h1").first.wait_for(timeout=60_000)
    settle(page)
    assert view(page) == parse_qs(CHOSEN)


def test_a_link_opens_the_same_section_and_back_and_forward_go_through_them(page, server):
    arrive(page, f"{server}/staying?lang=en&tab=cohorts&tab_cohorts=revenue")
    assert "monthly amount" in page.locator(".st-key-figure_cohort_revenue").inner_text().lower()
    page.get_by_role("tab", name="By cause", exact=True).click()
    page.wait_for_url(re.compile("tab=by_cause"))
    settle(page)
    assert page.locator(".st-key-figure_leaving_by_cause").count() == 1
    page.go_back()
    page.wait_for_url(re.compile("tab=cohorts"))
    page.locator(".st-key-figure_cohort_revenue").wait_for()
    page.go_forward()
    page.wait_for_url(re.compile("tab=by_cause"))
    page.locator(".st-key-figure_leaving_by_cause").wait_for()
    page.locator('[data-testid="stSidebar"]').get_by_role("link", name=re.compile("Churn")).first.click()
    page.get_by_text("Is it signal or noise?").wait_for()
    settle(page)
    assert view(page) == {"lang": ["en"]}


def test_an_upload_is_shown_on_every_page_to_nobody_else_and_forgotten_on_request(visitor, server):
    mine, theirs = visitor(), visitor()
    arrive(mine, f"{server}/data?lang=en")
    arrive(theirs, f"{server}/data?lang=en")
    upload(mine, "my members.csv", MEMBERS)
    assert "20 rows read, 20 taken, 0 set aside" in words(mine)
    upload(theirs, "their members.csv", MEMBERS.replace("Circle", "Studio").replace("m1@", "zoe@"))
    assert "my members.csv" in words(mine)
    assert "their members.csv" not in words(mine)
    assert "their members.csv" in words(theirs)
    assert "my members.csv" not in words(theirs)
    third = visitor()
    arrive(third, mine.url)
    assert "This link belongs to other data" in words(third)
    assert "my members.csv" not in words(third)
    visit(mine, "Churn", "Is it signal or noise?")
    assert "20 paying members ever" in words(mine)
    visit(mine, "Data", "Your data")
    mine.get_by_role("button", name=re.compile("Forget this data")).click()
    mine.get_by_text("Sample data: an invented membership site").wait_for()
    settle(mine)
    mine.get_by_text("20 rows read").wait_for(state="detached")


def test_a_reload_forgets_the_upload_and_says_so_instead_of_showing_other_figures(page, server):
    arrive(page, f"{server}/data?lang=en")
    upload(page, "members.csv", MEMBERS)
    page.reload()
    page.get_by_text("This link belongs to other data").wait_for()
    settle(page)
    page.get_by_role("button", name="Show the sample data instead").click()
    page.get_by_text("Sample data: an invented membership site").wait_for()


def test_the_table_and_the_sql_of_a_figure_open_on_click(page, server):
    arrive(page, f"{server}/churn?lang=en")
    page.get_by_text("Table (36 rows)").first.click()
    page.get_by_role("button", name="Download as CSV").first.wait_for()
    table = download(page, page.get_by_role("button", name="Download as CSV").first)
    assert table.suggested_filename.startswith("member_churn-sample-")
    page.get_by_text("How is this calculated?").first.click()
    page.get_by_text("queries/member_churn.sql").first.wait_for()
