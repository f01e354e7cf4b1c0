"""What segments of requests are called: channels and weekdays in the reader's words, the owner's own as they are."""

import re

import pandas as pd

from retention.texts import Texts


def segment_name(segment: str, texts: Texts) -> str:
    """Self-service, Tuesday, Oct 2026, or a plan."""
    if segment == "(all)":
        return texts("filter.request_by.all")
    if re.fullmatch(r"[1-7]", segment):
        return texts.word("weekday", segment)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", segment):
        return texts.period(pd.Timestamp(segment))
    return texts.word("channel", segment)


def newest_first(answer: pd.DataFrame, most: int = 18) -> pd.DataFrame:
    """Periods from the newest, no more than can be read; other segments as they come."""
    segments = answer["segment"].drop_duplicates().astype(str)
    if not len(segments) or not segments.str.fullmatch(r"\d{4}-\d{2}-\d{2}").all():
        return answer
    shown = sorted(segments, reverse=True)[:most]
    ranked = answer[answer["segment"].isin(shown)]
    return ranked.sort_values("segment", ascending=False, kind="stable")
