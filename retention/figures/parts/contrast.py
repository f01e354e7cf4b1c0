"""Whether shares of groups differ: said only where their 95 % intervals do not meet, each of ten and more."""

import pandas as pd

from retention.figures.parts.theme import ENOUGH, interval
from retention.texts import Texts


def clearest(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series] | None:
    """The two rows of {share, low, high, counted} that lie furthest apart, the higher first; None where all meet."""
    known = rows[(rows["counted"] >= ENOUGH) & rows["share"].notna()]
    if len(known) < 2:
        return None
    high, low = known.loc[known["low"].idxmax()], known.loc[known["high"].idxmin()]
    return (high, low) if high["low"] > low["high"] else None


def contrast(rows: pd.DataFrame, name, texts: Texts) -> str:
    """Monthly 31 % (26–36 %), Annual 12 % (8–17 %): they differ; or that none does; "" where nothing compares."""
    if (rows["counted"] >= ENOUGH).sum() < 2:
        return ""
    found = clearest(rows)
    if found is None:
        return texts("chart.shared.no_contrast")
    high, low = found
    return texts(
        "chart.shared.contrast", one=name(high), other=name(low),
        share_one=texts.percent(high["share"]), interval_one=interval(high["low"], high["high"], texts),
        share_other=texts.percent(low["share"]), interval_other=interval(low["low"], low["high"], texts),
    )
