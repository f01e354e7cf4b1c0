"""Time as periods: their names, their place on a date axis that fits a phone, and which of them counts last."""

import numpy as np
import pandas as pd

from retention.texts import Texts

DAYS = {"week": 7.0, "month": 30.4, "quarter": 91.3, "year": 365.25}
STRIDES = {"week": (1, 2, 4, 8, 13, 26, 52), "month": (1, 2, 3, 6, 12, 24), "quarter": (1, 2, 4, 8), "year": (1, 2, 5)}
FEWEST = 6  # periods: fewer do not fill the page
MONTHS = {"month": 1, "quarter": 3, "year": 12}
MOST_TICKS = {"week": 7, "month": 9, "quarter": 9, "year": 9}


def starts_of(answer: pd.DataFrame) -> pd.Series:
    """First day of each row's period."""
    starts = answer["period_start"]
    return starts if starts.dtype.kind == "M" else pd.to_datetime(starts)


def keys_of(answer: pd.DataFrame) -> np.ndarray:
    """What a click hands back: the period's first day in ISO form."""
    return np.datetime_as_string(starts_of(answer).to_numpy(), unit="D")


def grain_of(answer: pd.DataFrame) -> str:
    """week, month, quarter or year, read off the nearest two starts, or off the only period's length."""
    starts = np.unique(starts_of(answer).to_numpy().astype("datetime64[D]"))
    if len(starts) > 1:
        days = np.diff(starts).min().astype(int)
    elif "last_day" in answer and len(starts):
        days = (pd.to_datetime(answer["last_day"]).iloc[0] - pd.Timestamp(starts[0])).days + 1
    else:
        days = 30
    if days < 8:
        # A month that has just begun is as short as a week.
        return "week" if len(starts) > 1 or pd.Timestamp(starts[0]).day != 1 else "month"
    return "month" if days < 32 else "quarter" if days < 93 else "year"


def name(start: pd.Timestamp, grain: str, texts: Texts) -> str:
    """September 2026; other periods as the texts name them."""
    if grain == "month":
        return texts.day(start).split(" ", 1)[1]  # the day's long form, without the 1
    return texts.period(start, grain)


def within(start: pd.Timestamp, grain: str, texts: Texts) -> str:
    """In September 2026, as a sentence begins."""
    return texts(f"chart.shared.in_{grain}", period=name(start, grain, texts))


def half(grain: str) -> np.timedelta64:
    """Half a period: from a mark to the edge of its period."""
    return np.timedelta64(int(DAYS[grain] * 12 * 3600), "s")


def edges(answer: pd.DataFrame, grain: str) -> tuple[np.ndarray, np.ndarray]:
    """Left and right edge of each period around its mark, without gaps."""
    left = starts_of(answer).to_numpy(dtype="datetime64[s]") - half(grain)
    return left, np.append(left[1:], left[-1:] + 2 * half(grain))


def axis(answer: pd.DataFrame, texts: Texts) -> dict:
    """The date axis of an answer: the same for every figure of the same answer, few ticks, years under them."""
    grain, starts = grain_of(answer), starts_of(answer).drop_duplicates().sort_values().reset_index(drop=True)
    ticks = _ticks(starts, grain)
    air = half(grain) * max(1.1, FEWEST - len(starts))  # one period alone is not as wide as the page
    return {
        "type": "date",
        "showgrid": False,
        "tickmode": "array",
        "tickvals": ticks.dt.strftime("%Y-%m-%d").tolist(),
        "ticktext": _ticktext(ticks, grain, texts),
        "range": [edge.isoformat() for edge in (starts.iloc[0] - air, starts.iloc[-1] + air)],
    }


def newest_settled(answer: pd.DataFrame, value: str) -> pd.Series | None:
    """The last row that no longer moves and has a value."""
    settled = answer[(answer["state"] == "settled") & answer[value].notna()]
    return None if settled.empty else settled.iloc[-1]


def _ticks(starts: pd.Series, grain: str) -> pd.Series:
    """As few as fit a phone, at the same places of each year."""
    days = starts.to_numpy(dtype="datetime64[D]")
    months = days.astype("datetime64[M]").astype(int)
    mondays = (days - np.datetime64("2000-01-03")).astype(int) // 7
    order = mondays if grain == "week" else months // MONTHS[grain]
    for stride in STRIDES[grain]:
        kept = order % stride == 0
        if kept.sum() <= MOST_TICKS[grain]:
            break
    return starts[kept] if kept.any() else starts.iloc[:1]


def _ticktext(ticks: pd.Series, grain: str, texts: Texts) -> list[str]:
    """Jan / 2026, Apr, Jul: the year stands under the first tick and where it changes."""
    if grain == "year":
        return [texts.period(tick, grain) for tick in ticks]
    labels, year = [], None
    for tick in ticks:
        short, _, of_year = texts.period(tick, "quarter" if grain == "quarter" else "month").rpartition(" ")
        if grain == "week":
            short = texts("chart.shared.day_of_month", day=str(tick.day), month=short)
        labels.append(short if of_year == year else f"{short}<br>{of_year}")
        year = of_year
    return labels
