"""Lines appended to seals.csv (`register`), one run at a time.

What is written to disc, in this order: the intent (the line to come), the record by its rename, the line. A run that is
killed in between leaves the intent, and only by it the line is made up for. A record without line or intent is named.
"""

import contextlib
import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from pipeline import locks, machine
from pipeline.archive.manifest import manifest
from pipeline.archive.register import (
    FILE,
    HEADING,
    INTENT,
    LATER,
    Line,
    digest_of,
    intended,
    is_owed,
    is_there,
    lines,
    texts,
)
from pipeline.archive.revisions import OUTPUT, recorded_weeks, revisions
from pipeline.errors import RecordError

_LOCK = ".seals.lock"


class Register:
    """The register of one office, held by one run."""

    def __init__(self, root: Path) -> None:
        self._folder = root / OUTPUT
        self._root = root

    @property
    def last(self) -> str:
        """The digest of the last line; "" if there is none."""
        known = texts(self._root)
        return digest_of(known[-1]) if known else ""

    def time(self, even_backwards: bool) -> str:
        """Now. RecordError if that is before the last line's time, unless it is to be sealed all the same."""
        time = now()
        last = max((line.sealed_at for line in lines(self._root)), key=dt.datetime.fromisoformat, default=time)
        if dt.datetime.fromisoformat(time) < dt.datetime.fromisoformat(last) and not even_backwards:
            raise RecordError(
                f"电脑时钟（{time}）早于上一次封存（{last}），没有存档。请先校准时钟再运行；"
                "时钟确实没错的（上一次的错了），写明原因另存：report 日期 --revise “原因”。"
            )
        return time

    def enter(self, line: Line, move: Callable[[], object]) -> None:
        """Move the record to its place, and append its line; broken off in between, the intent is left."""
        intent = self._folder / INTENT
        with (self._folder / FILE).open("r+b") as file:  # before the record is moved: another program may hold it
            write_durably(intent, line.text)
            move()
            _append(file, line.text)
        intent.unlink()

    def heal(self) -> None:
        """Append the line that a killed run still owes to the record that it had moved."""
        line = intended(self._root)
        if line is not None and is_owed(self._root, line):
            with (self._folder / FILE).open("r+b") as file:
                _append(file, line.text)
        (self._folder / INTENT).unlink(missing_ok=True)

    def begin(self) -> None:
        """The file, with the records that are older than it. One that has been registered before is not among them."""
        if is_there(self._root):
            return
        text, before = f"\ufeff{HEADING}\n", ""
        for line in _older(self._root):
            bound = replace(line, previous=before)
            text, before = f"{text}{bound.text}\n", bound.digest
        fresh = self._folder / f"{FILE}.new"
        write_durably(fresh, text)
        fresh.replace(self._folder / FILE)


def _append(file: BinaryIO, text: str) -> None:
    """The line at the file's end; the rest of it, where its beginning stands there already."""
    cut_off = file.read().rpartition(b"\n")[2].decode("utf-8", "replace")
    if cut_off and not text.startswith(cut_off):
        file.write(b"\n")
        cut_off = ""
    file.write(text.removeprefix(cut_off).encode() + b"\n")
    _flush(file)


@contextlib.contextmanager
def held(root: Path) -> Iterator[Register]:
    """Alone with the register, which is begun or mended first if need be. RecordError if it cannot be locked."""
    (root / OUTPUT).mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locks.held(root / OUTPUT / _LOCK, waiting=_say_wait))
        except OSError as error:
            where = f"{OUTPUT.as_posix()}/{_LOCK}"
            no_lock = RecordError(f"不能锁定 {where}（{error.strerror}）。请把单位文件夹放到本机硬盘上再运行")
            raise machine.fault(error) or no_lock from None
        register = Register(root)
        register.begin()
        register.heal()
        yield register


def _say_wait() -> None:
    print("另一次运行正在封存，请稍候…", file=sys.stderr)


def mend(root: Path) -> None:
    """Make up for the line that a killed run owes, if one does."""
    if (root / OUTPUT / INTENT).exists():
        with held(root):
            pass


def now() -> str:
    """The time of this PC, with its offset."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def _older(root: Path) -> Iterable[Line]:
    """Lines of the records that are older than the register, in the order in which they were sealed."""
    found, time = [], now()
    for week in recorded_weeks(root):
        for record in revisions(root, week):
            with contextlib.suppress(RecordError):
                facts = manifest(record)
                if facts.run.register_before is None:
                    line = Line(week, record.name, facts.status, facts.seal, facts.digest, "", time, LATER)
                    found.append((facts.run.finished, week, facts.revision, line))
    return [row[-1] for row in sorted(found, key=lambda row: row[:3])]


def write_durably(path: Path, text: str) -> None:
    """A file that is on the disc, not only on its way, when this returns."""
    with path.open("wb") as file:
        file.write(text.encode())
        _flush(file)
    if os.name == "posix":  # the file's name too; Windows has no such thing for folders
        number = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
