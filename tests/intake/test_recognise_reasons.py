"""Wordings in two languages become the codes of the registry."""

import pytest

from retention.intake.reasons import choices, reason_of


@pytest.mark.parametrize(("wording", "code"), [
    ("too_expensive", "price"), ("missing_features", "missing_topic"), ("switched_service", "switched"),
    ("unused", "not_using"), ("customer_service", "service"), ("too_complex", "difficulty"),
    ("low_quality", "content"), ("other", "other"),
    ("Zu teuer für mich, sorry!", "price"), ("It's too expensive", "price"), ("I found an alternative", "switched"),
    ("I did not use it enough", "not_using"), ("Keine Zeit", "not_using"), ("life_change", "life_change"),
    ("Anbieter gewechselt", "switched"), ("Ich mache eine Pause", "break"), ("Ziel erreicht", "finished"),
    ("<script>alert(1)</script>", "other"), ("payment_failed", None), ("Karte abgelehnt", None),
])
def test_a_wording_becomes_a_reason(wording, code):
    assert reason_of(wording) == code


@pytest.mark.parametrize(("cell", "parts"), [
    ("too_expensive; not_using", ["too_expensive", "not_using"]),
    ("too_expensive, content", ["too_expensive", "content"]),
    ("Great, but I moved to Graz", ["Great, but I moved to Graz"]),
    ("price", ["price"]),
])
def test_choices_are_parted_and_sentences_are_not(cell, parts):
    assert choices(cell) == parts
