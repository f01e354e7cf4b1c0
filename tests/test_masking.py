"""What a comment must not tell about who wrote it."""

import pytest

from retention.masking import HIDDEN, Masker

MASKER = Masker(["Edward", "Zoë", "Siobhán", "Anna"])


@pytest.mark.parametrize(("comment", "own", "hidden"), [
    ("Write to anna.b+x@example.co.uk please", None, f"Write to {HIDDEN} please"),
    ("Mail: gisela (at) web.de", None, f"Mail: {HIDDEN}"),
    ("Call 01632 960113 or +44 1632 960874.", None, f"Call {HIDDEN} or {HIDDEN}."),
    ("020 7946 0331", None, HIDDEN),
    ("Rufen Sie mich an: 0152 28817386.", None, f"Rufen Sie mich an: {HIDDEN}."),
    ("Tel. (030) 231-25014", None, f"Tel. ({HIDDEN}"),
    ("Mein Name ist Gisela Steiner, falls nötig.", None, f"Mein Name ist {HIDDEN}, falls nötig."),
    ("Thank you. Kind regards, Harvey", None, f"Thank you. Kind regards, {HIDDEN}"),
    ("Viele Grüße, Lukas!", None, f"Viele Grüße, {HIDDEN}!"),
    ("Ms Okafor was kind, Herr Petersen not.", None, f"Ms {HIDDEN} was kind, Herr {HIDDEN} not."),
    ("Hi Edward! Zoë's lesson was fine.", None, f"Hi {HIDDEN}! {HIDDEN}'s lesson was fine."),
    ("the price for GISELA steiner", "Gisela Steiner", f"the price for {HIDDEN}"),
    ("O'Neill wrote this", "Siobhán O'Neill", f"{HIDDEN} wrote this"),
])
def test_addresses_numbers_and_names_are_hidden(comment, own, hidden):
    assert MASKER.masked(comment, own) == hidden


@pytest.mark.parametrize("comment", [
    "It cost 24 euros in 2025, 19.99 before.",
    "100 000 steps in 30 days, 12 lessons.",
    "On 2025-03-01 the price rose; on 01.03.2025 I left.",
    "anna means grace, edward is lower case: words, not names.",
    "Der Preis ist gestiegen, das Angebot nicht.",
    "My dear teacher, best of all.",
    "",
])
def test_what_is_no_name_address_or_number_stays(comment):
    assert MASKER.masked(comment, "Edward Price" if "Preis" in comment else None) == comment


def test_no_comment_stays_none():
    assert MASKER.masked(None) is None


@pytest.mark.parametrize(("words", "comment", "typed", "choice"), [
    ("Anna Groß was rude", "••• was rude", "••• was rude", "••• was rude"),
    ("GROSS, ANNA was rude", "••• was rude", "••• was rude", "••• was rude"),
    ("groß, anna was rude", "groß, anna was rude", "••• was rude", "groß, anna was rude"),
    ("anna_groß was rude", "anna_groß was rude", "••• was rude", "anna_groß was rude"),
    ("Anna Maria Groß's class", "•••'s class", "•••'s class", "•••'s class"),
    ("Groß was rude", "Groß was rude", "••• was rude", "Groß was rude"),
    ("Anna", "•••", "•••", "Anna"),
    ("Mark it: the price will rise", "••• it: the price will rise", "••• it: the price will rise",
     "Mark it: the price will rise"),
    ("Der Preis", "Der Preis", "Der Preis", "Der Preis"),
])
def test_a_whole_name_goes_everywhere_and_a_single_one_where_it_can_be_no_choice(words, comment, typed, choice):
    masker = Masker(["Anna", "Will", "Mark"], ["Groß", "Maria", "Price", "von", "der", "Heide"])
    assert (masker.masked(words), masker.typed(words, ""), masker.choice(words)) == (comment, typed, choice)
