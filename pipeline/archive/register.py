"""data/output/seals.csv: one line for each sealed revision, appended and never rewritten, each bound to the one before.

What it says, and what a run that was killed still owes it. `entering` appends.
"""

import hashlib
import re
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from pipeline.archive.manifest import MANIFEST, is_date, raw
from pipeline.archive.revisions import OUTPUT, revisions
from pipeline.errors import RecordError

FILE, LATER = "seals.csv", "补记"
INTENT = ".seals.intent"
_DIGEST = r"[0-9a-f]{64}"
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"
_LINE = re.compile(
    rf"(\d{{4}}-\d\d-\d\d),((?:[a-z]+-)?r[1-9]\d*),(final|draft),({_DIGEST}),({_DIGEST}),({_DIGEST}|),({_TIME}),?({LATER}|)"
)


@dataclass(frozen=True)
class Line:
    """One sealed revision. seal: of its figures; manifest: its digest; previous: of the line before ("" for the first)."""

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
        return parsed((root / OUTPUT / INTENT).read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return None


def is_owed(root: Path, line: Line) -> bool:
    """Whether the record that a line was meant for is in its place, and has none."""
    record = root / OUTPUT / line.week / line.revision
    try:
        is_it = (record / MANIFEST).is_file() and raw(record).get("digest") == line.manifest
    except RecordError:
        return False
    whole = [text for text in texts(root) if parsed(text) or not line.text.startswith(text)]  # without a line cut off
    return is_it and line.previous == (digest_of(whole[-1]) if whole else "") and line.text not in whole
