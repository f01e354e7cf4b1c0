"""`report`: a meeting about files, or about the sample data, as one HTML file or as PowerPoint, without a browser."""

import argparse
import errno
import os
from dataclasses import replace
from pathlib import Path

from retention.cli.ask import data_of, say_nothing
from retention.cli.common import WrongCall, refuse, shown, text_of
from retention.dataset import DataSet
from retention.filters import Filters
from retention.meeting.offline import offline
from retention.meeting.saved import MOST_BYTES, read_meeting, tried
from retention.meeting.slide import BadSlide, Slide, taken
from retention.meeting.slideshow import slideshow
from retention.texts import Texts

WRITERS = {".html": offline, ".pptx": slideshow}
# What an owner asks first: chart, question, page, column that counts.
USUAL = (
    ("member_churn", "member_churn", "churn", "active"), ("churn_by_cause", "member_churn", "churn", "active"),
    ("churn_change", "churn_change", "change", ""), ("survival", "survival", "staying", "at_risk"),
    ("reason_shares", "reasons", "reasons", "answered"), ("survey_response", "survey_response", "reasons", "leavers"),
    ("waiting", "waiting", "farewell", ""), ("winback_lift", "winback_lift", "winback", "treated"),
    ("natural_return", "natural_return", "winback", "at_risk"),
)


def run(options: argparse.Namespace) -> int:
    """0 with a file written, 1 where the files hold nothing usable, 2 for a wrong call."""
    texts = Texts(options.lang)
    target = Path(options.out)
    try:
        if target.suffix.lower() not in WRITERS:
            raise WrongCall(texts("cli.report.ending", file=shown(str(target))))
        if why := _not_writable(target):  # said before minutes of reading, not after them
            raise WrongCall(texts("cli.report.not_written", file=shown(str(target)), why=os.strerror(why)))
        wanted = _wanted(texts, options.meeting) if options.meeting else None
        data = data_of(texts, options)
    except WrongCall as problem:
        return refuse(problem)
    if not data.usable:
        return say_nothing(texts, data)
    try:
        slides = _slides(data, wanted)
    except BadSlide as problem:
        return refuse(_why_not(texts, options.meeting, problem))
    finally:
        data.forget()
    try:
        target.write_bytes(WRITERS[target.suffix.lower()](slides, texts))
    except OSError as problem:
        return refuse(texts("cli.report.not_written", file=str(target), why=problem.strerror or str(problem)))
    print(texts("cli.report.written", count=len(slides), file=str(target)))
    return 0


def _not_writable(target: Path) -> int | None:
    """The computer's number of the reason why no file can be written there."""
    try:
        if not target.parent.is_dir():
            return errno.ENOENT
        if target.is_dir():
            return errno.EISDIR
        if target.exists() and not target.is_file():  # a pipe would be waited for
            return errno.EINVAL
        return None if os.access(target if target.exists() else target.parent, os.W_OK) else errno.EACCES
    except OSError as problem:
        return problem.errno
    except ValueError:  # signs that no name has
        return errno.EINVAL


def _wanted(texts: Texts, name: str) -> list[Slide]:
    try:
        return read_meeting(text_of(texts, name, MOST_BYTES))
    except (WrongCall, UnicodeDecodeError):
        raise WrongCall(texts("cli.report.no_meeting", file=shown(name))) from None
    except BadSlide as problem:
        raise WrongCall(_why_not(texts, name, problem)) from None


def _why_not(texts: Texts, name: str, problem: BadSlide) -> str:
    """Which slide of a saved meeting cannot be used, and why; or that the file is no meeting at all."""
    if not problem.number:
        return texts("cli.report.no_meeting", file=shown(name))
    return texts(
        "cli.report.bad_slide", file=shown(name), number=problem.number, why=texts(f"meeting.why.{problem.why}")
    )


def _slides(data: DataSet, wanted: list[Slide] | None) -> list[Slide]:
    """Each slide wanted asked anew of these files; else the usual ones that these files can answer."""
    extent = data.ask("extent", Filters()).iloc[0]
    about = (extent.as_of.date(), data.fingerprint)
    if wanted is not None:
        return [_anew(data, number, one, about, extent.currency) for number, one in enumerate(wanted, 1)]
    asked = [(usual, data.ask(usual[1], Filters())) for usual in USUAL]
    return [
        taken(chart, asks, page, Filters(), answer, *about, n, extent.currency)
        for (chart, asks, page, n), answer in asked if len(answer)
    ]


def _anew(data: DataSet, number: int, one: Slide, about: tuple, currency: str) -> Slide:
    """The same slide of these files; raises BadSlide with its number."""
    try:
        answer = data.ask(one.asks, one.filters)
        slide = taken(one.chart, one.asks, one.page, one.filters, answer, *about, one.n, currency)
        return tried(replace(slide, headline=one.headline, remark=one.remark))
    except BadSlide as problem:
        raise BadSlide(problem.why, number) from None
