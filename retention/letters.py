"""Letters to those who left: a draft with merge fields, filled for one person, nothing left over that is not known."""

import re

LETTERS = ("valued", "welcome_back", "help_offered", "feedback_asked", "offer_ends", "still_here", "card_failed")
# the letter that each to-do list begins with
BEGINS_WITH = {
    "never_contacted": "valued",
    "ask_again": "feedback_asked",
    "late_requests": "help_offered",
    "offer_ends": "offer_ends",
    "paid_up": "still_here",
    "card_to_update": "card_failed",
}
_FIELD = re.compile(r"\{(\w+)\}")
_SENTENCES = re.compile(r"(?<=[.!?])\s+")


def filled(draft: str, fields: dict[str, object]) -> str:
    """The draft for one person; a name that is not known leaves the greeting without one, and a sentence that needs
    another unknown field is left out, so that nobody reads of an offer that there is not."""
    known = {name: str(value).strip() for name, value in fields.items() if _is_known(value)}
    lines = [_line(line, known) for line in draft.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def with_offer(draft: str, incentive: str, sender: str) -> str:
    """The draft with the offer and the signature put in; the merge fields stay for the mail tool."""
    given = {"incentive": incentive, "sender": sender}
    others = {name: f"{{{name}}}" for name in _FIELD.findall(draft) if name not in given}
    return filled(draft, {**others, **given})


def _line(line: str, known: dict[str, str]) -> str:
    greeting = re.sub(r"\s+\{first_name\}", "", line) if "first_name" not in known else line
    kept = [part for part in _SENTENCES.split(greeting) if all(name in known for name in _FIELD.findall(part))]
    return _FIELD.sub(lambda field: known[field[1]], " ".join(kept))


def _is_known(value: object) -> bool:
    return value is not None and value == value and str(value).strip() != ""
