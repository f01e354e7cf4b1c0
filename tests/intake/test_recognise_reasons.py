"""Wordings in two languages become the codes of the registry."""

import pytest

from retention.intake.columns.reasons import choices, reason_of
from retention.model import ReadSettings
from tests.intake.data_set import DataSet


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


def survey(*answers: str, **assigned: str) -> DataSet:
    rows = "".join(f'm{number}@x.org,2025-06-30,"{answer}"\n' for number, answer in enumerate(answers))
    return DataSet([("survey.csv", "email,answered_at,reason\n" + rows)], ReadSettings(reasons=assigned))


def test_wordings_that_no_rule_knows_are_listed_with_their_counts():
    data = survey("hm", "so so", "hm", "Zu teuer", "hm", "x", ".", "n/a")
    assert data.reports[0].unmapped == [{"wording": "hm", "count": 3}, {"wording": "so so", "count": 1}]


def test_what_the_owner_assigns_wins_over_every_rule_and_is_kept_beneath_the_code():
    data = survey("Zu teuer", "HM, well", **{"zu teuer ": "content", "hm, well": "service"})
    assert data.ask("select wording, reason from answer_reasons order by 1") == [
        ("HM, well", "service"), ("Zu teuer", "content")]
    assert data.reports[0].unmapped == []


def test_a_code_that_there_is_not_is_passed_over():
    data = survey("hm", hm="nonsense")
    assert data.ask("select reason from answer_reasons") == [("other",)]


def test_junk_is_no_reason():
    data = survey("x", "...", "n/a", "asdf", "Keine")
    assert data.ask("select count(*) from answer_reasons") == [(0,)]
    assert data.ask("select count(*) from survey_answers") == [(5,)]
