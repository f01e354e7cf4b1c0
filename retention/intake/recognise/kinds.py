"""The kinds of tables a file can fill: the columns that are read for each, and what a row cannot do without."""

from dataclasses import dataclass

MEMBER = {"email": "varchar", "own_id": "varchar", "left_out": "varchar"}
PERSON = {"name": "varchar", "first_name": "varchar", "last_name": "varchar", "source": "varchar", "country": "varchar"}
ANSWER = {"reasons": "varchar", "wording": "varchar", "comment": "varchar"}


@dataclass(frozen=True)
class Kind:
    """One kind of file: its columns while being read, the moment each row needs, which moments happened."""

    columns: dict[str, str]
    required: str | None
    missing: str
    happened: tuple[str, ...]


KINDS = {
    "subscriptions": Kind(
        {
            **MEMBER, **PERSON, **ANSWER,
            "subscription_id": "varchar", "plan": "varchar", "interval_unit": "varchar", "interval_count": "integer",
            "term_count": "integer", "price": "double", "mrr": "double", "quantity": "double", "currency": "varchar",
            "status": "varchar", "status_raw": "varchar", "paid_word": "varchar", "started_on": "date",
            "trial_ends_on": "date", "trial_days": "integer", "is_trial": "boolean", "expires_on": "date",
            "cut": "boolean", "cancel_requested_at": "timestamp", "end_given": "date", "last_charge_on": "date",
            "seen_on": "date", "cause_given": "varchar", "ended_basis": "varchar", "switched": "boolean",
            "switched_to": "varchar",
        },
        "started_on", "start_missing",
        ("started_on", "cancel_requested_at", "end_given", "last_charge_on", "seen_on"),
    ),
    "members": Kind(
        {**MEMBER, **PERSON, "joined_on": "date", "tags": "varchar", "no_contact_since": "date", "seen_on": "date"},
        None, "", ("joined_on", "no_contact_since", "seen_on"),
    ),
    "pauses": Kind(
        {**MEMBER, "subscription_id": "varchar", "paused_on": "date", "resumed_on": "date"},
        "paused_on", "moment_missing", ("paused_on", "resumed_on"),
    ),
    "cancellations": Kind(
        {
            **MEMBER, "cancellation_id": "varchar", "requested_at": "timestamp", "first_reply_at": "timestamp",
            "done_at": "timestamp", "channel": "varchar", "contacts": "integer", "outcome": "varchar",
            "offer": "varchar", "offer_accepted": "boolean", "offer_ended_on": "date", "handling_rating": "integer",
            "heat": "varchar", "heat_outcome": "varchar",
        },
        "requested_at", "moment_missing", ("requested_at", "first_reply_at", "done_at"),
    ),
    "survey_answers": Kind(
        {
            **MEMBER, **ANSWER, "answer_id": "varchar", "asked_at": "timestamp", "answered_at": "timestamp",
            "satisfaction": "integer", "would_return": "boolean", "shown_reasons": "varchar",
        },
        None, "", ("asked_at", "answered_at"),
    ),
    "outreach": Kind(
        {
            **MEMBER, "message_id": "varchar", "campaign": "varchar", "arm": "varchar", "assigned_at": "timestamp",
            "incentive": "varchar", "incentive_cost": "double", "incentive_ends_on": "date", "channel": "varchar",
            "sent_at": "timestamp", "delivered_at": "timestamp", "opened_at": "timestamp", "clicked_at": "timestamp",
            "replied_at": "timestamp", "unsubscribed_at": "timestamp", "cost": "double", "reported_returned_on": "date",
        },
        "coalesce(sent_at, assigned_at)", "moment_missing",
        ("assigned_at", "sent_at", "opened_at", "clicked_at", "replied_at", "unsubscribed_at", "reported_returned_on"),
    ),
    "payments": Kind(
        {
            **MEMBER, "subscription_id": "varchar", "payment_id": "varchar", "paid_at": "timestamp", "amount": "double",
            "refunded": "double", "currency": "varchar", "status": "varchar",
        },
        "paid_at", "moment_missing", ("paid_at",),
    ),
}
