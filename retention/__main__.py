"""The same answers without a browser: check files, ask questions, serve the dashboard."""

import argparse
import sys
from pathlib import Path

from retention.cli import ask, check
from retention.cli.ending import code_of
from retention.cli.reading import add_options
from retention.cli.words import language_of, speaking
from retention.filters import NAMES
from retention.texts import LANGUAGES, Texts


def main(words: list[str] | None = None) -> int:
    """Run one command; 0 well, 1 nothing usable, 2 wrong call, and what ending.code_of adds."""
    words = sys.argv[1:] if words is None else words
    texts = Texts(language_of(words))
    return code_of(lambda: _run(words, texts), texts)


def _run(words: list[str], texts: Texts) -> int:
    with speaking(texts):
        options = _parser(texts).parse_args(words)
    return options.run(options)


def _parser(texts: Texts) -> argparse.ArgumentParser:
    about = texts("cli.help.about")
    parser = argparse.ArgumentParser(prog="python -m retention", description=about, allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar=texts("cli.help.command"))
    _check_options(commands.add_parser("check", allow_abbrev=False, help=texts("cli.help.check")), texts)
    _ask_options(commands.add_parser("ask", allow_abbrev=False, help=texts("cli.help.ask")), texts)
    _report_options(commands.add_parser("report", allow_abbrev=False, help=texts("cli.help.report")), texts)
    _serve_options(commands.add_parser("serve", allow_abbrev=False, help=texts("cli.help.serve")), texts)
    return parser


def _check_options(command: argparse.ArgumentParser, texts: Texts) -> None:
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--json", action="store_true", help=texts("cli.help.json"))
    _reading_options(command, texts)
    command.set_defaults(run=check.run)


def _ask_options(command: argparse.ArgumentParser, texts: Texts) -> None:
    command.add_argument("question", nargs="?", metavar="QUESTION")
    command.add_argument("files", nargs="*", metavar="FILE")
    command.add_argument("--list", action="store_true", help=texts("cli.help.list"))
    command.add_argument("--format", choices=("table", "csv", "json"), default="table")
    for name in NAMES:
        command.add_argument(f"--{name.replace('_', '-')}", dest=name, action="append", default=None, metavar="VALUE")
    _reading_options(command, texts)
    command.set_defaults(run=ask.run)


def _reading_options(command: argparse.ArgumentParser, texts: Texts) -> None:
    command.add_argument("--as-of", metavar="DAY", help=texts("cli.help.as_of"))
    command.add_argument("--observed-from", metavar="DAY", help=texts("cli.help.observed_from"))
    command.add_argument("--grace-days", type=int, default=14, metavar="N")
    command.add_argument("--winback-days", type=int, default=90, metavar="N")
    command.add_argument("--time-zone", metavar="ZONE", help=texts("cli.help.time_zone"))
    command.add_argument("--currency", metavar="CODE", help=texts("cli.help.currency"))
    command.add_argument("--amounts-in", metavar="CODE", help=texts("cli.help.amounts_in"))
    command.add_argument("--rate", action="append", default=[], metavar="CODE=NUMBER",
                         help=texts("cli.help.rate"))
    add_options(command, texts)
    command.add_argument("--lang", choices=LANGUAGES, default=texts.language)


def _report_options(command: argparse.ArgumentParser, texts: Texts) -> None:
    command.add_argument("files", nargs="*", metavar="FILE", help=texts("cli.help.report_files"))
    command.add_argument("--out", required=True, metavar="FILE", help=texts("cli.help.out"))
    command.add_argument("--meeting", metavar="FILE", help=texts("cli.help.meeting"))
    _reading_options(command, texts)
    command.set_defaults(run=_report)


def _serve_options(command: argparse.ArgumentParser, texts: Texts) -> None:
    command.add_argument("--port", type=int, default=8501)
    command.add_argument("--data", type=Path, metavar="FOLDER", help=texts("cli.help.data"))
    command.add_argument("--host", metavar="NAME", help=texts("cli.help.host"))
    command.add_argument("--behind-proxy", action="store_true", help=texts("cli.help.behind_proxy"))
    command.add_argument("--no-login", action="store_true", help=texts("cli.help.no_login"))
    command.add_argument("--lang", choices=LANGUAGES, default=texts.language)
    command.set_defaults(run=_serve)


def _report(options: argparse.Namespace) -> int:
    from retention.cli import report  # loads what draws: the other commands do without

    return report.run(options)


def _serve(options: argparse.Namespace) -> int:
    from retention.serving import serve

    return serve(
        options.port, options.data, options.host, language=options.lang, login=not options.no_login,
        behind_proxy=options.behind_proxy,
    ) or 0


if __name__ == "__main__":
    sys.exit(main())
