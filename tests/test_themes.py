"""The rules of the themes: built in for both languages, and whatever the reader writes in their place."""

import pytest

from retention.texts import LANGUAGES
from retention.themes import BadRules, built_in, rules_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_built_in_rules_are_read_in_every_language(language):
    rules = rules_of(built_in(), language)
    themes = {rule.split("=")[0] for rule in rules}
    assert len(themes) == 12
    assert ("Das Geld ist knapp" if language == "de" else "Money is tight") in themes
    assert all(rule.count("=") == 1 and rule.split("=")[1] for rule in rules)


def test_a_theme_without_a_name_in_the_language_is_called_as_in_english_or_by_its_key():
    assert rules_of('[a]\nen = "Shop"\nwords = ["x"]\n[b]\nwords = ["y"]', "de") == ("Shop=x", "b=y")


@pytest.mark.parametrize("text", ["[a", '[a]\nwords = "x"', "a = 1", "[a]\nwords = [1]"])
def test_what_is_no_set_of_rules_is_refused_with_a_reason(text):
    with pytest.raises(BadRules) as refused:
        rules_of(text, "en")
    assert str(refused.value)


def test_a_sign_that_divides_rules_does_not_divide_a_keyword():
    assert rules_of('[a]\nen = "x=y"\nwords = ["1=2", " ", "*"]', "en") == ("x y=1 2",)
