"""Comments: found by words, reason and period, sorted into themes by rules, and masked wherever they come out."""

import pytest

from retention.filters import Filters
from tests.questions.conftest import subscription

RULES = ("Time=time", "Time=müde", "Money=*kosten", "Money=teuer")
SAID = [
    ("a", "Anna Groß", "I had no time. Kind regards, Anna", "not_using"),
    ("b", "Bo Price", "Zu teuer! Heizkosten. Rufen Sie an: 0152 28817386", "price"),
    ("c", "Carla Frei", "Time again, Müde bin ich", "not_using"),
    ("d", "Dora Engel", "Timeless. Write to dora@example.org", "content"),
    ("e", "Emil Roth", "x", "other"),
]


@pytest.fixture
def data(typed):
    return typed(
        members=[{"member_id": member, "name": name} for member, name, _, _ in SAID],
        subscriptions=[subscription(member, "2025-01-01", f"2025-03-0{n + 1}") for n, (member, *_) in enumerate(SAID)],
        survey_answers=[
            {
                "answer_id": f"A{n}",
                "member_id": member,
                "asked_at": "2025-03-06",
                "answered_at": "2025-03-06",
                "comment": text,
            }
            for n, (member, _, text, _) in enumerate(SAID)
        ],
        answer_reasons=[
            {"answer_id": f"A{n}", "reason": reason, "wording": reason} for n, (*_, reason) in enumerate(SAID)
        ],
    )


def found(data, **filters):
    return data.ask("comments", Filters(**filters)).name.tolist()


def test_words_are_found_whatever_their_case_and_accents_and_all_of_them_must_occur(data):
    assert found(data, words="TIME mude") == ["Carla Frei"]
    assert found(data, words="heizkosten") == ["Bo Price"]
    assert found(data, words="time teuer") == []


def test_what_says_nothing_is_no_comment(data):
    assert found(data) == ["Dora Engel", "Carla Frei", "Bo Price", "Anna Groß"]


def test_comments_are_narrowed_by_reason_and_period(data):
    assert found(data, reason=("price", "content")) == ["Dora Engel", "Bo Price"]
    from datetime import date

    assert found(data, first_day=date(2025, 3, 3), last_day=date(2025, 3, 3)) == ["Carla Frei"]


def test_a_theme_needs_three_comments_and_a_keyword_begins_a_word_or_stands_anywhere(data):
    themes = data.ask("comment_themes", Filters(themes=RULES))
    assert themes[["theme", "comments", "of_all"]].values.tolist() == [["Time", 3, 4]]
    examples = data.ask("theme_comments", Filters(themes=RULES))
    assert examples.theme.tolist() == ["Time"] * 3
    assert data.ask("theme_comments", Filters(themes=RULES, key=("Money",))).empty
    inside = ("Costs=*osten", "Costs=teuer", "Costs=again", "Costs=timeless")
    assert data.ask("comment_themes", Filters(themes=inside)).comments.tolist() == [3]
    assert data.ask("comment_themes", Filters(themes=("Costs=osten", "Costs=again", "Costs=timeless"))).empty


def test_a_hostile_rule_or_search_is_a_text_like_any_other(data):
    assert data.ask("comment_themes", Filters(themes=("'; drop table people; --=%", "=", "x=.*", "y=*"))).empty
    assert found(data, words="'; drop table people; --") == []
    assert len(found(data)) == 4


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("comments", {}),
        ("theme_comments", {"themes": RULES}),
        ("reason_people", {"key": ("not_using",)}),
        ("reason_group_people", {}),
        ("response_people", {}),
    ],
)
def test_every_question_that_hands_over_comments_masks_them_unless_uncovered(data, question, filters):
    covered = " ".join(data.ask(question, Filters(**filters)).comment.dropna())
    assert "Anna" not in covered
    assert "28817386" not in covered
    assert "dora@" not in covered
    shown = " ".join(data.ask(question, Filters(**filters, uncovered="yes")).comment.dropna())
    assert "Kind regards, Anna" in shown
    meeting = " ".join(data.ask(question, Filters(**filters, uncovered="yes", masked="yes")).comment.dropna())
    assert "Anna" not in meeting, "in a meeting nothing is uncovered"
