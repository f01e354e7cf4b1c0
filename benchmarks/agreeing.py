"""Holds two answers to the same rows before anybody is timed."""

import numpy as np
import pandas as pd


class Disagreement(AssertionError):
    """Two ways to the same answer do not meet; says which column, which row and what each of them says."""


def must_agree(name: str, ours: pd.DataFrame, theirs: pd.DataFrame) -> int:
    """Counts, words and days exactly, rates and amounts to 1e-9; returns how many columns both have."""
    shared = [column for column in ours if column in theirs]
    if len(ours) != len(theirs) or not shared:
        raise Disagreement(f"{name}: {len(ours)} rows against {len(theirs)}, {len(shared)} columns in common")
    for column in shared:
        left, right = ours[column].reset_index(drop=True), theirs[column].reset_index(drop=True)
        wrong = np.flatnonzero(~_same(left, right))
        if len(wrong):
            row = wrong[0]
            raise Disagreement(f"{name}.{column}, row {row}: {left[row]!r} against {right[row]!r}")
    return len(shared)


def _same(left: pd.Series, right: pd.Series) -> np.ndarray:
    both_empty = (left.isna() & right.isna()).to_numpy()
    if left.dtype.kind == "f":
        return both_empty | np.isclose(left.astype(float), right.astype(float), rtol=1e-9, atol=1e-9)
    if left.dtype.kind == "M":
        return both_empty | (left == right.astype(left.dtype)).to_numpy()
    return both_empty | (left.astype(object) == right.astype(object)).to_numpy()
