"""Hides in a comment who wrote it and whom it names: e-mail addresses, phone numbers and people's names."""

import re
from collections.abc import Iterable

HIDDEN = "•••"
_EMAIL = re.compile(r"[^\s@<>()\[\],;:]+\s?(?:@|\(at\)|\[at\])\s?[^\s@<>()\[\],;:]+\.\w{2,}", re.IGNORECASE)
# A plus or a nought and at least six more digits, or nine digits and more; a price, a day or a year is none.
_DATE = r"(?!\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}(?!\d))"
_PHONE = re.compile(rf"(?<!\w){_DATE}(?:\+|00?)[\s().\-/]*\d(?:[\s().\-/]*\d){{5,}}|(?<!\w)\d(?:[\s().\-/]?\d){{8,}}")
_NAME = r"[^\W\d_a-zà-öø-ÿ][\w'’\-]+"
# What stands before somebody's name: a title, a greeting at the end, an introduction.
_TITLED = re.compile(
    rf"(?i:\b(?:mr|mrs|ms|miss|dr|herrn?|frau)\b\.?)(\s+{_NAME}(?:\s+{_NAME})?)"
    rf"|(?i:\b(?:my name is|i am called|mein name ist|ich heiße))(\s+{_NAME}(?:\s+{_NAME})*)"
    r"|(?i:\b(?:regards|wishes|sincerely|cheers|yours|grüßen?|gruß|lg|vg|mfg|deine?|ihre?)\b\s*,)"
    rf"(\s*{_NAME}(?:\s+{_NAME})?)(?=\W*$)"
    rf"|(?i:^\W*(?:hi|hello|hey|dear|hallo|moin|servus|liebe[rs]?|guten\s+(?:tag|morgen|abend))\b)(\s+{_NAME}(?:\s+{_NAME})?)(?=\s*[,!.:–-])"
)
_WORD = re.compile(r"\w[\w'’\-]*")
_SHORTEST = 3  # letters of a name that is looked for: shorter ones are words as often


class Masker:
    """Knows the first names of a data set's members; what it hides cannot be read back."""

    def __init__(self, first_names: Iterable[str]):
        """These are hidden wherever they stand capitalised."""
        self._first = {part for name in first_names for part in _words(name)}

    def masked(self, comment: object, own_name: str | None = None) -> object:
        """The comment without addresses, numbers and names: the writer's own in any case, first names of others."""
        if not isinstance(comment, str):
            return comment
        text = _PHONE.sub(HIDDEN, _EMAIL.sub(HIDDEN, comment))
        text = _TITLED.sub(_keep_before, text)
        own = {part.casefold() for part in _words(own_name or "")}
        text = _WORD.sub(lambda found: self._word(found[0], own), text)
        return re.sub(rf"{HIDDEN}(?:\s+{HIDDEN})+", HIDDEN, text)

    def _word(self, word: str, own: set[str]) -> str:
        bare = re.sub(r"['’]s$", "", word)
        hidden = bare.casefold() in own or bare in self._first
        return HIDDEN + word[len(bare):] if hidden else word


def _words(name: str) -> tuple[str, ...]:
    return tuple(part for part in _WORD.findall(str(name)) if len(part) >= _SHORTEST)


def _keep_before(found: re.Match) -> str:
    """The title or greeting stays, the name after it goes."""
    name = next(part for part in found.groups() if part)
    return found[0][: len(found[0]) - len(name)] + name[: len(name) - len(name.lstrip())] + HIDDEN
