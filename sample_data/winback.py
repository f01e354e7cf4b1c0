"""Messages to those who left: waves by campaign and arm, and who comes back, with a message or without one."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import floor

from calendar_days import days_after, first_of, in_month, some_day
from membership import Membership
from people import Leaving
from story import (
    AS_OF,
    CAMPAIGNS,
    FOLLOW_UP,
    LATE_RETURN,
    NATURAL_RETURN,
    QUICK_RETURN,
    SHORTEST_ABSENCE,
    WAVE_DAY,
    WAVES_FROM,
    WINBACK_DAYS,
)

LONGEST_ABSENCE = 180  # who has been away for longer is not written to any more
FOLLOW_UP_AFTER = 2  # waves


@dataclass(eq=False)
class Message:
    """One message, or one leaver held out."""

    leaving: Leaving
    campaign: str
    arm: str
    incentive: str
    assigned_at: datetime
    returns_on: date | None
    follow_up: bool = False
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    opened_at: datetime | None = None
    clicked_at: datetime | None = None
    replied_at: datetime | None = None
    unsubscribed_at: datetime | None = None


class Winback:
    """Sends the waves of a site and settles who returns."""

    def __init__(self, site: Membership) -> None:
        self.site, self.rng = site, site.rng
        self.messages: list[Message] = []
        self.assigned: Counter = Counter()
        self.converted: Counter = Counter()

    def send(self, index: int) -> None:
        """This month's wave: each leaver who may be written to goes into one arm of one campaign."""
        if index < WAVES_FROM:
            return
        day = in_month(WAVE_DAY, index)
        waiting = [leaving for leaving in self.site.leavings if self.may_be_written_to(leaving, day)]
        self.rng.shuffle(waiting)
        size = len(waiting)
        for campaign in CAMPAIGNS:
            count = self.site.quota(f"wave {campaign[:2]}", size * campaign[3])
            group, waiting = waiting[:count], waiting[count:]
            self.assign(group, campaign, day)
        self.follow_up(day, in_month(WAVE_DAY, index - FOLLOW_UP_AFTER))

    def may_be_written_to(self, leaving: Leaving, day: date) -> bool:
        away = (day - leaving.ended_on).days
        return (
            SHORTEST_ABSENCE <= away <= LONGEST_ABSENCE
            and leaving.assigned_on is None
            and leaving.returns_on is None
            and leaving is leaving.subscription.member.leavings[0]
            and leaving.subscription.member.no_contact_since is None
        )

    def assign(self, group: list[Leaving], campaign: tuple, day: date, follow_up: bool = False) -> None:
        """Exactly the story's share of each arm returns in time, whoever it is."""
        name, arm, incentive, _, rate = campaign
        key = (name, arm, follow_up)
        self.assigned[key] += len(group)
        returning = floor(self.assigned[key] * rate + 0.5) - self.converted[key]
        self.converted[key] += returning
        for place, leaving in enumerate(group):
            leaving.assigned_on = day
            if place < returning:
                self.site.expect(leaving, days_after(day, self.days_until_return(arm)))
            elif not follow_up and self.rng.random() < LATE_RETURN:
                self.site.expect(leaving, days_after(day, self.rng.randint(WINBACK_DAYS + 1, 170)))
            minute = timedelta(hours=10, minutes=self.rng.randint(0, 50))
            moment = datetime(day.year, day.month, day.day) + minute
            message = Message(leaving, name, arm, incentive, moment, leaving.returns_on, follow_up)
            self.messages.append(message)
            if arm == "treated":
                self.fate_of(message)

    def days_until_return(self, arm: str) -> int:
        """Soon after a message; evenly where there was none."""
        drawn = self.rng.random()
        return 3 + floor(85 * (drawn * drawn if arm == "treated" else drawn))

    def follow_up(self, day: date, earlier: date) -> None:
        """Those who left a first message without incentive unanswered are asked for the reason."""
        silent = [
            message.leaving
            for message in self.messages
            if message.assigned_at.date() == earlier
            and message.incentive in ("none", "free_content")
            and message.leaving.returns_on is None
            and message.leaving.subscription.member.no_contact_since is None
        ]
        count = self.site.quota("follow up", len(silent) * FOLLOW_UP[3])
        self.assign(self.rng.sample(silent, min(count, len(silent))), FOLLOW_UP, day, follow_up=True)

    def return_by_themselves(self, index: int) -> None:
        """Of last month's new leavers some come back before any message, and, before there were any, later too."""
        for leaving in self.site.leavings:
            if not first_of(index) <= leaving.ended_on < first_of(index + 1):
                continue
            earliest = max(days_after(leaving.ended_on, SHORTEST_ABSENCE), first_of(index + 1))
            later = 1 if days_after(leaving.ended_on, SHORTEST_ABSENCE) <= in_month(WAVE_DAY, index + 1) else 2
            before_the_wave = days_after(in_month(WAVE_DAY, index + later), -1)
            drawn = self.rng.random()
            if drawn < QUICK_RETURN and earliest <= before_the_wave:
                self.site.expect(leaving, some_day(self.rng, earliest, before_the_wave))
            elif drawn < NATURAL_RETURN:
                day = max(earliest, days_after(leaving.ended_on, self.rng.randint(20, 150)))
                if day < in_month(WAVE_DAY, WAVES_FROM):
                    self.site.expect(leaving, day)

    def fate_of(self, message: Message) -> None:
        """Delivered, opened, clicked, answered; all of it before the return, if there is one."""
        rng, returned = self.rng, message.returns_on is not None and message.returns_on <= AS_OF
        message.sent_at = message.assigned_at + timedelta(minutes=rng.randint(1, 9))
        if rng.random() > 0.975 and not returned:
            return
        message.delivered_at = message.sent_at + timedelta(minutes=rng.randint(0, 3))
        if rng.random() > (0.9 if returned else 0.46):
            return
        message.opened_at = message.delivered_at + timedelta(minutes=rng.randint(5, 2400))
        if rng.random() < (0.8 if returned else 0.2):
            message.clicked_at = message.opened_at + timedelta(minutes=rng.randint(1, 30))
        if rng.random() < (0.35 if message.incentive == "feedback_request" else 0.05):
            message.replied_at = message.opened_at + timedelta(minutes=rng.randint(3, 900))
        elif not returned and rng.random() < 0.035:
            message.unsubscribed_at = message.opened_at + timedelta(minutes=rng.randint(1, 9))
            message.leaving.subscription.member.no_contact_since = message.unsubscribed_at.date()
