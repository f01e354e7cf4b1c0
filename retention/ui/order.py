"""What a session wants read: its files on disk in a folder of its own, how each is read, and what was asked once."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from retention.intake.recognise.mapping_files import header_key
from retention.model import FileRequest, ReadSettings, Report
from retention.scratch import scratch_folder
from retention.warehouse import Settings


@dataclass(frozen=True)
class Order:
    """Files to be read together and the settings for it; every change is a new order, so that the old one can stay."""

    files: tuple[FileRequest, ...] = ()
    read: ReadSettings = field(default_factory=ReadSettings)
    settings: Settings = Settings()

    def file(self, name: str) -> FileRequest | None:
        """The file of this name, if it is one of them."""
        return next((file for file in self.files if file.name == name), None)

    def having(self, added: Iterable[FileRequest]) -> "Order":
        """The same with more files; one of the same name takes the place of the older one."""
        added = list(added)
        names = {file.name for file in added}
        return replace(self, files=(*(file for file in self.files if file.name not in names), *added))

    def without(self, name: str) -> "Order":
        """The same without one file."""
        return replace(self, files=tuple(file for file in self.files if file.name != name))

    def reading(self, name: str, **changed: object) -> "Order":
        """The same with one file read in another way: its mapping, kind, orders of dates, decimals or list."""
        return replace(self, files=tuple(
            replace(file, **changed) if file.name == name else file for file in self.files
        ))


class Folder:
    """Where a session's files lie until they are forgotten; file names are the owner's words and never become paths."""

    def __init__(self):
        """Make the folder; it is removed with the session at the latest."""
        self._held = scratch_folder("retention-upload-")
        self._count = 0

    def keep(self, uploads: Iterable) -> list[FileRequest]:
        """Write what was chosen (each with `name` and `getbuffer()`), one request each; a double file counts once."""
        kept: dict[str, FileRequest] = {}
        seen: set[tuple[str, str]] = set()
        for upload in uploads:
            bytes_of = upload.getbuffer()
            own = (upload.name, hashlib.sha256(bytes_of).hexdigest())
            if own not in seen:
                seen.add(own)
                name = _free(upload.name, kept)
                kept[name] = FileRequest(name=name, path=str(self._write(upload.name, bytes_of)))
        return list(kept.values())

    def sweep(self, order: Order) -> None:
        """Remove every file that the order does not name."""
        named = {file.path for file in order.files}
        for path in Path(self._held.name).iterdir():
            if str(path) not in named:
                path.unlink()

    def close(self) -> None:
        """Remove the folder and all in it."""
        self._held.cleanup()

    def _write(self, name: str, content: memoryview) -> Path:
        self._count += 1
        path = Path(self._held.name) / f"{self._count}{_ending(name)}"
        path.write_bytes(content)
        return path


def known_again(order: Order, reports: Iterable[Report], remembered: dict[str, dict]) -> Order:
    """The same order with each unknown file read in the way in which one with these headings was read before."""
    for report in reports:
        way = remembered.get(header_key(report.headings))
        if report.refused and way and not order.file(report.file).mapping:
            order = order.reading(report.file, **way)
    return order


def _ending(name: str) -> str:
    ending = Path(name).suffix.lower()
    return ending if ending[1:].isalnum() and len(ending) < 10 else ""


def _free(name: str, taken: Iterable[str]) -> str:
    """Two different exports of one name stay two files."""
    if name not in taken:
        return name
    path = Path(name)
    return next(free for number in range(2, 1000) if (free := f"{path.stem} ({number}){path.suffix}") not in taken)
