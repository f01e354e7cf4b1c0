"""Words on their way to Markdown: shown letter by letter, on one line, numbers held to their units."""

import pytest

from retention.ui.escaping import escaped


def test_words_are_shown_letter_by_letter_on_one_line():
    assert escaped("*a*\n# b\u2028c  <b>") == r"\*a\* \# b c \<b\>"


def test_a_number_is_not_parted_from_its_unit():
    assert escaped("4.9\u202f% of\u00a0100") == "4\\.9\u202f% of\u00a0100"


@pytest.mark.parametrize(("words", "expected"), [
    ("http://evil.example/x", r"http:small[]\://evil\.example/x"),
    ("see HTTPS://evil.example", r"see HTTP:small[]S:small[]\://evil\.example"),
    ("www.evil.example", r"www:small[]\.evil\.example"),
    ("mailto:a@evil.example", r"mailto\:a:small[]@evil\.example"),
    ("Käthe@evil.example", r"Käthe:small[]@evil\.example"),
    ("Basic -> Plus", r"Basic \-:small[]\> Plus"),
    ("a <-> b", r"a \<:small[]\-:small[]\> b"),
    (":material/bolt: :+1:", r"\::small[]material/bolt\: \::small[]\+1\:"),
    ("12:30", r"12\:30"),
    ("Arts & Crafts", r"Arts \& Crafts"),
])
def test_an_address_is_parted_where_streamlit_would_make_a_link_of_it(words, expected):
    assert escaped(words) == expected
