"""Says in words what was read of a file: the same sentences on the page and on the command line."""

from retention.model import Finding, Report
from retention.texts import Texts

ORDER = {"refused": 0, "doubtful": 1, "note": 2}


def sentence(texts: Texts, finding: Finding, file: str) -> str:
    """What was noticed, where (as the spreadsheet shows it) and what to do now."""
    blanks = {
        "file": file, "column": finding.column or "", "example": finding.example or "",
        "count": finding.row_count or len(finding.rows), "rows": places(texts, finding, file),
    }
    message = texts(f"finding.{finding.code}.message", **blanks)
    remedy = f"finding.{finding.code}.remedy"
    return f"{message} {texts(remedy, **blanks)}".strip() if texts.has(remedy) else message


def places(texts: Texts, finding: Finding, file: str) -> str:
    """line 4; lines 4, 7 and 9; lines 4, 7, 9 and 12 more. Rows for workbooks and Parquet."""
    if not finding.rows:
        return ""
    kind = "row" if file.lower().endswith((".xlsx", ".parquet")) else "line"
    shown = [str(row) for row in finding.rows[:6]]
    more = max(finding.row_count, len(finding.rows)) - len(shown)
    if len(shown) == 1 and not more:
        return texts(f"place.{kind}.one", row=shown[0])
    last = texts("place.more", number=str(more)) if more > 0 else shown.pop()
    return texts(f"place.{kind}.other", rows=", ".join(shown), last=last)


def headline(texts: Texts, report: Report) -> str:
    """What the file was recognised as, and how many of its rows were taken."""
    if report.refused:
        return texts("report.refused")
    what = texts("report.recognised", system=texts.word("system", report.system), kind=texts.word("kind", report.kind))
    rows = texts("report.rows", read=texts.number(report.rows_read), taken=texts.number(report.rows_taken),
                 aside=texts.number(report.rows_set_aside))
    return f"{what} {rows}"


def as_object(texts: Texts, report: Report, counts: dict[str, int]) -> dict:
    """One file of `check --json`; `counts` holds members, subscriptions and leavers."""
    return {
        "file": report.file,
        "system": texts.word("system", report.system) if report.system else None,
        "kind": report.kind,
        "as_of": report.as_of.isoformat() if report.as_of else None,
        "as_of_basis": report.as_of_basis,
        "rows_read": report.rows_read, "rows_taken": report.rows_taken, "rows_set_aside": report.rows_set_aside,
        **{name: int(counts.get(name, 0)) for name in ("members", "subscriptions", "leavers", "not_counted")},
        "findings": [
            {
                "code": finding.code, "severity": finding.severity, "column": finding.column,
                "rows": list(finding.rows), "row_count": finding.row_count,
                "message": sentence(texts, finding, report.file),
            }
            for finding in sorted(report.findings, key=lambda finding: ORDER[finding.severity])
        ],
    }
