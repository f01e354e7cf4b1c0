"""What members wrote, as whoever may not read names reads it: comments, and the words typed as a reason."""

from __future__ import annotations

import pandas as pd

from retention.masking import HIDDEN, Masker


class Cover:
    """The names and the wordings of one data set; the same wording is covered alike in every answer.

    Names alone, such as Price, Mark or Hope, are hidden only in words that fewer than three members used: those are
    typed, what more of them say is a choice of the survey. Whole names, addresses and numbers are hidden everywhere.
    Wordings that become equal are numbered, so that each stays a row of its own.
    """

    def __init__(self, cursor):
        """Read the names at once; the wordings, where they are first needed."""
        first = (name for name, in cursor.execute("select first_name from first_names()").fetchall())
        last = (name for name, in cursor.execute("select last_name from last_names()").fetchall())
        self.masker = Masker(first, last)
        self._covered: dict[str, str] | None = None
        self._meant: dict[str, str] = {}

    def comments(self, answer: pd.DataFrame, one: int | None, cursor) -> pd.DataFrame:
        """The answer with its comments covered; `one` wrote them all where no column says who did."""
        writers = answer["member"] if "member" in answer else pd.Series([one] * len(answer), dtype="Int64")
        names = cursor.execute("select member, name from names_of(?)", [writers.dropna().unique().tolist()]).fetchall()
        written = zip(answer["comment"], map(dict(names).get, writers), strict=True)
        return answer.assign(comment=[self.masker.masked(comment, name) for comment, name in written])

    def wordings(self, answer: pd.DataFrame, cursor) -> pd.DataFrame:
        """The answer with its wordings covered."""
        known = self._of_all(cursor)
        told = [
            known.get(words) or self.masker.typed(words, "") if isinstance(words, str) else words
            for words in answer["wording"]
        ]
        return answer.assign(wording=told)

    def meant(self, key: tuple[str, ...], cursor) -> tuple[str, ...]:
        """The key of a mark with the wording that stands behind a covered one."""
        self._of_all(cursor)
        return tuple(self._meant.get(word, word) for word in key)

    def _of_all(self, cursor) -> dict[str, str]:
        if self._covered is None:
            rows = cursor.execute("select wording, writers from wordings_said()").fetchall()
            said = {
                words: self.masker.choice(words) if writers is None else self.masker.typed(words, writers)
                for words, writers in rows
            }
            said = {words: told if HIDDEN in told else words for words, told in said.items()}
            taken, times = {words for words, told in said.items() if words == told}, {}
            for words, told in said.items():
                if words != told:
                    said[words] = _numbered(told, taken, times)
            self._meant = {told: words for words, told in said.items() if words != told}
            self._covered = said
        return self._covered


def _numbered(told: str, taken: set[str], times: dict[str, int]) -> str:
    """Itself, or with the first number that makes it differ from all others."""
    found = told
    while found in taken:
        times[told] = times.get(told, 1) + 1
        found = f"{told} · {times[told]}"
    taken.add(found)
    return found
