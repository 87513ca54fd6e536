"""data/output/seals.csv: one line for each sealed revision, appended and never rewritten, each bound to the one before.

What is written to disc, in this order: the intent (the line to come), the record by its rename, the line. A run that is
killed in between leaves the intent, and only by it the line is made up for. A record without line or intent is named.
"""

import contextlib
import datetime as dt
import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import BinaryIO

from pipeline import locks, machine
from pipeline.archive.manifest import MANIFEST, is_date, manifest, raw
from pipeline.archive.revisions import OUTPUT, recorded_weeks, revisions
from pipeline.errors import RecordError

FILE, LATER = "seals.csv", "补记"
_INTENT, _LOCK = ".seals.intent", ".seals.lock"
_DIGEST = r"[0-9a-f]{64}"
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"
_LINE = re.compile(
    rf"(\d{{4}}-\d\d-\d\d),((?:[a-z]+-)?r[1-9]\d*),(final|draft),({_DIGEST}),({_DIGEST}),({_DIGEST}|),({_TIME}),?({LATER}|)"
)


@dataclass(frozen=True)
class Line:
    """One sealed revision. seal: of its figures; digest: of its manifest; before: of the line before ("" for the first)."""

    week: str
    revision: str
    status: str
    seal: str
    manifest: str
    previous: str
    sealed_at: str  # with the offset of the PC's time zone
    remark: str  # 补记: the record is older than the register

    @property
    def text(self) -> str:
        """As it stands in the file."""
        return ",".join(astuple(self))

    @property
    def digest(self) -> str:
        """What the next line says of it."""
        return digest_of(self.text)

    @property
    def place(self) -> str:
        """2023-05-05/r1"""
        return f"{self.week}/{self.revision}"


HEADING = ",".join(field.name for field in fields(Line))


def digest_of(text: str) -> str:
    """sha256 of a line as it stands in the file, without its end."""
    return hashlib.sha256(text.encode()).hexdigest()


def parsed(text: str) -> Line | None:
    """None if it is no line of a register."""
    match = _LINE.fullmatch(text)
    line = Line(*match.groups()) if match and is_date(match[1]) else None
    return line if line and line.text == text else None


def found_in(text: str) -> list[Line]:
    """The lines in a text that was sent out: a copy of the file, or a message that has one of them, broken or not."""
    plain = re.sub(r"\s", "", text).replace("，", ",")
    return [Line(*match.groups()) for match in _LINE.finditer(plain) if is_date(match[1])]


def is_there(root: Path) -> bool:
    """Whether the office has a register yet."""
    return (root / OUTPUT / FILE).is_file()


def texts(root: Path) -> list[str]:
    """The lines below the heading, as they stand there; how they end does not count."""
    return [text for text in _all_texts(root) if text != HEADING]


def has_heading(root: Path) -> bool:
    """Whether the file begins as it was begun."""
    return _all_texts(root)[:1] == [HEADING]


def _all_texts(root: Path) -> list[str]:
    if not is_there(root):
        return []
    try:  # what an office program made of it is no line, and is told as such
        return (root / OUTPUT / FILE).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError as error:
        raise RecordError(f"{(OUTPUT / FILE).as_posix()} 读不出（{error.strerror}）。请关闭占用它的程序") from None


def lines(root: Path) -> list[Line]:
    """Those that can be read."""
    return [line for text in texts(root) if (line := parsed(text))]


def next_revision(root: Path, week: str) -> int:
    """The number that a record of this week gets if it is sealed now; that of one that is gone is not given again."""
    names = [*(record.name for record in revisions(root, week)), *(line.revision for line in _of_week(root, week))]
    return max((int(name[1:]) for name in names), default=0) + 1


def lost(root: Path, week: str) -> list[str]:
    """The revisions of a week that were registered and are not there."""
    known = {record.name for record in revisions(root, week)}
    return [line.revision for line in _of_week(root, week) if line.revision not in known]


def _of_week(root: Path, week: str) -> list[Line]:
    """The weekly records' lines; those of ledger reviews are others'."""
    return [line for line in lines(root) if line.week == week and line.revision.startswith("r")]


def intended(root: Path) -> Line | None:
    """The line that a run was about to append when it was cut off."""
    try:
        return parsed((root / OUTPUT / _INTENT).read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return None


# ---- appending -------------------------------------------------------------------------------------------------


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
        intent = self._folder / _INTENT
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
        (self._folder / _INTENT).unlink(missing_ok=True)

    def begin(self, now: str) -> None:
        """The file, with the records that are older than it. One that has been registered before is not among them."""
        if is_there(self._root):
            return
        text, before = f"\ufeff{HEADING}\n", ""
        for line in _older(self._root, now):
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
        register.begin(now())
        register.heal()
        yield register


def _say_wait() -> None:
    print("另一次运行正在封存，请稍候…", file=sys.stderr)


def mend(root: Path) -> None:
    """Make up for the line that a killed run owes, if one does."""
    if (root / OUTPUT / _INTENT).exists():
        with held(root):
            pass


def now() -> str:
    """The time of this PC, with its offset."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def is_owed(root: Path, line: Line) -> bool:
    """Whether the record that a line was meant for is in its place, and has none."""
    record = root / OUTPUT / line.week / line.revision
    try:
        is_it = (record / MANIFEST).is_file() and raw(record).get("digest") == line.manifest
    except RecordError:
        return False
    whole = [text for text in texts(root) if parsed(text) or not line.text.startswith(text)]  # without a line cut off
    return is_it and line.previous == (digest_of(whole[-1]) if whole else "") and line.text not in whole


def _older(root: Path, now: str) -> Iterable[Line]:
    """Lines of the records that are older than the register, in the order in which they were sealed."""
    found = []
    for week in recorded_weeks(root):
        for record in revisions(root, week):
            with contextlib.suppress(RecordError):
                facts = manifest(record)
                if facts.run.register_before is None:
                    line = Line(week, record.name, facts.status, facts.seal, facts.digest, "", now, LATER)
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
