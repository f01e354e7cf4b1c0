"""What is kept on this computer is there after the dashboard was stopped and started anew, and only then."""

import psutil
import pytest

from retention.texts import Texts
from tests.browser.steps import arrive, bring, settle, text_file, visit, words

pytestmark = pytest.mark.browser

MEMBERS = "email,plan,joined_at,cancelled_at,price\n" + "".join(
    f"m{n}@example.org,Gold,2025-01-{n:02},{'2025-06-01' if n < 4 else ''},9.90\n" for n in range(1, 13)
)


@pytest.fixture
def dashboard(start, tmp_path, monkeypatch):
    """Start the dashboard of an owner whose folder is this one; one that runs is stopped first."""
    monkeypatch.setenv("RETENTION_HOME", str(tmp_path / "kept"))
    running = []

    def begin() -> str:
        while running:
            process = psutil.Process(running.pop().pid)
            process.terminate()
            process.wait(20)
        running.append(start("-m", "retention", "serve", "--port", "0"))
        return running[0]

    return begin


def headline(page) -> str:
    """What the churn page says first."""
    return page.locator(".st-key-figure_member_churn strong").first.inner_text()


def test_what_was_kept_is_there_after_a_restart_and_what_was_not_is_gone(page, dashboard):
    texts = Texts("en")
    arrive(page, f"{dashboard()}/data?lang=en")
    bring(page, text_file("members.csv", MEMBERS))
    visit(page, texts("page.churn.name"), texts("chart.member_churn.title"))
    told = headline(page)
    assert "of 12 members left" in told
    arrive(page, f"{dashboard()}/churn?lang=en")
    assert headline(page) != told, "nothing was kept: the sample is there again"

    visit(page, texts("page.data.name"), texts("page.data.title"))
    bring(page, text_file("members.csv", MEMBERS))
    visit(page, texts("page.settings.name"), texts("keeping.title"))
    page.locator(".st-key-keep_on_this_computer label").first.click()
    page.locator(".st-key-export_kept button").wait_for()
    settle(page)
    arrive(page, f"{dashboard()}/churn?lang=en")
    assert headline(page) == told
    assert texts("frame.origin.sample", as_of="", count=0)[:12] not in words(page)
