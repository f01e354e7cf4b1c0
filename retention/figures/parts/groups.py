"""What a group of leavers is called, whatever they were grouped by."""

import pandas as pd

from retention.figures.parts.theme import short
from retention.texts import Texts

ALL = "(all)"


def group_word(grouped_by: str, segment: str, texts: Texts) -> str:
    """Our codes in the reader's words, the owner's words as they are."""
    return texts("group.all") if segment == ALL else texts.word(grouped_by, segment)


def group_names(answer: pd.DataFrame, texts: Texts) -> list[str]:
    """The name of each row's segment, not escaped."""
    return [
        short(group_word(kind, segment, texts))
        for kind, segment in zip(answer["grouped_by"], answer["segment"], strict=True)
    ]
