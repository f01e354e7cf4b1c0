"""What the command line says of itself, in the reader's language: help, usage and wrong calls."""

import argparse
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from retention.texts import LANGUAGES, Texts

# What argparse says of its own accord, and the text that stands for it.
OWN = {
    "usage: ": "usage",
    "positional arguments": "positional",
    "options": "options",
    "show this help message and exit": "help",
    "%(prog)s: error: %(message)s\n": "error",
    "argument %(argument_name)s: %(message)s": "argument",
    "the following arguments are required: %s": "required",
    "unrecognized arguments: %s": "unrecognized",
    "invalid choice: %(value)r (choose from %(choices)s)": "choice",
    "invalid %(type)s value: %(value)r": "type",
    "expected one argument": "one",
    "expected at least one argument": "some",
    "ignored explicit argument %r": "explicit",
}
# In the order in which gettext looks.
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def language_of(words: Sequence[str]) -> str:
    """The language that a call asks for with --lang, else that of the computer, else English."""
    asked = [after for word, after in zip(words, [*words[1:], ""], strict=True) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    set_here = [os.environ[name] for name in VARIABLES if os.environ.get(name)]
    wanted = [*asked, *(word[:2].lower() for word in set_here[:1])]
    return next((word for word in wanted if word in LANGUAGES), "en")


@contextmanager
def speaking(texts: Texts) -> Iterator[None]:
    """Let argparse say its own words in the reader's language: it asks for them by the name `_`."""
    usual = argparse._
    argparse._ = lambda message: texts(f"cli.own.{OWN[message]}") if message in OWN else usual(message)
    try:
        yield
    finally:
        argparse._ = usual
