"""Shares as a list of rows: how many of how many, the share as a bar, its interval, grey where too few."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import Rows, bars, dots
from retention.figures.parts.theme import ENOUGH, INK, QUIET, interval, note, percent_axis, safe, tint, wrapped
from retention.texts import Texts

SHARES = ["share", "low", "high"]


def share_rows(
    answer: pd.DataFrame, names: list[str], keys: np.ndarray, texts: Texts, said: str, facts: list[str] | None = None
) -> go.Figure:
    """Draw rows of hits, counted, share, low, high; `said` stands under the axis, `facts` beside the names.

    The names are escaped here.
    """
    names = [safe(name) for name in names]
    rows = Rows(names, facts or [_fact(row, texts) for row in answer.itertuples()])
    shares, hover = answer[SHARES].to_numpy(float), sentences(answer, names, texts)
    colours = np.where(answer["counted"] >= ENOUGH, INK, QUIET).tolist()
    traces = [
        bars(rows, shares[:, 0], keys, hover, [tint(colour, 0.3) for colour in colours]),
        *dots(rows, shares, keys, hover, colours),
    ]
    top = float(np.nanmax(shares[:, 2])) if np.isfinite(shares[:, 2]).any() else 0.1
    return rows.stage(texts, traces, percent_axis(min(1.0, max(top * 1.04, 0.05)), texts) | {"title": note(said)})


def sentences(answer: pd.DataFrame, names: list[str], texts: Texts) -> list[str]:
    """What each row says when pointed at."""
    return [
        wrapped(
            texts(
                "chart.shared.share_hover",
                name=name,
                hits=int(row.hits),
                count=int(row.counted),
                share=texts.percent(row.share),
                interval=interval(row.low, row.high, texts) if row.counted else "–",
            )
        )
        for name, row in zip(names, answer.itertuples(), strict=True)
    ]


def told(answer: pd.DataFrame, names: list[str], texts: Texts) -> str:
    """All rows in words: name and share."""
    return "; ".join(
        f"{name} {texts.percent(share)}" for name, share in zip(names, answer["share"], strict=True) if share == share
    )


def _fact(row: tuple, texts: Texts) -> str:
    if not row.counted:
        return texts("fact.unknown")
    return texts(
        "chart.shared.share_fact", hits=int(row.hits), count=int(row.counted), share=texts.percent(row.share)
    )
