"""The Data page in a real browser: an owner's files, doubts, progress, templates, and words meant to do harm."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.steps import (
    arrive,
    bring,
    choose,
    download,
    hold_reading,
    press,
    settle,
    text_file,
    unfold_filters,
    visit,
    words,
)

pytestmark = pytest.mark.browser

MEMBERS = "email,plan,joined_at,cancelled_at\n" + "\n".join(
    f"m{n}@example.org,Circle,2025-01-10,{'2025-06-30' if n < 5 else ''}" for n in range(20)
)


EXPORTS = {
    "memberpress_subscriptions.csv":
     ("MemberPress, subscriptions: 35 rows read, 35 taken, 0 set aside", "30 joined + 2 returned − 15 left = 17",
      "Of 35 subscriptions taken, 32 are counted and 3 are in no denominator: 2 never paid, 1 on trial"),
    "stripe_subscriptions.csv":
     ("Stripe, subscriptions: 42 rows read, 42 taken, 0 set aside", "36 joined + 0 returned − 14 left = 22",
      "Of 42 subscriptions taken, 39 are counted"),
    "woocommerce_subscriptions.csv":
     ("WooCommerce Subscriptions, subscriptions: 40 rows read, 40 taken, 0 set aside",
      "36 joined + 0 returned − 12 left = 24", "Of 40 subscriptions taken, 39 are counted"),
}


def test_exports_are_recognised_counted_and_add_up(page, server, shared):
    arrive(page, f"{server}/data?lang=en")
    for file, expected in EXPORTS.items():
        bring(page, shared / "exports" / file)
        assert [sentence for sentence in expected if sentence not in words(page)] == [], file
        if file != list(EXPORTS)[-1]:
            press(page, "forget")
    page.locator(".st-key-first_finding a", has_text="See your churn").click()
    page.get_by_text("Is it signal or noise?").wait_for()


def test_maven_adds_up_to_the_oracle_once_its_day_and_grace_time_are_said(page, server, shared):
    arrive(page, f"{server}/data?lang=en")
    bring(page, shared / "data" / "maven" / "subscription_cohort_analysis_data.csv")
    assert "3,069 rows read, 3,069 taken, 0 set aside" in words(page)
    page.locator(".st-key-read_settings summary").click()
    page.get_by_text("Change it if the export was made on another day").wait_for()
    day = page.locator(".st-key-read_settings [data-testid='stDateInput'] input")
    day.fill("08/09/2023")
    day.press("Enter")
    grace = page.get_by_test_id("stNumberInputField")
    grace.fill("0")
    grace.press("Tab")
    press(page, "apply_settings")
    assert "2,877 joined + 184 returned − 1,996 left = 1,065 at the end" in words(page)
    assert "complete up to 8 September 2023" in words(page)


def test_ravenstack_says_that_its_answers_do_not_match_and_shows_the_claims(page, server, shared):
    folder = shared / "data" / "ravenstack"
    arrive(page, f"{server}/data?lang=en")
    bring(page, *(folder / f"ravenstack_{name}.csv" for name in ("accounts", "subscriptions", "churn_events")))
    said = words(page)
    assert "Almost no answer speaks of a leaving" in said
    assert re.search(r"Only \d+ of 600 survey answers \(\d\.\d\s%\) match", said)
    for claim in ("110 of 500 members, 22.0", "352 of 500 members, 70.4", "486 of 5,000 subscriptions, 9.7"):
        assert claim in said
    assert "It adds up by day, week, month, quarter and year: 0 at the start + 500 joined" in said
    assert "no messages to people who left. Template: outreach.csv" in said


def test_an_unknown_file_is_asked_for_once_and_its_columns_are_kept(page, server, tmp_path):
    arrive(page, f"{server}/data?lang=en")
    rows = "\n".join(f"p{n},2025-0{n}-01,x" for n in range(1, 9))
    bring(page, text_file("odd.csv", f"wer,seit wann,irgendwas\n{rows}"))
    assert "This file is not known" in words(page)
    for label, heading in (("Member (e-mail or number)", "wer"), ("Start", "seit wann")):
        box = page.get_by_role("combobox", name=label, exact=True)
        box.click()
        box.press_sequentially(heading, delay=20)
        page.wait_for_timeout(400)
        box.press("Enter")
    press(page, "read_mapping_0")
    assert "8 rows read, 8 taken, 0 set aside" in words(page)
    kept = download(page, page.get_by_role("button", name="Save these columns as a file"))
    saved = tmp_path / "columns.toml"
    saved.write_bytes(kept.path().read_bytes())
    assert '"member_id" = "wer"' in saved.read_text()
    bring(page, text_file("next.csv", f"WER, seit  wann,irgendwas\n{rows.replace('p', 'q')}"))
    page.get_by_text("next.csv").first.wait_for()
    page.wait_for_function("() => !document.body.innerText.includes('This file is not known')", timeout=60_000)
    settle(page)
    page.get_by_text("16 paying members ever").wait_for(timeout=60_000)


def test_a_column_of_doubtful_days_is_asked_about_on_its_own_rows(page, server, shared):
    arrive(page, f"{server}/data?lang=en")
    bring(page, shared / "badfiles" / "052_dates_ambiguous.csv")
    assert "which comes first, the day or the month?" in words(page)
    choices = page.locator('[data-testid="stForm"] [role="radiogroup"]')
    choices.first.wait_for()  # their program is fetched when they are first met
    for box in choices.all():
        box.get_by_text("Month first").click()
        settle(page)
    press(page, "answer_doubts_0")
    assert "which comes first" not in words(page)
    assert "3 joined + 0 returned − 1 left = 2" in words(page)
    assert "day and month cannot be told apart" not in words(page)


def test_a_reading_shows_its_step_lets_other_pages_work_and_stops_at_once(page, server):
    rows = "".join(f"n{n}@example.org,Circle,2025-01-10,2025-06-30,9.90\n" for n in range(150_000))
    arrive(page, f"{server}/data?lang=en")
    choose(page, [text_file("many.csv", f"email,plan,joined_at,cancelled_at,price\n{rows}")])
    child = hold_reading(page, server, re.compile(r"many\.csv: Re(ading|cognising)"))
    page.locator('[data-testid="stSidebar"]').get_by_role("link", name=re.compile("Churn")).click()
    page.get_by_text("Is it signal or noise?").wait_for()
    page.get_by_text("Member churn", exact=True).first.wait_for()
    page.locator('[data-testid="stSidebar"] .st-key-cancel_reading button').click()
    page.locator(".st-key-cancel_reading").wait_for(state="detached", timeout=10_000)
    settle(page)
    assert "Sample data" in words(page)
    child.wait(10)


def many_of(content: bytes, members: int) -> bytes:
    """Each row for so many members, so that no plan is too small to be drawn."""
    head, *rows = content.decode().strip().splitlines()
    return "\n".join([head, *(row.replace("@", f"x{n}@", 1) for row in rows for n in range(members))]).encode()


def test_hostile_words_are_shown_letter_by_letter_and_ask_nobody(page, server, shared, seen):
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    arrive(page, f"{server}/data?lang=en")
    content = many_of((shared / "badfiles" / "092_html_markdown_latex.csv").read_bytes(), 12)
    name = "=cmd() <img src=x onerror=alert(1)>.csv"
    bring(page, {"name": name, "mimeType": "text/csv", "buffer": content})
    assert name in words(page)
    page.locator(".st-key-list_derivations summary").click()
    settle(page)
    visit(page, "How long they stay", "How long do they stay?")
    page.locator(".st-key-filter_by").get_by_text("Plan", exact=True).click()
    page.get_by_text("<img src=x onerror=alert(1)>").first.wait_for()
    settle(page)
    drawn = page.locator(".js-plotly-plot").first
    assert "![beacon](http://127.0.0.1:8999/t.png?u=anna)" in drawn.text_content() + words(page)
    hover(page, drawn)
    unfold_filters(page)
    page.get_by_label("Plan", exact=True).first.click()
    options = page.get_by_role("option").all_inner_texts()
    for plan in ("<img src=x onerror=alert(1)>", "![beacon](http://127.0.0.1:8999/t.png?u=anna)", "costs $5 and $10",
                 ":red[**admin**] :material/delete:", "%{y}<extra></extra>"):
        assert plan in options
    page.get_by_role("option", name="![beacon](http://127.0.0.1:8999/t.png?u=anna)", exact=True).click()
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("plan="))
    settle(page)
    visit(page, "Reasons", "Why do they leave?")
    hover(page, page.locator(".js-plotly-plot").first)
    assert dialogs == []
    assert not [address for address in seen.requests if urlsplit(address).port == 8999]
    assert page.locator('[data-testid="stMain"] img[src="x"], a[href^="javascript"]').count() == 0


def hover(page, figure) -> None:
    """Move over the figure, so that its words for single marks appear."""
    figure.scroll_into_view_if_needed()
    box = figure.bounding_box()
    for part in (0.2, 0.35, 0.5, 0.65, 0.8):
        page.mouse.move(box["x"] + box["width"] * part, box["y"] + box["height"] * part)
        page.wait_for_timeout(60)


def test_sql_as_a_plan_filters_like_any_other(page, server, shared):
    arrive(page, f"{server}/data?lang=en")
    content = (shared / "badfiles" / "093_sql_in_values.csv").read_bytes()
    content = content.replace(b"x' OR 1=1 --@example.org", b"anna@example.org")
    bring(page, {"name": "'; DROP TABLE members; --.csv", "mimeType": "text/csv", "buffer": content})
    assert "'; DROP TABLE members; --.csv" in words(page)
    visit(page, "Churn", "Is it signal or noise?")
    unfold_filters(page)
    page.get_by_label("Plan", exact=True).first.click()
    page.get_by_role("option", name="basic'; DROP TABLE members; --", exact=True).click()
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("DROP"))
    settle(page)
    assert "2 paying members ever" in words(page)
    assert page.locator('[data-testid="stException"]').count() == 0


def test_a_template_is_downloaded_and_forgetting_shows_the_sample_again(page, server):
    arrive(page, f"{server}/data?lang=en")
    bring(page, text_file("mine.csv", MEMBERS))
    page.locator(".st-key-templates summary").click()
    template = download(page, page.get_by_role("button", name="survey_answers.csv"))
    assert template.suggested_filename == "survey_answers.csv"
    assert template.path().read_text().startswith("answer_id,email,asked_at,answered_at,reason,wording")
    press(page, "forget")
    assert "Sample data: an invented membership site" in words(page)
    assert "mine.csv" not in words(page)


def test_the_uploader_speaks_german(visitor, server):
    page = visitor(locale="de-DE")
    arrive(page, f"{server}/data")
    button = page.locator('[data-testid="stFileUploaderDropzone"] button p')
    assert button.evaluate("e => getComputedStyle(e).fontSize") == "0px"
    assert button.evaluate("e => getComputedStyle(e, '::after').content") == '"Dateien wählen"'
