"""Hides in a comment who wrote it and whom it names: e-mail addresses, phone numbers and people's names."""

import re
import unicodedata
from collections.abc import Callable, Iterable

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
_PART = re.compile(r"[^\W_]+(?:['’\-](?!s\b)[^\W_]+)*")
_GAP = re.compile(r"[\s,._]{1,3}")  # between the parts of one name
_SHORTEST = 3  # letters of a name that is looked for: shorter ones are words as often
_PARTICLES = frozenset("von van der den dem del della dos das ten ter zum zur und and the mrs herr frau prof".split())


class Masker:
    """Knows the names of a data set's members; what it hides cannot be read back."""

    def __init__(self, first_names: Iterable[str], last_names: Iterable[str] = ()):
        """First names are hidden wherever they stand capitalised, with a last name beside them both."""
        self._first = {part for name in first_names for part in _words(name)}
        self._first_any = {part.casefold() for part in self._first}
        self._last = {part.casefold() for name in last_names for part in _words(name)} - _PARTICLES

    def masked(self, comment: object, own_name: str | None = None) -> object:
        """The comment without addresses, numbers and names: the writer's own in any case, first names of others."""
        if not isinstance(comment, str):
            return comment
        own = {part.casefold() for part in _words(own_name or "")}
        return self._hidden(comment, lambda bare: bare.casefold() in own or bare in self._first, any_case=False)

    def typed(self, words: str, own_names: str) -> str:
        """Words that hardly anybody else uses: a last name by itself is hidden too, a whole name in any case."""
        own = {part.casefold() for part in _words(own_names)} - _PARTICLES

        def is_name(bare: str) -> bool:
            word, capital = bare.casefold(), bare[:1] != bare[:1].lower()
            return word in own or capital and (word in self._first_any or word in self._last)

        return self._hidden(words, is_name, any_case=True)

    def choice(self, words: str) -> str:
        """Words that many chose: without addresses, numbers and whole names; a name alone is a word there."""
        return self._hidden(words, lambda _bare: False, any_case=False)

    def _hidden(self, text: str, is_name: Callable[[str], bool], any_case: bool) -> str:
        text = _PHONE.sub(HIDDEN, _EMAIL.sub(HIDDEN, unicodedata.normalize("NFC", text)))
        text = self._without_whole_names(_TITLED.sub(_keep_before, text), any_case)
        text = _WORD.sub(lambda found: _word(found[0], is_name), text)
        return re.sub(rf"{HIDDEN}(?:\s+{HIDDEN})+", HIDDEN, text)

    def _without_whole_names(self, text: str, any_case: bool) -> str:
        """Hide each run of names that holds a first and a last name."""
        run: list[re.Match] = []
        hidden: list[tuple[int, int]] = []
        for part in [*(_PART.finditer(text) if self._last else ()), None]:
            if run and (part is None or not _GAP.fullmatch(text, run[-1].end(), part.start()) or not self._runs(part)):
                if self._is_whole(run, "," in text[run[0].end():run[-1].start()], any_case):
                    hidden.append((run[0].start(), run[-1].end()))
                run = []
            if part and self._runs(part):
                run.append(part)
        for start, end in reversed(hidden):
            text = text[:start] + HIDDEN + text[end:]
        return text

    def _runs(self, part: re.Match) -> bool:
        word = part[0].casefold()
        return word in self._first_any or word in self._last or word in _PARTICLES

    def _is_whole(self, run: list[re.Match], comma: bool, any_case: bool) -> bool:
        """In the usual order, or turned round with capitals or a comma; small letters count where any case does."""
        words = [part[0].casefold() for part in run if any_case or part[0][0] != part[0][0].lower()]
        turned = comma or all(part[0][0] != part[0][0].lower() for part in run)
        return any(
            one in self._first_any and other in self._last or turned and one in self._last and other in self._first_any
            for place, one in enumerate(words) for other in words[place + 1:]
        )


def _word(word: str, is_name: Callable[[str], bool]) -> str:
    bare = re.sub(r"['’]s$", "", word)
    return HIDDEN + word[len(bare):] if is_name(bare) else word


def _words(name: str) -> tuple[str, ...]:
    return tuple(part for part in _WORD.findall(str(name)) if len(part) >= _SHORTEST)


def _keep_before(found: re.Match) -> str:
    """The title or greeting stays, the name after it goes."""
    name = next(part for part in found.groups() if part)
    return found[0][: len(found[0]) - len(name)] + name[: len(name) - len(name.lstrip())] + HIDDEN
