"""What a viewer may ask: numbers and covered comments, nothing about one person."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from retention.filters import Filters
from retention.masking import Masker
from retention.questions import question
from retention.texts import LANGUAGES
from retention.themes import built_in, rules_of

# Columns that say who somebody is, and what they wrote.
PERSONAL = frozenset(("member", "name", "first_name", "email", "member_id", "comment"))
_MASKER = Masker(())
COMMENTS = ("comments", "theme_comments")  # what members wrote; viewers read it covered and without its writers


def is_about_persons(name: str) -> bool:
    """Does an answer to this question hold rows about single persons?"""
    asked = question(name)
    return bool(PERSONAL & asked.columns.keys()) or "member" in asked.parameters


def lists_persons(name: str) -> bool:
    """Is it a question that no viewer gets an answer to?"""
    return name not in COMMENTS and is_about_persons(name)


def for_viewer(filters: Filters) -> Filters:
    """The same filters with names hidden; words are not searched for, since a match would say what is covered."""
    themes = filters.themes if filters.themes in [rules_of(built_in(), language) for language in LANGUAGES] else ()
    return replace(filters, masked="yes", uncovered="no", member="", words="", themes=themes)


def without_persons(answer: pd.DataFrame) -> pd.DataFrame:
    """The same rows without the columns that say who; what members typed as a reason is covered like a comment."""
    kept = answer.drop(columns=[name for name in answer.columns if name in PERSONAL and name != "comment"])
    return kept.assign(wording=kept["wording"].map(_MASKER.masked)) if "wording" in kept else kept
