"""`check`: what each file was recognised as, how many rows were taken, and every finding in a sentence."""

import argparse
import json

from retention.cli.common import WrongCall, read_settings, refuse, settings
from retention.cli.reading import requested
from retention.dataset import DataSet, build
from retention.reporting import ORDER, as_object, headline, sentence
from retention.texts import Texts


def run(options: argparse.Namespace) -> int:
    """0 where something is usable, 1 where nothing is, 2 for a wrong call."""
    texts = Texts(options.lang)
    try:
        data = build(
            requested(texts, options), read=read_settings(texts, options), settings=settings(texts, options)
        )
    except WrongCall as problem:
        return refuse(problem)
    counts = _counts(data)
    for number, report in enumerate(data.reports):
        counted = counts[number] if number < len(counts) else {}
        if options.json:
            print(json.dumps(as_object(texts, report, counted), ensure_ascii=False))
        else:
            _say(texts, report, counted)
    data.forget()
    return 0 if any(report.rows_taken for report in data.reports) else 1


def _counts(data: DataSet) -> list[dict[str, int]]:
    """Members, subscriptions and leavers per file, in the order of the reports."""
    return data.ask("files").to_dict("records") if data.warehouse else []


def _say(texts: Texts, report, counted: dict) -> None:
    print(f"{report.file}\n  {headline(texts, report)}")
    if report.as_of:
        print(f"  {texts('report.as_of', day=report.as_of, basis=texts.word('as_of_basis', report.as_of_basis))}")
    if counted:
        names = ("members", "subscriptions", "leavers", "not_counted")
        print(f"  {texts('report.counts', **{name: texts.number(counted[name]) for name in names})}")
    for finding in sorted(report.findings, key=lambda finding: ORDER[finding.severity]):
        print(f"  [{texts.word('severity', finding.severity)}] {sentence(texts, finding, report.file)}")
