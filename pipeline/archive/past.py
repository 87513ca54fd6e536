"""What the records of earlier weeks say."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline import tables
from pipeline.archive.revisions import link, manifest, newest_records, table, weeks
from pipeline.archive.text import to_csv
from pipeline.intake.names import Names
from pipeline.params import Programme
from pipeline.rules import finding
from pipeline.tables import COMPLETION, FINDINGS, PROGRESS, REPORTING, Schema


@dataclass(frozen=True)
class History:
    """What the records of earlier weeks say, each week by its highest revision.

    progress, completion: all their rows; reporting: what became of each town's submission; files: sha256 -> week;
    digests: (week, file) -> sha256. findings: on the history itself. doubted: towns whose alias was put in doubt in an earlier record.
    records: (week, revision, digest of its manifest) of every record that was read.
    lacking: earlier weeks that have raw files and no record.
    seal, digest: of the last earlier record ("" for the first): of its figures, and of all its files.
    """

    progress: pd.DataFrame
    completion: pd.DataFrame
    reporting: pd.DataFrame
    files: dict[str, str]
    digests: dict[tuple[str, str], str]
    findings: pd.DataFrame
    doubted: frozenset[str]
    seal: str
    digest: str
    records: tuple[tuple[str, str, str], ...]
    lacking: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Of the earlier figures that this week stands on; a re-sealed week with the same figures changes nothing."""
        return hashlib.sha256(to_csv(self.progress) + to_csv(self.reporting)).hexdigest()


def history(root: Path, week: str, name: str, programme: Programme, known: Mapping[str, Path] | None = None) -> History:
    """The earlier weeks of this programme (`name`: its file); one with raw files but no record is named in a finding.

    known: which record of each week counts (by default the highest revision): with `as_of` the history reads as it
    stood on a day.

    A town or village that has been renamed since, and keeps its old name as an alias, is found by its name of today.
    """
    counted = newest_records(root) if known is None else known
    newest = {day: folder for day, folder in sorted(counted.items()) if day < week}
    lacking = [day for day in weeks(root) if day < week and day not in newest]
    newest = {day: folder for day, folder in newest.items() if manifest(folder)["programme"] == name}
    submissions = {day: table(folder, tables.SUBMISSIONS) for day, folder in newest.items()}
    files = {sha: day for day, frame in submissions.items() for sha in frame["sha256"] if sha}
    last = list(newest.values())[-1] if newest else None
    names = Names(programme)
    reported = [reporting(frame, day) for day, frame in submissions.items()]
    return History(
        progress=_all(PROGRESS, [_renamed(table(folder, PROGRESS), names) for folder in newest.values()]),
        completion=_all(COMPLETION, [_renamed(table(folder, COMPLETION), names) for folder in newest.values()]),
        reporting=_all(REPORTING, [_renamed(frame, names) for frame in reported]),
        files=files,
        digests={(day, row["file"]): row["sha256"] for day, frame in submissions.items() for row in tables.rows(frame)},
        findings=FINDINGS.table([finding("no_record", _lacking(lacking))] if lacking else []),
        doubted=frozenset(town for folder in newest.values() for town in _doubted(folder)),
        seal=manifest(last)["seal"] if last else "",
        digest=link(last),
        records=tuple((day, folder.name, link(folder)) for day, folder in newest.items()),
        lacking=tuple(lacking),
    )


def _doubted(folder: Path) -> list[str]:
    found = table(folder, FINDINGS)
    return list(found.loc[found["rule"] == "doubtful_alias", "town"])


def _lacking(weeks: list[str]) -> str:
    return f"截至 {'、'.join(weeks)} 有报送文件但没有存档，未计入历史；请先运行 python -m pipeline report"


def reporting(submissions: pd.DataFrame, week: str) -> pd.DataFrame:
    """reporting: what became of each town's submission in one week."""
    own: dict[str, str] = {}
    for row in tables.rows(submissions):
        own.setdefault(row["town"], row["status"])  # a town's further rows are further files
    return REPORTING.table({"week": week, "town": town, "status": status} for town, status in own.items() if town)


def _renamed(frame: pd.DataFrame, names: Names) -> pd.DataFrame:
    """The table with the names of today for towns and villages that are still known."""
    towns = [names.town(town) or town for town in frame["town"]]
    if "village" not in frame:
        return frame.assign(town=towns)
    villages = zip(towns, frame["village"], strict=True)
    return frame.assign(town=towns, village=[names.village(town, name) or name for town, name in villages])


def _all(schema: Schema, frames: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else schema.table()
