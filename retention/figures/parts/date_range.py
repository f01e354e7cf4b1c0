"""A range of days in words: a month, several months, or from day to day."""

import pandas as pd

from retention.texts import Texts


def span(first: pd.Timestamp, last: pd.Timestamp, texts: Texts) -> str:
    """Aug 2026; Dec 2025 – Feb 2026; 3 Aug 2026 – 9 Aug 2026."""
    first, last = pd.Timestamp(first), pd.Timestamp(last)
    whole = first.day == 1 and (last + pd.Timedelta(days=1)).day == 1
    ends = [texts.period(day) if whole else texts.day(day) for day in (first, last)]
    return ends[0] if whole and first.to_period("M") == last.to_period("M") else " – ".join(ends)
