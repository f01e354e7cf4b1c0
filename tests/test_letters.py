"""Letters: filled for one person, honest about what is not known, friendly in both languages."""

import pytest

from retention.filters import TODOS
from retention.letters import BEGINS_WITH, LETTERS, filled, with_offer
from retention.texts import LANGUAGES, Texts

DRAFT = "Hello {first_name},\n\nthank you. For you there is {incentive}. Goodbye.\n\n{sender}"


def draft(letter, language):
    fields = {name: f"{{{name}}}" for name in ("first_name", "incentive", "sender")}
    return Texts(language)(f"letter.{letter}.text", **fields)


def test_a_letter_is_filled_for_one_person():
    fields = {"first_name": "Anna", "incentive": "a course", "sender": "Kim"}
    assert filled(DRAFT, fields) == "Hello Anna,\n\nthank you. For you there is a course. Goodbye.\n\nKim\n"


def test_a_sentence_about_an_offer_that_there_is_not_is_left_out():
    assert filled(DRAFT, {"first_name": "Anna", "incentive": "", "sender": "Kim"}) == (
        "Hello Anna,\n\nthank you. Goodbye.\n\nKim\n"
    )


def test_a_greeting_without_a_known_name_greets_without_one():
    assert filled(DRAFT, {"first_name": None, "incentive": "a course", "sender": "Kim"}).startswith("Hello,\n")
    assert filled(DRAFT, {"first_name": float("nan"), "sender": "Kim"}).startswith("Hello,\n")


def test_merge_fields_stay_for_the_mail_tool_and_the_offer_is_put_in():
    assert with_offer(DRAFT, "a course", "Kim") == (
        "Hello {first_name},\n\nthank you. For you there is a course. Goodbye.\n\nKim\n"
    )


def test_a_name_that_looks_like_a_field_is_only_a_name():
    assert filled("Hello {first_name},", {"first_name": "{sender}", "sender": "Kim"}) == "Hello {sender},\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_is_short_and_whole_with_and_without_an_offer(letter, language):
    for incentive in ("", "a free course"):
        text = filled(draft(letter, language), {"first_name": "Anna", "incentive": incentive, "sender": "Kim"})
        assert "{" not in text
        assert "\n\n\n" not in text
        assert 30 <= len(text.split()) <= 110
        assert (incentive in text) == ("{incentive}" in draft(letter, language)) or not incentive
        assert text.strip().endswith("Kim")


def test_every_list_begins_with_a_letter():
    assert set(BEGINS_WITH) == set(TODOS)
    assert set(BEGINS_WITH.values()) <= set(LETTERS)


def test_who_stayed_is_not_told_that_they_left_and_a_failed_card_is_named():
    assert "since you left" not in draft(BEGINS_WITH["offer_ends"], "en")
    assert "glad that you stayed" in draft(BEGINS_WITH["offer_ends"], "en")
    assert "last day" in draft(BEGINS_WITH["paid_up"], "en")
    assert "card" in draft(BEGINS_WITH["card_to_update"], "en")
    assert "Karte" in draft(BEGINS_WITH["card_to_update"], "de")
