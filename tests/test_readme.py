"""The README is true: its table, its files and its commands."""

import re
from pathlib import Path

from retention.questions import names, question

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (.+?\?) \| (.+?) \| `queries/(\w+)\.sql` \|$", README, re.MULTILINE)


def test_every_question_stands_in_the_table_under_its_own_words():
    assert sorted(name for _, _, name in ROWS) == sorted(names())
    for asks, _, name in ROWS:
        assert question(name).asks == asks


def test_the_page_of_each_row_asks_its_question():
    ui = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "retention" / "ui").glob("*.py"))
    for _, place, name in ROWS:
        script = place.strip("`")
        if not script.endswith(".py"):
            assert place in ("every page", "`ask` only")
            continue
        text = (ROOT / script).read_text(encoding="utf-8")
        asked = f'"{name}"' in text or "from retention.ui." in text and f'"{name}"' in ui
        assert asked, f"{script} does not ask {name}"


def test_every_file_that_it_names_is_there():
    for name in re.findall(r"`((?:queries|retention|pages|docs|sample_data)/[\w./]+\.\w+)`", README):
        if "my_" not in name:
            assert (ROOT / name).exists(), name
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    shown = [(ROOT, README), (ROOT / "docs", guide)]
    for folder, name in ((folder, name) for folder, text in shown for name in re.findall(r"!\[.*?\]\((.+?)\)", text)):
        assert (folder / name).stat().st_size < 200_000, f"{name} is not kept small"


def test_its_two_commands_are_targets_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^    make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_page_is_linked_and_every_link_is_a_page():
    from retention.ui.navigation import PAGES

    scripts = {script for script, _ in PAGES.values()}
    assert scripts == {"dashboard.py", *(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))}
