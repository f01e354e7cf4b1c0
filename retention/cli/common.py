"""What the commands share: files and settings from options, and a clear word when a call is wrong."""

import argparse
import errno
import os
import re
import sys
import zoneinfo
from datetime import date, timedelta
from pathlib import Path

from retention.data_settings import BOUNDS
from retention.dataset import ENDINGS, requests
from retention.filters import FIRST_DAY, LAST_DAY, BadFilter, value_of
from retention.model import FileRequest, ReadSettings
from retention.texts import Texts
from retention.warehouse import Settings

SMALLEST_RATE = 1e-9
MOST_DAYS_AHEAD = 3653  # ten years: every week until then is counted
LONGEST_SHOWN = 200  # signs of a wrong value
LARGEST_TEXT = 1_000_000  # bytes of a mapping


class WrongCall(Exception):
    """The call cannot be carried out; the message says why and what to do."""


def shown(value: str) -> str:
    """A wrong value as a message may repeat it: short, and without signs that steer a terminal."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in value[: LONGEST_SHOWN + 1])
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"


def bad_value(texts: Texts, option: str, value: str) -> WrongCall:
    """An option was given a value that it cannot take."""
    return WrongCall(texts("cli.bad_value", option=option, value=shown(value)))


def refuse(problem: Exception | str) -> int:
    """Say on standard error what is wrong with the call."""
    print(problem, file=sys.stderr)
    return 2


def files_of(texts: Texts, names: list[str]) -> list[FileRequest]:
    """The files named; a folder stands for the readable files in it."""
    return [file for name in names for file in _files_of(texts, name)]


def _files_of(texts: Texts, name: str) -> list[FileRequest]:
    path = Path(name)
    try:
        if path.is_dir():
            found = requests(path)
        else:
            found = [FileRequest(name=path.name, path=str(path))] if path.stat() and path.is_file() else []
        if not found:
            said = "no_readable" if path.is_dir() else "not_a_file"
            raise WrongCall(texts(f"cli.{said}", file=shown(name), endings=", ".join(ENDINGS)))
    except FileNotFoundError:
        raise WrongCall(texts("cli.no_file", file=shown(name))) from None
    except (OSError, ValueError) as problem:  # no right to look, too long a name, signs that no name has
        raise unreadable(texts, name, problem) from None
    for file in found:
        if not os.access(file.path, os.R_OK):
            raise WrongCall(texts("cli.unreadable", file=shown(file.path), why=os.strerror(errno.EACCES)))
    return found


def unreadable(texts: Texts, name: str, problem: Exception) -> WrongCall:
    """A file cannot be read, for a reason that the computer names."""
    why = getattr(problem, "strerror", None) or os.strerror(errno.EINVAL)
    return WrongCall(texts("cli.unreadable", file=shown(name), why=why))


def text_of(texts: Texts, name: str, most: int = LARGEST_TEXT) -> str:
    """The text of a file that an option names; raises WrongCall, and UnicodeDecodeError for what is no text."""
    path = Path(name)
    try:
        if not path.stat() or not path.is_file() or path.stat().st_size > most:
            raise WrongCall(texts("cli.not_a_text", file=shown(name)))
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise WrongCall(texts("cli.no_file", file=shown(name))) from None
    except OSError as problem:
        raise unreadable(texts, name, problem) from None


def read_settings(texts: Texts, options: argparse.Namespace) -> ReadSettings:
    """What the reader needs to know."""
    return ReadSettings(
        as_of=_day(texts, "--as-of", options.as_of), time_zone=_zone(texts, options.time_zone),
        currency=_currency(texts, "--currency", options.currency) if options.currency else None,
        date_order=_everywhere(options.date_order), decimal=_everywhere(options.decimal),
        reasons=dict(word.rpartition("=")[::2] for word in options.reason_code),
    )


def _everywhere(words: list[str]) -> str | None:
    """The last word that names no column."""
    return next((word for word in reversed(words) if "=" not in word), None)


def settings(texts: Texts, options: argparse.Namespace) -> Settings:
    """What holds for the whole data set."""
    for option, value, (least, most) in (
        ("--grace-days", options.grace_days, BOUNDS["grace_days"]),
        ("--winback-days", options.winback_days, BOUNDS["winback_days"]),
    ):
        if not least <= value <= most:
            raise WrongCall(texts("cli.bad_days", option=option, least=least, most=most))
    return Settings(
        as_of=_day(texts, "--as-of", options.as_of),
        observed_from=_day(texts, "--observed-from", options.observed_from),
        grace_days=options.grace_days, winback_days=options.winback_days,
        currency=_currency(texts, "--amounts-in", options.amounts_in) if options.amounts_in else None,
        rates=tuple(_rate(texts, word) for word in options.rate),
    )


def _currency(texts: Texts, option: str, word: str) -> str:
    if not re.fullmatch("[A-Za-z]{3}", word):
        raise bad_value(texts, option, word)
    return word.upper()


def _zone(texts: Texts, word: str | None) -> str | None:
    """A name of the list: one that is a path would be opened."""
    if word and word not in zoneinfo.available_timezones():
        raise bad_value(texts, "--time-zone", word)
    return word or None


def _rate(texts: Texts, word: str) -> tuple[str, float]:
    code, _, number = word.partition("=")
    try:
        rate = float(number)
    except ValueError:
        rate = 0.0
    if not SMALLEST_RATE <= rate <= 1 / SMALLEST_RATE:
        raise bad_value(texts, "--rate", word)
    return _currency(texts, "--rate", code), rate


def _day(texts: Texts, option: str, word: str | None) -> date | None:
    last = date.today() + timedelta(days=MOST_DAYS_AHEAD)
    try:
        day = value_of("first_day", [word]) if word else None
    except BadFilter:
        day = LAST_DAY
    if day and day > last:
        bounds = {"first": FIRST_DAY.isoformat(), "last": last.isoformat()}
        raise WrongCall(texts("cli.bad_day", option=option, value=shown(word), **bounds))
    return day
