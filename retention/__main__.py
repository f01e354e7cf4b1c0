"""The same answers without a browser: check files, ask questions, serve the dashboard."""

import argparse
import sys
from pathlib import Path

from retention.cli import ask, check
from retention.cli.reading import add_options
from retention.filters import NAMES
from retention.texts import LANGUAGES


def main(words: list[str] | None = None) -> int:
    """Run one command; 0 well, 1 nothing usable, 2 wrong call."""
    options = _parser().parse_args(words)
    return options.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m retention", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _check_options(commands.add_parser("check", allow_abbrev=False, help="what is this file, and can it be used?"))
    _ask_options(commands.add_parser("ask", allow_abbrev=False, help="answer a question about files or sample data"))
    _report_options(commands.add_parser("report", allow_abbrev=False, help="write a meeting as HTML or PowerPoint"))
    _serve_options(commands.add_parser("serve", allow_abbrev=False, help="start the dashboard on this computer"))
    return parser


def _check_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--json", action="store_true", help="one JSON object per file, a line each")
    _reading_options(command)
    command.set_defaults(run=check.run)


def _ask_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("question", nargs="?", metavar="QUESTION")
    command.add_argument("files", nargs="*", metavar="FILE")
    command.add_argument("--list", action="store_true", help="all questions with their first lines")
    command.add_argument("--format", choices=("table", "csv", "json"), default="table")
    for name in NAMES:
        command.add_argument(f"--{name.replace('_', '-')}", dest=name, action="append", default=None, metavar="VALUE")
    _reading_options(command)
    command.set_defaults(run=ask.run)


def _reading_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--as-of", metavar="DAY", help="day up to which the data is complete, as 2025-12-31")
    command.add_argument("--observed-from", metavar="DAY", help="first day from which leavers are in the data")
    command.add_argument("--grace-days", type=int, default=14, metavar="N")
    command.add_argument("--winback-days", type=int, default=90, metavar="N")
    command.add_argument("--time-zone", metavar="ZONE", help="for example Europe/Berlin")
    command.add_argument("--currency", metavar="CODE", help="currency of files that tell none")
    command.add_argument("--amounts-in", metavar="CODE", help="currency of all amounts; the one of most subscriptions")
    command.add_argument("--rate", action="append", default=[], metavar="CODE=NUMBER",
                         help="what one of another currency is worth; without it, it is in no amount")
    add_options(command)
    command.add_argument("--lang", choices=LANGUAGES, default="en")


def _report_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="*", metavar="FILE", help="without any, the sample data")
    command.add_argument("--out", required=True, metavar="FILE", help="meeting.html or meeting.pptx")
    command.add_argument("--meeting", metavar="FILE", help="slides saved on the page Meeting, asked anew")
    _reading_options(command)
    command.set_defaults(run=_report)


def _serve_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=8501)
    command.add_argument("--data", type=Path, metavar="FOLDER", help="a folder of exports, shared by all readers")
    command.add_argument("--host", metavar="NAME", help="serve a team under this host name; there is no login yet")
    command.set_defaults(run=_serve)


def _report(options: argparse.Namespace) -> int:
    from retention.cli import report  # loads what draws: the other commands do without

    return report.run(options)


def _serve(options: argparse.Namespace) -> int:
    from retention.serving import serve

    return serve(options.port, options.data, options.host) or 0


if __name__ == "__main__":
    sys.exit(main())
