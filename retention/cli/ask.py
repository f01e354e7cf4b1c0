"""`ask`: the answer to one question about files, or about the sample data, as a table, CSV or JSON."""

import argparse
import json
import sys

import pandas as pd

from retention.cli.common import WrongCall, bad_value, read_settings, refuse, settings, shown
from retention.cli.reading import requested
from retention.dataset import SAMPLE, DataSet, build, requests
from retention.filters import NAMES, BadFilter, Filters
from retention.questions import Question, UnknownQuestion, misfit, names, question
from retention.reporting import sentence
from retention.table_files import csv_bytes
from retention.texts import Texts
from retention.warehouse import TooSlow


def run(options: argparse.Namespace) -> int:
    """0 with an answer, 1 where the files hold nothing usable, 2 for a wrong call."""
    texts = Texts(options.lang)
    if options.list:
        for name in names():
            print(f"{name:24}{question(name).asks}")
        return 0
    try:
        asked, filters = _asked(texts, options)
        data = data_of(texts, options)
    except WrongCall as problem:
        return refuse(problem)
    if not data.usable:
        return say_nothing(texts, data)
    try:
        _print(data.ask(asked.name, filters), options.format)
    except TooSlow:
        print(texts("frame.too_slow"), file=sys.stderr)
        return 1
    finally:
        data.forget()
    return 0


def _asked(texts: Texts, options: argparse.Namespace) -> tuple[Question, Filters]:
    """The question and the filters given; an option that the question does not take is refused, not ignored."""
    try:
        asked = question(options.question or "")
    except UnknownQuestion:
        raise WrongCall(texts("cli.no_question", question=shown(options.question or ""))) from None
    filters = Filters()
    for name in NAMES:
        given = getattr(options, name)
        if given is None:
            continue
        if name not in asked.parameters:
            raise WrongCall(texts("cli.not_taken", option=f"--{name.replace('_', '-')}", question=asked.name))
        try:
            filters = filters.changed(name, given)
        except BadFilter as bad:
            raise bad_value(texts, f"--{name.replace('_', '-')}", bad.value) from None
    if (word := misfit(asked, filters.key)) is not None:
        raise bad_value(texts, "--key", word)
    return asked, filters


def data_of(texts: Texts, options: argparse.Namespace) -> DataSet:
    """The files as one data set; a date that reads two ways must be decided before anything is answered."""
    files = requested(texts, options) if options.files else requests(SAMPLE)
    data = build(files, read=read_settings(texts, options), settings=settings(texts, options))
    for report in data.reports:
        for finding in report.findings:
            if finding.code == "dates_ambiguous":
                raise WrongCall(f"{sentence(texts, finding, report.file)} {texts('cli.date_order')}")
    return data


def say_nothing(texts: Texts, data: DataSet) -> int:
    """Nothing usable: why, file by file, on standard error."""
    print(texts("frame.nothing_usable"), file=sys.stderr)
    for report in data.reports:
        for finding in report.findings:
            print(f"{report.file}: {sentence(texts, finding, report.file)}", file=sys.stderr)
    return 1


def _print(answer: pd.DataFrame, form: str) -> None:
    """CSV is the file that the page downloads; JSON has days as ISO text and null where there is no number."""
    if form == "csv":
        sys.stdout.write(csv_bytes(answer).decode("utf-8-sig").replace("\r\n", "\n"))
    elif form == "json":
        rows = json.loads(answer.to_json(orient="records", date_format="iso", date_unit="s", double_precision=15))
        days = set(answer.select_dtypes("datetime").columns)
        print(json.dumps(
            [{key: value[:10] if key in days and value else value for key, value in row.items()} for row in rows],
            ensure_ascii=False,
        ))
    else:
        print(answer.to_string(index=False, na_rep="–"))
