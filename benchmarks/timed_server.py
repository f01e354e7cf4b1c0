"""Serves ours or the bare page as `python -m retention serve` does, and writes down how long each script run took."""

import json
import sys
import threading
import time
from pathlib import Path

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from retention.filters import Filters
from retention.serving import DASHBOARD, serve
from retention.ui import session

BARE = Path(__file__).parent / "bare" / "page.py"

AFTER = 0.6  # seconds; the browser has painted by then, and clicks again later


def note_runs(log: Path, forget_answers: bool) -> None:
    """Time every script run from its request to its end; if wanted, forget the answers before the next one."""
    run = ScriptRunner._run_script

    def timed(runner, request) -> None:
        begun = time.perf_counter()
        run(runner, request)
        with log.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(time.perf_counter() - begun) + "\n")
        if forget_answers:
            threading.Timer(AFTER, _forget).start()

    ScriptRunner._run_script = timed


def _forget() -> None:
    """Each click then asks DuckDB and draws anew, as a first one does; what no filter changes stays known."""
    session._everybodys_answer.clear()
    session._everybodys_drawing.clear()
    for name in ("choices", "extent"):
        session.answer(session.everybodys(), name, Filters())


if __name__ == "__main__":
    page, log_file, answers = sys.argv[1:]
    note_runs(Path(log_file), page == "ours" and answers == "asked")
    serve(0, script=DASHBOARD if page == "ours" else BARE)
