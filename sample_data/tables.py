"""The files of the sample data, in the template format: one function per table."""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import words
from billing import Charge
from calendar_days import days_after
from closing import Pause
from farewell import Request
from people import Member, Subscription
from story import AS_OF, REWORDED_ON, UNITS
from survey import Answer, shown_on
from winback import Message

CURRENCY = "EUR"
STATUS_WORDS = {
    "active": "Active",
    "trialing": "Trial",
    "past_due": "Payment overdue",
    "paused": "Paused",
    "pending_cancel": "Cancelled, runs out",
    "cancelled": "Cancelled",
    "expired": "Lapsed",
    "never_paid": "Trial not continued",
}
MESSAGE_COST = 0.02
INCENTIVE_COSTS = {"discount": 28.5, "course": 6.0, "free_content": 0.5}
DISCOUNT_DAYS = 91


def cell(value: object) -> str:
    """A day, moment, amount or yes/no as the templates write them; nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def write(file: Path, headings: str, rows: Iterable[tuple]) -> None:
    with open(file, "w", encoding="utf-8", newline="") as opened:
        out = csv.writer(opened, lineterminator="\n")
        out.writerow(headings.split())
        out.writerows([cell(value) for value in row] for row in rows)


def write_members(folder: Path, members: list[Member]) -> None:
    rows = ((m.email, m.name, m.joined_on, m.source, m.country, m.tags, m.no_contact_since) for m in members)
    write(folder / "members.csv", "email name joined_on source country tags no_contact_since", rows)


def write_subscriptions(folder: Path, rows: list[Subscription]) -> None:
    headings = (
        "subscription_id email plan interval_unit interval_count price quantity currency status status_raw started_on "
        "trial_ends_on access_until cancel_requested_at ended_on ended_basis cause switched_to"
    )
    write(folder / "subscriptions.csv", headings, (
        (row.number, row.member.email, row.plan, UNITS[row.plan], 1, row.price, 1, CURRENCY, row.status,
         STATUS_WORDS[row.status], row.started_on, row.trial_ends_on, row.access_until, row.requested_at, row.ended_on,
         row.basis, row.cause, row.switched_to and row.switched_to.number)
        for row in rows
    ))  # fmt: skip


def write_pauses(folder: Path, pauses: list[Pause]) -> None:
    ordered = sorted(pauses, key=lambda pause: (pause.paused_on, pause.subscription.number))
    rows = ((p.subscription.member.email, p.subscription.number, p.paused_on, p.resumed_on) for p in ordered)
    write(folder / "pauses.csv", "email subscription_id paused_on resumed_on", rows)


def write_cancellations(folder: Path, requests: list[Request]) -> None:
    headings = (
        "cancellation_id email requested_at first_reply_at done_at channel contacts outcome offer offer_accepted "
        "offer_ended_on handling_rating heat heat_outcome"
    )
    requests.sort(key=lambda made: (made.requested_at, made.member.email))
    write(folder / "cancellations.csv", headings, (
        (f"C{place:04}", made.member.email, made.requested_at, made.first_reply_at, made.done_at, made.channel,
         made.contacts, made.outcome, made.offer, made.outcome == "saved" if made.offer else None, made.offer_ended_on,
         made.rating, made.heat, made.heat_outcome)
        for place, made in enumerate(requests, start=1)
    ))  # fmt: skip


def wordings(answer: Answer) -> str:
    reworded = answer.asked_at.date() >= REWORDED_ON
    return "; ".join(words.WORDINGS[reason][reworded] for reason in answer.reasons)


def write_survey(folder: Path, answers: list[Answer]) -> None:
    answers.sort(key=lambda answer: (answer.asked_at, answer.member.email))
    headings = "answer_id email asked_at answered_at comment satisfaction would_return shown_reasons reason wording"
    write(folder / "survey_answers.csv", headings, (
        (f"A{place:04}", answer.member.email, answer.asked_at, answer.answered_at, answer.comment, answer.satisfaction,
         answer.would_return, ";".join(shown_on(answer.asked_at.date())), ";".join(answer.reasons), wordings(answer))
        for place, answer in enumerate(answers, start=1)
    ))  # fmt: skip


def incentive_of(message: Message) -> tuple[float | None, date | None]:
    """What the incentive cost, once it was taken, and when it ends."""
    cost = INCENTIVE_COSTS.get(message.incentive)
    returned = message.returns_on is not None and message.returns_on <= AS_OF
    discount = message.incentive == "discount"
    taken = returned or message.clicked_at is not None and not discount
    if cost is None or message.arm == "holdout" or not taken:
        return None, None
    return cost, days_after(message.returns_on, DISCOUNT_DAYS) if discount else None


def write_outreach(folder: Path, messages: list[Message]) -> None:
    headings = (
        "message_id email campaign arm assigned_at incentive incentive_cost incentive_ends_on channel sent_at "
        "delivered_at opened_at clicked_at replied_at unsubscribed_at cost reported_returned_on"
    )
    messages.sort(key=lambda message: (message.assigned_at, message.leaving.subscription.member.email))
    write(folder / "outreach.csv", headings, (
        (f"W{place:04}", message.leaving.subscription.member.email, message.campaign, message.arm, message.assigned_at,
         message.incentive, *incentive_of(message), "email" if message.sent_at else "", message.sent_at,
         message.delivered_at, message.opened_at, message.clicked_at, message.replied_at, message.unsubscribed_at,
         MESSAGE_COST if message.sent_at else None, None)
        for place, message in enumerate(messages, start=1)
    ))  # fmt: skip


def write_payments(folder: Path, charges: list[Charge]) -> None:
    write(folder / "payments.csv", "email subscription_id paid_at amount refunded currency status", (
        (charge.subscription.member.email, charge.subscription.number, charge.paid_at, charge.amount, charge.refunded,
         CURRENCY, charge.status)
        for charge in charges
    ))  # fmt: skip
