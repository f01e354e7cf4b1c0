"""Words on their way to Markdown: shown letter by letter, on one line, numbers held to their units."""

from retention.ui.escaping import escaped


def test_words_are_shown_letter_by_letter_on_one_line():
    assert escaped("*a*\n# b\u2028c  <b>") == r"\*a\* \# b c \<b\>"


def test_a_number_is_not_parted_from_its_unit():
    assert escaped("4.9\u202f% of\u00a0100") == "4\\.9\u202f% of\u00a0100"
