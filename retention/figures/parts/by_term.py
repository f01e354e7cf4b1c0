"""Rates of monthly and long plans apart: a line for each term, in the same order and colour everywhere."""

from collections.abc import Callable

import pandas as pd

from retention.figures.parts.lines import Line
from retention.texts import Texts

TERMS = ("short", "long", "not_told")


def term_lines(
    answer: pd.DataFrame, rate: str, n: str, texts: Texts, sentence: Callable[[pd.Series], str]
) -> list[Line]:
    """One line per term that occurs; a mark's key is its period and term."""
    return [
        Line(
            texts.word("term", term),
            rows,
            rate,
            "low",
            "high",
            n,
            [sentence(row) for _, row in rows.iterrows()],
            ("term",),
            place,
        )
        for place, term in enumerate(TERMS)
        if len(rows := answer[answer["term"] == term])
    ]


def newest_of_each(answer: pd.DataFrame, rate: str) -> list[pd.Series]:
    """The last settled row of each term."""
    settled = answer[(answer["state"] == "settled") & answer[rate].notna()]
    return [rows.iloc[-1] for term in TERMS if len(rows := settled[settled["term"] == term])]


def begun(words: str) -> str:
    """The same words as a sentence begins."""
    return words[:1].upper() + words[1:]
