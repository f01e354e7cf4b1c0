"""Why members say they left: each reason's share of the answers, and how many did not answer."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention.figures.parts.labelled_rows import Rows, bars, dots, hatched
from retention.figures.parts.marks import spoken
from retention.figures.parts.theme import (
    CLEAR,
    ENOUGH,
    GRID,
    INK,
    QUIET,
    interval,
    lost,
    note,
    nothing,
    percent_axis,
    plain,
    scatter,
    tint,
    wrapped,
)
from retention.texts import Texts

SILENT = "no_answer"
SHARES = ["share_of_answers", "low", "high"]


def reason_shares(answer: pd.DataFrame, texts: Texts) -> go.Figure:
    """Draw the answer to reasons: share of answers with interval; no answer as a bar of its own kind."""
    if lost(answer, "share_of_all"):
        return nothing(texts)
    named, silent = parted(answer, texts)
    shown = pd.concat([named, silent])
    names = [plain(texts.word("reason", code)) for code in shown["reason"]]
    rows = Rows(names, [_fact(row, texts) for row in shown.itertuples()])
    hover, keys = [_sentence(row, texts) for row in shown.itertuples()], shown["reason"].to_numpy(str)
    shares, colour = shown[SHARES].to_numpy(float), INK if shown["answered"].iloc[0] >= ENOUGH else QUIET
    unanswered = shown["share_of_all"].where(shown["reason"] == SILENT).to_numpy(float)
    traces = [
        bars(rows, shares[:, 0], keys, hover, tint(colour, 0.3)),
        *dots(rows, shares, keys, hover, [colour] * len(shown)),
        _of_shown(rows, shown, keys, hover, texts),
        hatched(rows, unanswered, keys, hover),
    ]
    reach = float(np.nanmax(np.append(shares, unanswered)))
    axis = percent_axis(min(1.0, max(reach * 1.04, 0.05)), texts) | {"title": note(texts("chart.reason_shares.note"))}
    lines = [_divider(rows, len(named))] if len(silent) and len(named) else []
    return rows.stage(texts, traces, axis, legend=bool(traces[-2]["showlegend"]), shapes=lines)


def parted(answer: pd.DataFrame, texts: Texts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The reasons, most named first (by name where too few answered to rank), and the row without an answer."""
    named, silent = answer[answer["reason"] != SILENT], answer[answer["reason"] == SILENT]
    if len(named) and named["answered"].iloc[0] < ENOUGH:
        return named.sort_values("reason", key=lambda codes: codes.map(lambda code: texts.word("reason", code))), silent
    return named.sort_values("share_of_answers", ascending=False, kind="stable"), silent


def finding(answer: pd.DataFrame, texts: Texts) -> str:
    """Which reason is named most, and whether it is clearly ahead."""
    named, silent = parted(answer, texts) if len(answer) else (answer, answer)
    if named.empty:
        return texts("chart.reason_shares.no_answers", count=int(silent["counted"].iloc[0])) if len(silent) else ""
    first, answered = named.iloc[0], int(named["answered"].iloc[0])
    if answered < ENOUGH:
        return texts("chart.reason_shares.too_few", count=answered)
    second = named.iloc[1] if len(named) > 1 else None
    ahead = second is None or first.low > second.share_of_answers
    return texts(
        "chart.reason_shares.clear" if ahead else "chart.reason_shares.close",
        reason=texts.word("reason", first.reason),
        named=int(first.named),
        answered=answered,
        share=texts.percent(first.share_of_answers, 0),
        interval=_whole(first.low, first.high, texts),
        second="" if second is None else texts.word("reason", second.reason),
        of_second="" if second is None else texts.percent(second.share_of_answers, 0),
    )


def alt(answer: pd.DataFrame, texts: Texts) -> str:
    """The figure in words."""
    if lost(answer, "share_of_all"):
        return texts("chart.shared.nothing")
    named, _ = parted(answer, texts)
    shares = [
        f"{texts.word('reason', row.reason)} {texts.percent(row.share_of_answers, 0)}" for row in named.itertuples()
    ]
    silent = answer.loc[answer["reason"] == SILENT, "share_of_all"]
    return texts(
        "chart.reason_shares.alt",
        count=len(named),
        shares=", ".join(shares) or "–",
        silent=texts.percent(silent.iloc[0] if len(silent) else 0, 0),
    )


def _differs(answer: pd.DataFrame) -> pd.Series:
    """Where the file tells that some who answered were not offered the reason."""
    return answer["shown"].notna() & (answer["shown"] != answer["answered"])


def _of_shown(rows: Rows, shown: pd.DataFrame, keys: np.ndarray, hover: list[str], texts: Texts) -> dict:
    """The share of those who were offered the reason, a diamond beside the dot."""
    share = shown["share_of_shown"].where(_differs(shown)).to_numpy(float)
    return scatter(
        x=share,
        y=rows.places(),
        mode="markers",
        name=texts("chart.reason_shares.of_shown"),
        marker={"symbol": "diamond", "size": 12, "color": CLEAR, "line": {"color": QUIET, "width": 2.5}},
        showlegend=bool(np.isfinite(share).any()),
        **spoken(hover, keys),
    )


def _divider(rows: Rows, named: int) -> dict:
    """What is below this line is a share of all, not of the answers."""
    y = float(rows.ends[named - 1])
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": {"color": GRID, "width": 1}}


def _fact(row: tuple, texts: Texts) -> str:
    if row.reason == SILENT:
        return texts(
            "chart.reason_shares.fact_silent",
            named=int(row.named),
            counted=int(row.counted),
            share=texts.percent(row.share_of_all, 0),
        )
    return texts(
        "chart.reason_shares.fact",
        named=int(row.named),
        count=int(row.answered),
        share=texts.percent(row.share_of_answers, 0),
    )


def _sentence(row: tuple, texts: Texts) -> str:
    reason, of_all = plain(texts.word("reason", row.reason)), texts.percent(row.share_of_all)
    if row.reason == SILENT:
        return wrapped(
            texts(
                "chart.reason_shares.hover_silent",
                named=int(row.named),
                counted=int(row.counted),
                share=of_all,
                interval=interval(row.low_of_all, row.high_of_all, texts),
            )
        )
    return wrapped(
        texts(
            "chart.reason_shares.hover",
            reason=reason,
            named=int(row.named),
            count=int(row.answered),
            of_all=of_all,
            counted=int(row.counted),
            share=texts.percent(row.share_of_answers),
            interval=interval(row.low, row.high, texts),
        )
        + _shown_too(row, texts)
    )


def _shown_too(row: tuple, texts: Texts) -> str:
    if pd.isna(row.shown) or row.shown == row.answered:
        return ""
    share = texts.percent(row.share_of_shown)
    between = interval(row.low_of_shown, row.high_of_shown, texts)
    return " " + texts("chart.reason_shares.hover_shown", shown=int(row.shown), share=share, interval=between)


def _whole(low: float, high: float, texts: Texts) -> str:
    return f"{texts.number(low * 100)}–{texts.percent(high, 0)}"
