"""How files are read when the command line says so: columns by hand, orders of dates, lists, the owner's reasons."""

import argparse
from dataclasses import replace

from retention.cli.common import WrongCall, files_of, shown, text_of
from retention.intake.columns.reasons import rules
from retention.intake.recognise.mapping_files import BadMapping, request_from_toml
from retention.model import FileRequest
from retention.texts import Texts

ORDERS, SIGNS = ("day", "month"), ("point", "comma")
CODES = tuple(rules()["exact"])
LISTS = ("active", "expired", "cancelled", "old")


def add_options(command: argparse.ArgumentParser, texts: Texts) -> None:
    """Add the options on how files are read."""
    command.add_argument("--date-order", action="append", default=[], metavar="[COLUMN=]day|month",
                         help=texts("cli.help.date_order"))
    command.add_argument("--decimal", action="append", default=[], metavar="[COLUMN=]point|comma",
                         help=texts("cli.help.decimal"))
    command.add_argument("--member-list", action="append", default=[], metavar="FILE=active|expired|cancelled|old",
                         help=texts("cli.help.member_list"))
    command.add_argument("--mapping", action="append", default=[], metavar="[FILE=]MAPPING.toml",
                         help=texts("cli.help.mapping"))
    command.add_argument("--reason-code", action="append", default=[], metavar="WORDING=CODE",
                         help=texts("cli.help.reason_code"))


def requested(texts: Texts, options: argparse.Namespace) -> list[FileRequest]:
    """The files named, each with what the options say about it."""
    orders = _by_column(texts, "--date-order", options.date_order, ORDERS)
    signs = _by_column(texts, "--decimal", options.decimal, SIGNS)
    for word in options.reason_code:
        _pair(texts, "--reason-code", word, CODES)
    lists = dict(_pair(texts, "--member-list", word, LISTS) for word in options.member_list)
    mappings = _mappings(texts, options.mapping)
    files = [
        replace(file, date_orders=orders, decimals=signs, member_list=lists.get(file.name))
        for file in files_of(texts, options.files)
    ]
    return [_with_mapping(file, mappings.get(file.name) or mappings.get("")) for file in files]


def _by_column(texts: Texts, option: str, words: list[str], allowed: tuple[str, ...]) -> dict[str, str]:
    told = [word if "=" in word else f"={word}" for word in words]
    return {column: value for column, value in (_pair(texts, option, word, allowed) for word in told) if column}


def _pair(texts: Texts, option: str, word: str, allowed: tuple[str, ...]) -> tuple[str, str]:
    name, _, value = word.rpartition("=")
    if value not in allowed:
        form = f"NAME={'|'.join(allowed)}"
        raise WrongCall(texts("cli.bad_pair", option=option, value=shown(word.removeprefix("=")), form=form))
    return name, value


def _mappings(texts: Texts, words: list[str]) -> dict[str, dict]:
    """Each file's mapping by its name; the one without a name is for all files with the headings it was made for."""
    told: dict[str, dict] = {}
    for word in words:
        file, _, path = word.rpartition("=")
        if file in told:
            raise WrongCall(texts("cli.bad_pair", option="--mapping", value=shown(word), form="FILE=MAPPING.toml"))
        told[file] = {**_mapping(texts, path), **({"mapping_key": None} if file else {})}
    return told


def _mapping(texts: Texts, name: str) -> dict:
    try:
        return request_from_toml(text_of(texts, name))
    except (BadMapping, UnicodeDecodeError) as problem:
        raise WrongCall(texts("cli.bad_mapping", file=name, problem=problem)) from None


def _with_mapping(file: FileRequest, told: dict | None) -> FileRequest:
    """What the options say of single columns wins over what the mapping says of them."""
    if not told:
        return file
    parts = {part: {**told[part], **getattr(file, part)} for part in ("date_orders", "decimals")}
    return replace(file, **{**told, **parts})
