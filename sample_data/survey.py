"""The exit survey: who was asked, who answered, and what they named and wrote."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import words
from calendar_days import days_after
from farewell import LAST_MOMENT, Farewell, is_slow
from people import Leaving, Member, weighted
from story import AS_OF, PRICE_ANNOUNCED_ON, PRICE_RISE_ON, REWORDED_ON

ASKED = {"voluntary": 0.93, "involuntary": 0.45, "unknown": 0.3}
ANSWERED = {"voluntary": 0.59, "involuntary": 0.27, "unknown": 0.3}
JUNK_SHARE = 0.06
COMMENTED = 0.6
SECOND_REASON = 0.22
SATISFACTION = {True: (2, 5, 18, 40, 35), False: (14, 22, 30, 24, 10)}


@dataclass(eq=False)
class Answer:
    """An invitation to the exit survey, and what came of it."""

    member: Member
    asked_at: datetime
    answered_at: datetime | None = None
    reasons: tuple[str, ...] = ()
    comment: str = ""
    satisfaction: int | None = None
    would_return: bool | None = None


class Survey:
    """All invitations to the exit survey."""

    def __init__(self, farewell: Farewell, rng: Random) -> None:
        self.farewell, self.site, self.rng = farewell, farewell.site, rng
        self.answers: list[Answer] = []
        self.run()

    def run(self) -> None:
        for made in self.farewell.requests:
            if made.outcome == "cancelled" and made.done_at and self.rng.random() < ASKED["voluntary"]:
                self.invite(made.member, made.done_at + timedelta(minutes=self.rng.randint(1, 30)), "voluntary")
        for leaving in self.site.leavings:
            cause = leaving.subscription.cause
            if cause != "voluntary" and self.rng.random() < ASKED[cause] and leaving.ended_on < AS_OF:
                self.invite(leaving.subscription.member, self.morning_after(leaving), cause)

    def morning_after(self, leaving: Leaving) -> datetime:
        return datetime.combine(days_after(leaving.ended_on, 1), datetime.min.time()) + timedelta(hours=9)

    def invite(self, member: Member, asked_at: datetime, cause: str) -> None:
        if asked_at > LAST_MOMENT:
            return
        given = Answer(member, asked_at)
        self.answers.append(given)
        minutes = self.rng.randint(2, 45) if self.rng.random() < 0.7 else self.rng.randint(300, 9000)
        answered_at = asked_at + timedelta(minutes=minutes)
        if self.rng.random() < ANSWERED[cause] and answered_at <= LAST_MOMENT:
            given.answered_at = answered_at
            self.fill_in(given, cause)

    def fill_in(self, given: Answer, cause: str) -> None:
        if self.rng.random() < JUNK_SHARE:
            given.comment = self.rng.choice(words.JUNK)
            return
        weights = self.reason_weights(given.asked_at, cause)
        first = weighted(self.rng, weights)
        second = weighted(self.rng, weights) if self.rng.random() < SECOND_REASON else first
        given.reasons = (first,) if second == first else (first, second)
        if self.rng.random() < COMMENTED:
            given.comment = self.comment(given, first)
        happy = first in ("finished", "break", "life_change", "not_using")
        given.satisfaction = self.rng.choices((1, 2, 3, 4, 5), weights=SATISFACTION[happy])[0]
        given.would_return = self.rng.random() < (0.62 if happy else 0.3)

    def reason_weights(self, asked_at: datetime, cause: str) -> dict[str, float]:
        weights = dict(words.REASON_WEIGHTS)
        if PRICE_ANNOUNCED_ON <= asked_at.date() <= date(2025, 4, 30) and cause == "voluntary":
            weights["price"] *= 6
        if is_slow(asked_at):
            weights["service"] *= 6
        for reason in words.REASON_WEIGHTS:
            if reason not in shown_on(asked_at.date()):
                del weights[reason]
        return weights

    def comment(self, given: Answer, reason: str) -> str:
        language = given.member.language
        sentences = words.COMMENTS[language]
        if reason == "price" and given.asked_at.date() >= PRICE_ANNOUNCED_ON:
            soon = given.asked_at.date() < days_after(PRICE_RISE_ON, 120)
            reason = "price_rise" if soon and self.rng.random() < 0.8 else "price"
        if reason == "service" and is_slow(given.asked_at):
            reason = "slow_reply"
        parts = (words.OPENERS[language], sentences[reason], words.CLOSERS[language])
        return "".join(self.rng.choice(part) for part in parts).format(
            teacher=self.rng.choice(words.TEACHERS),
            topic=self.rng.choice(words.TOPICS[language]),
            phone=self.rng.choice(words.PHONES[language]),
            first=given.member.name.split()[0],
            name=given.member.name,
        )


def shown_on(day: date) -> tuple[str, ...]:
    """The reasons offered: one was added when the survey was reworked."""
    return tuple(reason for reason in words.REASON_WEIGHTS if reason != "life_change" or day >= REWORDED_ON)
