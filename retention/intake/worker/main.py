"""The child's program: reads files within limits of memory and time, so that a hostile one takes nobody along.

One request as JSON on standard input; progress and at last the reports as JSON lines on standard output. Nothing
that stands in a file is ever printed elsewhere: an error travels as its type and place, never with its words.
"""

import gc
import json
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb

from retention.intake import limits
from retention.intake.open import duckdb_csv
from retention.intake.open.decode import fingerprint
from retention.intake.open.open_file import open_file
from retention.intake.worker.protocol import file_from_wire, report_from_wire, report_to_wire, settings_from_wire
from retention.intake.worker.sandbox import confine, seal
from retention.intake.worker.storing import create_tables, note_imports, store
from retention.model import FileRequest, Finding, RawTable, ReadSettings, Report

READING = 0.3  # share of a file's progress at which it is text
SETTLING = 0.8
STORING = 0.9

Tell = Callable[[str, float], None]
TellOf = Callable[[str, float, str], None]  # the same, and of which file


def read_files(request: dict, tell: TellOf) -> list[tuple[int, Report]]:
    """Read every file, settle what concerns them together, and write each table that has rows."""
    from retention.intake.combine.normalise import settle

    into = Path(request["into"]).absolute()
    files = [(sent["number"], file_from_wire(sent)) for sent in request["files"]]
    settings = settings_from_wire(request["settings"])
    connection = seal(duckdb.connect(), into, [str(Path(file.path).absolute()) for _, file in files])
    tables = create_tables(connection)
    origins: dict[int, RawTable] = {}
    reports = []
    for position, (number, file) in enumerate(files):
        report = read_one(connection, file, number, settings, origins,
                          lambda step, done, before=position, name=file.name: tell(
                              step, SETTLING * (before + done) / len(files), name))
        reports.append((number, report))
    reports = sorted(reports + [(number, report_from_wire(sent)) for number, sent in request["refused"]],
                     key=lambda numbered: numbered[0])
    tell("settling", SETTLING, "")
    told = dict(reports)  # a file that is tried alone keeps the number it has among the others
    settle(connection, [told.get(number) or Report("") for number in range(1, max(told) + 1)], settings)
    tell("writing", STORING, "")
    note_imports(connection, reports, origins, settings)
    store(connection, tables, into)
    return reports


def read_one(connection, file: FileRequest, number: int, settings: ReadSettings, origins: dict[int, RawTable],
             tell: Tell) -> Report:
    """Open one file and take its rows; all of them or none."""
    from retention.intake.combine.normalise import take

    tell("reading", 0.0)
    try:
        opened = open_file(connection, file, number, lambda done: tell("reading", READING * done))
        if isinstance(opened, Report):
            return opened
        origins[number] = opened
        tell("recognising", READING)
        connection.begin()
        report = take(connection, opened, file, settings, number,
                      tell=lambda step, done: tell(step, READING + (1 - READING) * done))
        connection.commit()
        return report
    except (MemoryError, duckdb.OutOfMemoryException):
        failure = Finding("too_large_to_read", "refused")
    except Exception as error:  # noqa: BLE001 - a file that no rule foresaw must not take the others along
        failure = Finding("could_not_be_read", "refused", example=_place(error))
    finally:
        _end(connection, f"raw_{number}")
    return Report(file.name, fingerprint(Path(file.path)), findings=[failure])


def _end(connection, table: str) -> None:
    """Undo what was not committed, and free the memory of the text."""
    with suppress(duckdb.TransactionException):
        connection.rollback()
    duckdb_csv.drop(connection, table)


def _place(error: Exception) -> str:
    """Type and line of our code: enough to mend it, and nothing of what stood in the file."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "retention" in frame.filename]
    return f"{type(error).__name__} in {Path(ours[-1].filename).name}:{ours[-1].lineno}"


def main() -> None:
    """Serve one request; whatever else would print is silenced, so that the answer stays JSON."""
    confine(float(sys.argv[1]) if len(sys.argv) > 1 else limits.SECONDS)
    gc.disable()  # cells are no cycles, and this process ends before garbage matters
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)

    def say(**words: object) -> None:
        answers.write(json.dumps(words) + "\n")
        answers.flush()

    try:
        reports = read_files(
            json.load(sys.stdin), lambda step, done, file: say(step=step, done=round(done, 3), file=file))
    except (MemoryError, duckdb.OutOfMemoryException):
        say(failed="too_large_to_read", place=None)
    except Exception as error:  # noqa: BLE001 - the parent must hear where, and nobody what
        say(failed="reader_died", place=_place(error))
    else:
        say(reports=[[number, report_to_wire(report)] for number, report in reports])


if __name__ == "__main__":
    main()
