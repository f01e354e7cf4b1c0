"""Bytes of a file read whole in this process: opened, recognised, typed, settled; without the child."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from retention.intake.combine.normalise import settle
from retention.intake.worker.main import read_one
from retention.intake.worker.storing import create_tables
from retention.model import FileRequest, ReadSettings, Report
from retention.reporting import sentence
from retention.texts import Texts


@dataclass
class Whole:
    """What came of one file."""

    report: Report
    subscriptions: list[tuple]

    @property
    def action(self) -> str:
        """accept, warn or reject, as the manifest of the bad files has them."""
        if self.report.refused:
            return "reject"
        doubtful = any(finding.severity == "doubtful" for finding in self.report.findings)
        return "warn" if doubtful or self.report.rows_set_aside else "accept"

    def said(self, language: str = "en") -> str:
        """All messages."""
        return " ".join(sentence(Texts(language), finding, self.report.file) for finding in self.report.findings)


def read(folder: Path, content: bytes | str, name: str = "file.csv", **settings) -> Whole:
    """Read the content as a file of that name."""
    path = folder / "file"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    asked = ReadSettings(**settings)
    with duckdb.connect() as connection:
        create_tables(connection)
        report = read_one(connection, FileRequest(name, str(path)), 1, asked, {}, lambda *_: None)
        settle(connection, [report], asked)
        rows = connection.execute(
            """select member_id, plan, price, cast(started_on as varchar), cast(ended_on as varchar)
            from subscriptions order by source_row"""
        ).fetchall()
    return Whole(report, rows)
