"""An answer in the reader's words: codes, counts, shares and days as they stand in a table, on a slide, in a note."""

import re

import pandas as pd

from retention.figures.parts.request_words import segment_name
from retention.filters import LISTS, Filters
from retention.questions import question
from retention.texts import Texts

HIDDEN = ("member", "answer")  # our own numbers: they tell a reader nothing
# Vocabularies of a column's codes, tried in turn; a column of another name is looked up under that name.
WORDS = {
    "offer": ("incentive", "campaign"),
    "detail": ("channel", "incentive"),
    "kind": ("difference", "kind"),
    "rule": ("save_rule",),
    "stage": ("stage", "offer_stage"),
    "outcome": ("outcome", "code.outcome", "not_counted"),
    "verdict": ("verdict", "code.verdict"),
    "reasons": ("reason",),
    "why": ("joined.because", "not_counted"),
    "what": ("joined.kind",),
    "segment": ("group", "tenure", "spell", "price_band", "interval", "cause", "source", "plan"),
    "tenure": ("group", "tenure"),
    "grain": ("adding_up.grain",),
    "grouped_by": ("filter.grouped_by",),
    "offered_by": ("filter.offered_by",),
    "todo": ("filter.todo",),
}
# Codes whose words stand elsewhere.
LABELLED = {"definition": "metric.{}.label", "measure": "measure.{}.label", "page": "page.{}.name"}
OF_REQUESTS = ("request_times", "request_shares", "request_means", "waited_people", "measured_people")
# Fractions of one are shown as percentages, also bounds where all of a column lie within one.
SHARES = (
    "rate|share|reach|weight|conversion|survival|incidence|mix|behaviour|change|lift|waiting|alone|low|high|center|limit|"
    "anyway|most|start|previous|answered|asked"
)
SHARE = re.compile(rf"(^|_)({SHARES})(_|$)")


def in_words(found: pd.DataFrame, texts: Texts, asks: str = "") -> pd.DataFrame:
    """Codes in the reader's words, the owner's own words as they are; what is not known is left empty."""
    words = found.copy()
    for column in words.columns:
        if column == "segment" and asks in OF_REQUESTS:
            words[column] = [segment_name(str(value), texts) for value in words[column]]
        elif words[column].dtype.kind not in "iufbM":
            words[column] = [_worded(value, column, texts) for value in words[column]]
    return words


def is_share(values: pd.Series, column: str) -> bool:
    """Is it a column of fractions?"""
    within = bool((values.dropna().abs() <= 1 + 1e-9).all())
    return within and bool(SHARE.search(column))


def _worded(value: object, column: str, texts: Texts) -> str:
    if value is None or value != value:
        return ""
    return ", ".join(_word(part, column, texts) for part in str(value).split(";")) if column in WORDS else _word(
        str(value), column, texts)


def _word(value: str, column: str, texts: Texts) -> str:
    if column in LABELLED:
        key = LABELLED[column].format(value)
        return texts(key) if texts.has(key) else value
    if value == "(all)":
        return texts("group.all")
    kinds = WORDS.get(column, (column, f"code.{column}"))
    key = next((f"{kind}.{value}" for kind in kinds if texts.has(f"{kind}.{value}")), None)
    return texts(key) if key else value


def as_texts(found: pd.DataFrame, texts: Texts, asks: str = "") -> tuple[list[str], list[list[str]]]:
    """Headings and rows as a reader sees them, our own numbers of members left out."""
    columns = [name for name in found.columns if name not in HIDDEN]
    words = in_words(found[columns], texts, asks)
    cells = [[_cell(value, found[name], name, texts) for value in words[name]] for name in columns]
    return [texts.word("column", name) for name in columns], [list(row) for row in zip(*cells, strict=True)]


def observations(texts: Texts, answer: pd.DataFrame, n: str | None) -> str:
    """n, or its span where each mark has its own."""
    counts = answer[n][answer[n] > 0] if n else pd.Series(dtype=float)
    if counts.empty:
        return ""
    low, high = int(counts.min()), int(counts.max())
    return texts("frame.n", n=high) if low == high else texts("frame.n_span", low=low, high=high)


def filters_said(filters: Filters, asks: str, texts: Texts) -> str:
    """Which of the filters that a question takes are set, in words; its grain in any case."""
    taken = question(asks).parameters
    said = [texts(f"filter.grain.{filters.grain}")] if "grain" in taken else []
    for name in ("first_day", "last_day"):
        if name in taken and getattr(filters, name):
            said.append(texts(f"filter.{name}.chosen", day=getattr(filters, name)))
    said += [texts.word(name, value) for name in LISTS if name in taken for value in getattr(filters, name)]
    return ", ".join(said) or texts("filter.all")


def _cell(value: object, values: pd.Series, column: str, texts: Texts) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if values.dtype.kind == "M":
        return value.strftime("%d.%m.%Y" if texts.language == "de" else "%Y-%m-%d")
    if values.dtype.kind == "b":
        return "✓" if value else ""
    if values.dtype.kind == "f":
        return texts.percent(value) if is_share(values, column) else texts.number(value, 2)
    return texts.number(value) if values.dtype.kind in "iu" else str(value)
