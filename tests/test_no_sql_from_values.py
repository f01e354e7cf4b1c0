"""No statement is put together from a value: what a file, a mapping or a setting says is bound."""

import ast
import re
from pathlib import Path

import duckdb
import pytest

from retention.intake.worker import main
from retention.intake.worker.protocol import settings_to_wire
from retention.model import FileRequest, ReadSettings

ROOT = Path(__file__).resolve().parent.parent
OURS = [path for path in (ROOT / "retention").rglob("*.py") if "intake" not in path.parts] + [
    ROOT / "dashboard.py", *(ROOT / "pages").glob("*.py")]
STATEMENT = re.compile(
    r"\s*(select|insert|update|delete|create|drop|set|copy|attach|pragma|with|alter|install|load|call|export)\s", re.I)
MARK = "zq7'\"; drop table members; --"


def composed(tree: ast.AST) -> list[ast.AST]:
    """Every text that is put together from parts: f"…", "…".format(…), "…" % … and "…" + …."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values):
            found.append(node.values[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            found.append(node.func.value)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            found.append(node.left)
    return [node for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)]


@pytest.mark.parametrize("code", [
    "run(f'set memory_limit = {x}')", "run('select {}'.format(x))", "run('drop table ' + x)", "run('select %s' % x)",
])
def test_the_search_finds_a_statement_put_together(code):
    assert [node for node in composed(ast.parse(code)) if STATEMENT.match(node.value)]


def test_outside_the_intake_every_statement_is_fixed():
    for path in OURS:
        for node in composed(ast.parse(path.read_text(encoding="utf-8"))):
            assert not STATEMENT.match(node.value), f"{path.relative_to(ROOT)}:{node.lineno}: {node.value[:60]}"


class Recording:
    """A connection that remembers the text of every statement."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, said: list[str]):
        self._connection, self._said = connection, said

    def __getattr__(self, name: str):
        return getattr(self._connection, name)

    def execute(self, statement, *bound):
        self._said.append(str(statement))
        return self._connection.execute(statement, *bound)

    def sql(self, statement, *bound, **named):
        self._said.append(str(statement))
        return self._connection.sql(statement, *bound, **named)


UNKNOWN = (
    f'"who {MARK}";"from {MARK}";"to {MARK}";"why {MARK}"\n'.replace("'\"", "'\"\"")
    + "".join(f'm{n}@example.org;0{n}.01.2025;;"{MARK}"\n'.replace("'\"", "'\"\"") for n in range(1, 9))
)
SURVEY = "email,answered_at,reason,comment\n" + "".join(
    f'm{n}@example.org,2025-02-0{n},"{MARK}","{MARK}"\n'.replace("'\"", "'\"\"") for n in range(1, 9))


@pytest.mark.parametrize("date_order", ["day", MARK])
def test_no_word_of_a_file_a_mapping_or_a_setting_becomes_part_of_a_statement(tmp_path, monkeypatch, date_order):
    said: list[str] = []
    monkeypatch.setattr(main.duckdb, "connect", lambda connect=duckdb.connect: Recording(connect(), said))
    monkeypatch.setattr("tempfile.tempdir", None)
    heading = "{} " + MARK
    files = []
    for name, text in (("unknown.csv", UNKNOWN), ("survey.csv", SURVEY)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        files.append(FileRequest(f"{MARK}{name}", str(path)))
    files[0].mapping = {"member_id": heading.format("who"), "started_on": heading.format("from"),
                        "ended_on": heading.format("to"), MARK: heading.format("why")}
    files[0].kind, files[0].date_orders = "subscriptions", {heading.format("from"): date_order, MARK: "day"}
    settings = ReadSettings(time_zone=MARK, currency=MARK, date_order=date_order, decimal="comma",
                            reasons={MARK: "price", "other": MARK})
    request = {"files": [{"number": number, **vars(file)} for number, file in enumerate(files, 1)],
               "settings": settings_to_wire(settings), "into": str(tmp_path / "into"), "refused": []}
    reports = main.read_files(request, lambda *_: None)
    assert [report.rows_taken for _, report in reports] == [8, 8]
    assert len(said) > 20
    assert [statement for statement in said if "zq7" in statement] == []
