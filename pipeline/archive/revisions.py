"""Records on disc: which weeks and revisions there are, their tables as they were sealed."""

import csv
import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pipeline.archive.manifest import MANIFEST, is_date, manifest
from pipeline.archive.text import digest, from_csv, texts
from pipeline.errors import RecordError
from pipeline.records import SUBMISSIONS, Submissions, Table

R = TypeVar("R")
T = TypeVar("T")

RAW, OUTPUT = Path("data", "raw"), Path("data", "output")
WITHHELD = "data/raw/{}.withheld.json"  # in a replay's office: what its manifest keeps of files that were not


def weeks(root: Path) -> list[str]:
    """The closing dates that have a folder of raw files, oldest first."""
    return sorted(path.name for path in (root / RAW).glob("*") if path.is_dir() and is_date(path.name))


def revisions(root: Path, week: str) -> list[Path]:
    """r1, r2 … of one week; what was left behind by a killed run is not among them."""
    named = {path: re.fullmatch(r"r(\d+)", path.name) for path in (root / OUTPUT / week).glob("r*")}
    complete = {path: int(match[1]) for path, match in named.items() if match and (path / MANIFEST).is_file()}
    return sorted(complete, key=lambda path: complete[path])


def newest_records(root: Path) -> dict[str, Path]:
    """Each recorded week's highest revision."""
    return {day: known[-1] for day in recorded_weeks(root) if (known := revisions(root, day))}


def as_of(root: Path, day: dt.date) -> dict[str, Path]:
    """Each week's highest revision that was sealed by the end of that day: what the office knew then."""
    known = {}
    for week in recorded_weeks(root):
        sealed = [record for record in revisions(root, week) if manifest(record).run.finished[:10] <= day.isoformat()]
        if sealed:
            known[week] = sealed[-1]
    return known


def recorded_weeks(root: Path) -> list[str]:
    """The closing dates that have a folder of records, oldest first."""
    return sorted(folder.name for folder in (root / OUTPUT).glob("*") if is_date(folder.name))


def first_submissions(root: Path, week: str) -> Submissions | None:
    """What had been sent by the week's first revision; None before it."""
    known = revisions(root, week)
    return submissions(known[0]) if known else None


def table(folder: Path, of: Table[R]) -> list[R]:
    """One table of a record, if it still is what was sealed."""
    return _parsed(folder, of, from_csv)


def table_texts(folder: Path, of: Table[Any]) -> list[dict[str, str]]:
    """The same as plain texts: what an older program may have written is no fault of the record."""
    return _parsed(folder, of, texts)


def submissions(folder: Path) -> Submissions:
    """The submissions of a record."""
    return Submissions.of(table(folder, SUBMISSIONS))


def _parsed(folder: Path, of: Table[Any], parse: Callable[[Table[Any], bytes], T]) -> T:
    path = folder / "tables" / f"{of.name}.csv"
    sealed = manifest(folder).sealed
    try:
        content = path.read_bytes()
        if digest(content) != sealed.get(path.relative_to(folder).as_posix()):
            raise RecordError(f"存档表 {path} 与封存时不同（被改动或损坏），请从备份恢复这一周的存档")
        return parse(of, content)
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError, csv.Error) as error:
        raise RecordError(f"存档表 {path} 读不出（{error}），请从备份恢复这一周的存档") from None
