"""What the attacks on kept data share: a store with everything in it, and what a reader would see of it."""

import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

from retention.dataset import DataSet, build
from retention.filters import Filters
from retention.keeping import Store, care, lock
from retention.kept_data import keep, kept
from retention.model import FileRequest

NOTE = {"id": 1, "metric": "member_churn", "day": "2025-06-30", "text": "Prices raised", "author": "Käthe",
        "at": "2025-07-01T10:00"}
MADE = {"author": "Käthe", "promise_hours": 48, "notes": [NOTE], "grace_days": 7}
MEMBERS = "email,plan,joined_at,cancelled_at,price\n" + "".join(
    f"m{n}@example.org,Gold,2025-01-{n:02},{'2025-06-01' if n < 4 else ''},9.90\n" for n in range(1, 13))
SURVEY = "email,answered_at,reason\n" + "".join(f"m{n}@example.org,2025-06-0{n},price\n" for n in range(1, 4))
QUESTIONS = ("extent", "member_churn", "reasons", "survival")


def data_of(folder: Path, **files: str) -> DataSet:
    """A data set of CSV texts by name."""
    wanted = []
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        wanted.append(FileRequest(path.name, str(path)))
    return build(wanted)


def filled(folder: Path, data: DataSet) -> Store:
    """A store in which a data set, notes, settings and shown months are kept."""
    store = Store(folder)
    store.begin()
    keep(data, store)
    for name, value in MADE.items():
        store.make(name, value)
    store.show({"2025-06-01": {"churned": 3, "active": 12, "on": "2025-07-01", "ids": ["m1", "m2", "m3"]}})
    return store


def another_process(store: Store) -> None:
    """Forget what this process knows of the folder, as if it had just begun."""
    lock.release(store.folder)
    care.forget(store.folder)


def copied(store: Store, folder: Path) -> Store:
    """The same folder once more, to be damaged."""
    shutil.copytree(store.folder, folder)
    (folder / lock.NAME).unlink(missing_ok=True)
    return Store(folder)


def older(whole: Store, folder: Path) -> Store:
    """The same data and values as an older version kept them: bare JSON files, no checksums."""
    name = f"data-{'0' * 32}"
    shutil.copytree(whole.data().folder, folder / name)
    about = {key: value for key, value in whole.data().about.items() if key not in ("tables", "kept_at", "rows")}
    about["settings"] = {**about["settings"], "memory": "4GB", "threads": 2, "seconds": 60}
    (folder / name / "about.json").write_text(json.dumps({**about, "version": 1}))
    (folder / "current").write_text(name)
    (folder / "made.json").write_text(json.dumps(MADE))
    (folder / "shown.json").write_text(json.dumps({"2025-06-01": {"churned": 9, "active": 12, "on": "2025-07-01",
                                                                 "ids": []}}))
    return Store(folder)


def answers(store: Store) -> str | None:
    """What the kept data answers; None where there is none."""
    data = kept(store)
    if data is None:
        return None
    try:
        return data.fingerprint + "".join(data.ask(name, Filters()).to_csv() for name in QUESTIONS)
    finally:
        data.forget()


CHANGES = ("replace", "rename", "unlink", "remove", "mkdir", "rmdir", "fsync", "open", "link")  # of os, on the disk


def killed_at(step: int, store: Store, does: Callable[[Store], object]) -> bool:
    """Do something with the store in a copy of this process that dies at the n-th step that changes the disk, as by a
    power cut; return whether it died."""
    child = os.fork()
    if child == 0:
        try:
            _die_after(step)
            does(store)
            os._exit(0)
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "it raised"
    return os.WIFSIGNALED(status)


def _die_after(steps: int) -> None:
    """Replace what changes the disk by functions that count, and end the process when enough was counted."""
    left = [steps]

    def dying(function):
        def step(*given, **named):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return function(*given, **named)
        return step

    for name in CHANGES:
        setattr(os, name, dying(getattr(os, name)))
