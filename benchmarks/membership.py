"""Invents a large membership site as canonical Parquet files: the same rows for the same size and seed."""

import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

AS_OF = date(2025, 12, 31)
DAYS = 3653  # ten years
PLANS = np.array(["Monthly", "Annual", "Basic"], dtype=object)
UNITS = np.array(["month", "year", "month"], dtype=object)
PRICES = np.array([19.0, 190.0, 9.0])
STAY = np.array([650.0, 1500.0, 900.0])  # mean days; chosen so that about 60 % have ended
SOURCES = np.array(["search", "podcast", "friend", "newsletter", "fair", None], dtype=object)
CAUSES = np.array(["voluntary", "involuntary", "unknown"], dtype=object)
REASONS = np.array(["price", "not_using", "content", "missing_topic", "difficulty", "switched",
                    "service", "finished", "break", "life_change", "other"], dtype=object)
INCENTIVES = np.array(["none", "discount", "course", "free_content"], dtype=object)


def write(folder: Path, subscriptions: int, seed: int = 20251231) -> None:
    """Write <table>.parquet for a site of so many subscriptions, four fifths as many members."""
    random = np.random.default_rng(seed)
    members = subscriptions * 4 // 5
    rows = _subscriptions(random, members, subscriptions)
    gone = rows[rows.ended.notna() & rows.switched_to.isna()]
    tables = {
        "imports": pd.DataFrame({"import_id": [1], "file_name": ["generated"], "as_of": [AS_OF]}),
        "members": _members(random, members),
        "subscriptions": rows.assign(started_on=_days(rows.started), ended_on=_days(rows.ended)),
        "cancellations": _cancellations(gone[gone.cause == "voluntary"]),
        **_answers(random, gone),
        "outreach": _messages(random, gone),
    }
    for name, table in tables.items():
        numbered = table.drop(columns=["started", "ended", "number"], errors="ignore")
        if name != "imports":
            numbered = numbered.assign(import_id=1, source_row=np.arange(2, len(table) + 2))
        numbered.to_parquet(folder / f"{name}.parquet", index=False)


def _subscriptions(random, members: int, total: int) -> pd.DataFrame:
    """Everybody's first one, then later ones after an end: six of ten a switch on the day, four a return."""
    rounds = [_round(random, np.arange(members), (DAYS * np.sqrt(random.random(members))).astype(int))]
    for share in (0.8, 0.2):
        before = rounds[-1]
        places, started = _followed(random, before, round((total - members) * share))
        following = _round(random, before.number.to_numpy()[places], started)
        following.index += before.index[-1] + 1
        names = pd.Series("s" + following.index.astype(str), index=before.index[places])
        before["switched_to"] = names[started == before.ended.to_numpy()[places]].reindex(before.index)
        rounds.append(following)
    rows = pd.concat(rounds)
    return rows.assign(subscription_id="s" + rows.index.astype(str), member_id="m" + rows.number.astype(str))


def _followed(random, before: pd.DataFrame, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Places of ended subscriptions that another one follows, and the day on which that one starts."""
    ended = np.flatnonzero(before.ended.notna())
    gap = np.where(random.random(len(ended)) < 0.6, 0, 1 + random.exponential(120, len(ended)))
    started = (before.ended.to_numpy()[ended] + gap).astype(int)
    chosen = random.choice(np.flatnonzero(started <= DAYS), count, replace=False)
    return ended[chosen], started[chosen]


def _round(random, number: np.ndarray, started: np.ndarray) -> pd.DataFrame:
    """One subscription for each member number; what would end after the last day still runs."""
    count = len(number)
    plan = random.choice(3, count, p=[0.55, 0.25, 0.2])
    ended = started + 1 + random.exponential(STAY[plan]).astype(int)
    running = ended > DAYS
    return pd.DataFrame({
        "number": number, "started": started.astype(float), "ended": np.where(running, np.nan, ended),
        "plan": PLANS[plan], "interval_unit": UNITS[plan], "interval_count": 1, "price": PRICES[plan],
        "quantity": 1.0, "currency": "EUR", "status": np.where(running, "active", "cancelled").astype(object),
        "ended_basis": np.where(running, None, "exported"),
        "cause": np.where(running, None, CAUSES[random.choice(3, count, p=[0.65, 0.25, 0.1])]),
    })


def _members(random, members: int) -> pd.DataFrame:
    number = pd.Series(np.arange(members)).astype(str)
    return pd.DataFrame({
        "member_id": "m" + number, "email_norm": "m" + number + "@example.org", "name": "Member " + number,
        "source": SOURCES[random.choice(6, members)], "country": "DE",
    })


def _cancellations(asked: pd.DataFrame) -> pd.DataFrame:
    """A request of every other member who wanted to leave, ten days before the end."""
    half = asked.iloc[::2]
    return pd.DataFrame({
        "cancellation_id": "c" + half.subscription_id, "member_id": half.member_id,
        "requested_at": _days(half.ended - 10), "outcome": "cancelled",
    })


def _answers(random, gone: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Half of the leavers are asked, four of five of these answer, with one reason or two."""
    asked = gone[random.random(len(gone)) < 0.5]
    said = random.random(len(asked)) < 0.8
    day = _days(asked.ended + random.integers(-3, 11, len(asked)))
    words = np.where(random.random(len(asked)) < 0.1, "n/a", "It was fine, but no longer for me")
    answers = pd.DataFrame({
        "answer_id": "a" + asked.subscription_id, "member_id": asked.member_id, "asked_at": day,
        "answered_at": day.where(said), "comment": pd.Series(words, index=asked.index).where(said),
    })
    named = answers.answer_id[said & (random.random(len(asked)) < 0.95)]
    first = random.choice(len(REASONS), len(named))
    both = random.random(len(named)) < 0.3
    second = (first + random.integers(1, len(REASONS), len(named))) % len(REASONS)
    reasons = pd.DataFrame({
        "answer_id": np.concatenate([named, named[both]]), "reason": REASONS[np.concatenate([first, second[both]])],
    })
    return {"survey_answers": answers, "answer_reasons": reasons.assign(wording="option " + reasons.reason)}


def _messages(random, gone: pd.DataFrame) -> pd.DataFrame:
    """One in four leavers gets a message, or is held out, within four months."""
    chosen = gone[random.random(len(gone)) < 0.25]
    held = random.random(len(chosen)) < 0.2
    sent = _days(chosen.ended + random.integers(1, 120, len(chosen)))
    return pd.DataFrame({
        "message_id": "w" + chosen.subscription_id, "member_id": chosen.member_id, "campaign": "comeback",
        "arm": np.where(held, "holdout", "treated"), "assigned_at": sent, "sent_at": sent.where(~held),
        "incentive": INCENTIVES[random.choice(4, len(chosen))],
    })


def _days(number: pd.Series) -> pd.Series:
    """Days since the site opened, as days of the calendar, none after the last."""
    return pd.Timestamp(AS_OF) + pd.to_timedelta(np.minimum(number, DAYS) - DAYS, unit="D")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
