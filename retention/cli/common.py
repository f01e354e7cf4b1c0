"""What the commands share: files and settings from options, and a clear word when a call is wrong."""

import argparse
import re
import sys
from datetime import date
from pathlib import Path

from retention.dataset import requests
from retention.intake.raw import FileRequest, ReadSettings
from retention.texts import Texts
from retention.warehouse import Settings


class WrongCall(Exception):
    """The call cannot be carried out; the message says why and what to do."""


def refuse(problem: Exception | str) -> int:
    """Say on standard error what is wrong with the call."""
    print(problem, file=sys.stderr)
    return 2


def files_of(texts: Texts, names: list[str]) -> list[FileRequest]:
    """The files named; a folder stands for the readable files in it."""
    found: list[FileRequest] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found += requests(path)
        elif path.is_file():
            found.append(FileRequest(name=path.name, path=str(path)))
        else:
            raise WrongCall(texts("cli.no_file", file=name))
    return found


def read_settings(texts: Texts, options: argparse.Namespace) -> ReadSettings:
    """What the reader needs to know."""
    return ReadSettings(
        as_of=_day(texts, "--as-of", options.as_of), time_zone=options.time_zone, currency=options.currency,
        date_order=_everywhere(options.date_order), decimal=_everywhere(options.decimal),
        reasons=dict(word.rpartition("=")[::2] for word in options.reason_code),
    )


def _everywhere(words: list[str]) -> str | None:
    """The last word that names no column."""
    return next((word for word in reversed(words) if "=" not in word), None)


def settings(texts: Texts, options: argparse.Namespace) -> Settings:
    """What holds for the whole data set."""
    if options.grace_days < 0 or options.winback_days < 1:
        raise WrongCall(texts("cli.bad_days"))
    return Settings(
        as_of=_day(texts, "--as-of", options.as_of),
        observed_from=_day(texts, "--observed-from", options.observed_from),
        grace_days=options.grace_days, winback_days=options.winback_days,
        currency=_currency(texts, "--amounts-in", options.amounts_in) if options.amounts_in else None,
        rates=tuple(_rate(texts, word) for word in options.rate),
    )


def _currency(texts: Texts, option: str, word: str) -> str:
    if not re.fullmatch("[A-Za-z]{3}", word):
        raise WrongCall(texts("cli.bad_value", option=option, value=word))
    return word.upper()


def _rate(texts: Texts, word: str) -> tuple[str, float]:
    code, _, number = word.partition("=")
    try:
        rate = float(number)
    except ValueError:
        rate = 0.0
    if not 0 < rate < float("inf"):
        raise WrongCall(texts("cli.bad_value", option="--rate", value=word))
    return _currency(texts, "--rate", code), rate


def _day(texts: Texts, option: str, word: str | None) -> date | None:
    try:
        return date.fromisoformat(word) if word else None
    except ValueError:
        raise WrongCall(texts("cli.bad_day", option=option, value=word)) from None
