"""A table on its way into a file that a spreadsheet opens."""

import csv
import io
import re

import pandas as pd

_BEGIN_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# what a spreadsheet may drop before it looks at the first sign
_UNSEEN = " \t\r\n\v\f\0\u00a0\u200b\u200c\u200d\u2060\ufeff"
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*(e[+-]?\d+)?", re.IGNORECASE)


def neutral(value: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers, -10 too."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    bare = value.lstrip(_UNSEEN)
    return f"'{value}" if bare.startswith(_BEGIN_FORMULA) or value.startswith(("\t", "\r", "\n")) else value


def csv_bytes(answer: pd.DataFrame, german: bool = False) -> bytes:
    """The answer as UTF-8 CSV with BOM, days as ISO, formulas neutralised in cells and headings.

    A `german` one opens in a German spreadsheet with a click: semicolons between, a comma in fractions.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if german else ",", lineterminator="\r\n")
    writer.writerow([neutral(str(name)) for name in answer.columns])
    for row in _plain(answer).itertuples(index=False, name=None):
        writer.writerow([_cell(value, german) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object, german: bool) -> object:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    return str(value).replace(".", ",") if german and isinstance(value, float) else neutral(value)


def _plain(answer: pd.DataFrame) -> pd.DataFrame:
    """Days without a clock time."""
    days = [name for name in answer.columns if pd.api.types.is_datetime64_any_dtype(answer[name])]
    return answer.assign(**{name: answer[name].dt.strftime("%Y-%m-%d") for name in days})
