"""What members typed as a reason names nobody where names are hidden; the choices of a survey stay what they are."""

import pytest

from retention import figures
from retention.access import for_viewer, without_persons
from retention.filters import Filters
from retention.texts import Texts
from tests.questions.conftest import subscription

# who answered, and in which words: choices are named by three members and more
NAMES = {
    "a": "Anna1 Schmidt", "b": "Price Waters", "c": "Mark Will", "d": "Gisela von der Heide", "e": "Zoë O'Neill",
    "f": "Hope Long", "g": "Li Bo", "h": "schmidt, karl",
}
TYPED = [
    ("a", "Anna1 Schmidt says too dear"), ("b", "ANNA1 SCHMIDT says too dear"), ("c", "anna1 schmidt told me so"),
    ("d", "Schmidt, Anna1 was rude"), ("e", "Anna1 was rude"), ("f", "Heide was rude"),
    ("g", "Write to bo@web.example"), ("h", "Call 01632 960113"), ("d", "heide has no time"),
    ("a", "Der Preis und die Zeit"), ("b", "The coach left"),
    *((member, "Price") for member in "acd"), *((member, "Mark it as too hard") for member in "adef"),
    *((member, "Hope Long told me") for member in "abc"),
]
HIDDEN = [
    "Call •••", "Der Preis und die Zeit", "Mark it as too hard", "Price", "The coach left", "Write to •••",
    "••• has no time", "••• says too dear", "••• says too dear · 2", "••• told me", "••• told me so", "••• was rude",
    "••• was rude · 2", "••• was rude · 3",
]


@pytest.fixture
def data(typed):
    members = list(NAMES)
    return typed(
        members=[{"member_id": member, "name": name} for member, name in NAMES.items()],
        subscriptions=[subscription(member, "2025-01-01", "2025-03-05") for member in members],
        survey_answers=[
            {"answer_id": f"A{n}", "member_id": member, "asked_at": "2025-03-06", "answered_at": "2025-03-06"}
            for n, (member, _) in enumerate(TYPED)
        ],
        answer_reasons=[
            {"answer_id": f"A{n}", "reason": "other", "wording": words} for n, (_, words) in enumerate(TYPED)
        ],
    )


def wordings(data, question: str, **filters) -> list[str]:
    return data.ask(question, Filters(unit="answer", **filters)).wording.tolist()


@pytest.mark.parametrize(("question", "filters"), [
    ("reasons_by_wording", {}), ("reasons_over_time", {"level": "wording"}),
])
def test_whoever_sees_no_names_reads_none_in_a_typed_reason(data, question, filters):
    asked = for_viewer(Filters(unit="answer", **filters))
    answer = without_persons(data.ask(question, asked))
    assert sorted(answer.wording) == HIDDEN
    assert sorted(wordings(data, question, masked="yes", uncovered="yes", **filters)) == HIDDEN, "names are hidden"
    assert "Anna1 Schmidt says too dear" in wordings(data, question, **filters)
    counts = dict(zip(answer.wording, answer.named, strict=True))
    assert (counts["Price"], counts["Mark it as too hard"], counts["••• was rude · 2"]) == (3, 4, 1)
    for language in ("en", "de"):
        chart, texts = getattr(figures, question), Texts(language)
        said = str(chart(answer, texts).to_dict()) + figures.alt_of(chart, answer, texts)
        assert "Schmidt" not in said + figures.finding_of(chart, answer, texts)


def test_a_wording_is_covered_alike_whatever_part_of_the_data_is_looked_at(data):
    whole = dict.fromkeys(wordings(data, "reasons_by_wording", masked="yes"))
    assert wordings(data, "reasons_by_wording", masked="yes", plan=("Monthly",)) == list(whole)
    leavers = data.ask("reasons_by_wording", Filters(masked="yes")).wording
    assert set(leavers) < set(whole), "one answer speaks for each who left"


def test_behind_a_covered_wording_stand_the_people_that_it_counts(data):
    found = data.ask("reasons_by_wording", Filters(unit="answer", masked="yes"))
    for row in found.itertuples():
        people = data.ask("reason_people", Filters(unit="answer", masked="yes", key=(row.reason, row.wording)))
        assert len(people) == row.named, row.wording


def test_every_question_that_answers_with_typed_words_is_covered(data):
    from retention.questions import names, question

    telling = [name for name in names() if "wording" in question(name).columns]
    assert telling == ["reasons_by_wording", "reasons_over_time"]
