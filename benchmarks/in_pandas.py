"""The peer in pandas: the same counting by days and sums over DataFrames of the same tables, without filters."""

import numpy as np
import pandas as pd

Z = 1.959963984540054
COLUMNS = {
    "spells": "spell_id, member, started_on, ended_on",
    "leavers": "spell_id, member, started_on, left_on, returned_on, cause, mrr",
    "lifespans": "spell_id, plan",
    "answers": "answer, usable, speaks_for_leaving, reasons, mrr",
    "named_reasons": "answer, reason",
}


class Frames(dict):
    """The tables as DataFrames, and the day up to which they are complete."""

    def __init__(self, cursor):
        """Take the columns that the answers need; this is not timed."""
        for table, names in COLUMNS.items():
            self[table] = cursor.execute(f"select {names} from {table}").df()
        self.as_of = pd.Timestamp(cursor.execute("select as_of from settings").fetchone()[0])


def member_churn(frames: Frames) -> pd.DataFrame:
    """Counts and rates by month; the usual range is left to ours."""
    spells = frames["spells"]
    moves = spells.groupby("started_on").size().sub(spells.groupby("ended_on").size(), fill_value=0)
    monthly = moves.groupby(moves.index.to_numpy().astype("datetime64[M]")).sum().astype("int64")
    counted = pd.DataFrame({"period_start": monthly.index, "active": (monthly.cumsum() - monthly).to_numpy()})
    lost = _from_start_and_not_back(frames).groupby(["month", "cause"], observed=False).size().unstack(fill_value=0)
    lost = lost.reindex(monthly.index, fill_value=0).reset_index(drop=True)
    lost.columns = lost.columns.astype(str)
    answer = counted.assign(churned=lost.sum(axis=1), **{name: lost[name] for name in lost})
    answer["churn_rate"] = answer.churned / answer.active.where(answer.active > 0)
    answer["low"], answer["high"] = _wilson(answer.churned, answer.active)
    for name in lost:
        answer[f"{name}_rate"] = answer[name] / answer.active.where(answer.active > 0)
    return answer


def reasons(frames: Frames) -> pd.DataFrame:
    """Shares of answers and of leavers, no_answer last."""
    spoken = frames["answers"]
    spoken = spoken[spoken.speaks_for_leaving & spoken.usable]
    answered, counted = len(spoken), len(frames["leavers"])
    pairs = frames["named_reasons"].drop_duplicates().merge(spoken, on="answer")
    pairs["part"] = pairs.mrr / pairs.reasons
    named = pairs.groupby("reason", observed=True).part.agg(["size", "sum"]).reset_index()
    named.columns = ["reason", "named", "lost_mrr"]
    named["reason"] = named.reason.astype(str)
    named["share_of_answers"] = named.named / answered
    named["low"], named["high"] = _wilson(named.named, answered)
    named = named.sort_values(["share_of_answers", "reason"], ascending=[False, True])
    silent_mrr = frames["leavers"].mrr.sum() - spoken.mrr.sum()
    silent = pd.DataFrame({"reason": ["no_answer"], "named": [counted - answered], "lost_mrr": [silent_mrr]})
    answer = pd.concat([named, silent], ignore_index=True).assign(answered=answered, counted=counted)
    answer["share_of_all"] = answer.named / counted
    answer["low_of_all"], answer["high_of_all"] = _wilson(answer.named, counted)
    return answer


def survival(frames: Frames) -> pd.DataFrame:
    """Kaplan–Meier with Greenwood's error and the log-log band."""
    spells = frames["spells"]
    day = (spells.ended_on.fillna(frames.as_of) - spells.started_on).dt.days
    lasting = spells.ended_on.notna().groupby(day).agg(["size", "sum"])
    answer = pd.DataFrame({"day": lasting.index, "ended": lasting["sum"].to_numpy()})
    answer["censored"] = lasting["size"].to_numpy() - answer.ended
    answer["at_risk"] = lasting["size"].to_numpy()[::-1].cumsum()[::-1]
    answer["survival"] = (1 - answer.ended / answer.at_risk).cumprod()
    parts = answer.ended / answer.at_risk / (answer.at_risk - answer.ended).where(answer.at_risk > answer.ended)
    greenwood = parts.fillna(0).cumsum()
    answer["std_error"] = answer.survival * np.sqrt(greenwood)
    inside = answer.survival.between(0, 1, inclusive="neither")
    width = np.exp(Z * np.sqrt(greenwood) / np.log(answer.survival.where(inside)).abs())
    answer["low"] = (answer.survival**width).where(inside, answer.survival)
    answer["high"] = (answer.survival ** (1 / width)).where(inside, answer.survival)
    return answer


def _from_start_and_not_back(frames: Frames) -> pd.DataFrame:
    """Leavers who were members when their month began and were not members again at its end."""
    month = frames["leavers"].left_on.to_numpy().astype("datetime64[M]")
    gone = frames["leavers"].assign(month=month.astype("datetime64[us]"))
    gone["until"] = np.minimum((month + 1).astype("datetime64[D]") - 1, np.datetime64(frames.as_of, "D"))
    gone = gone[gone.started_on < gone.month]
    returning = gone.loc[gone.returned_on <= gone.until, ["spell_id", "member", "left_on", "until"]]
    later = returning.merge(frames["spells"].drop(columns="spell_id"), on="member")
    later = later[(later.started_on > later.left_on) & (later.started_on <= later.until)]
    back = later.spell_id[later.ended_on.isna() | (later.ended_on > later.until)]
    return gone[~gone.spell_id.isin(back)]


def _wilson(k, n) -> tuple:
    """Both ends of the 95 % Wilson interval; nothing where n is 0."""
    n = n.where(n > 0) if isinstance(n, pd.Series) else n
    share = k / n
    middle = share + Z**2 / (2 * n)
    half = Z * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n * n))
    return ((middle - half) / (1 + Z**2 / n)).clip(lower=0), ((middle + half) / (1 + Z**2 / n)).clip(upper=1)
