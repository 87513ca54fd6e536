"""What the records of earlier weeks say."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pipeline.archive.manifest import link, manifest
from pipeline.archive.revisions import newest_records, submissions, table, table_texts, weeks
from pipeline.archive.text import to_csv
from pipeline.intake.names import Names
from pipeline.params import Programme
from pipeline.records import COMPLETION, PROGRESS, REPORTING, Completion, Progress, Reporting, Submissions
from pipeline.rules import FINDINGS, RULES, Finding, finding, read_back
from pipeline.rules.files import NO_RECORD

Row = TypeVar("Row", Progress, Completion)


@dataclass(frozen=True)
class History:
    """What the records of earlier weeks say, each week by its highest revision.

    progress, completion: all their rows; reporting: what became of each town's submission; files: sha256 -> week;
    digests: (week, file) -> sha256. findings: on the history itself. shown: (rule, town) of the doubts that are told
    once and that an earlier record has shown.
    records: (week, revision, digest of its manifest) of every record that was read.
    lacking: earlier weeks that have raw files and no record.
    seal, digest: of the last earlier record ("" for the first): of its figures, and of all its files.
    """

    progress: list[Progress]
    completion: list[Completion]
    reporting: list[Reporting]
    files: dict[str, str]
    digests: dict[tuple[str, str], str]
    findings: list[Finding]
    shown: frozenset[tuple[str, str]]
    seal: str
    digest: str
    records: tuple[tuple[str, str, str], ...]
    lacking: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Of the earlier figures that this week stands on; a re-sealed week with the same figures changes nothing."""
        return hashlib.sha256(to_csv(PROGRESS, self.progress) + to_csv(REPORTING, self.reporting)).hexdigest()

    def has_shown(self, row: Finding) -> bool:
        """Whether this doubt is told once, and an earlier record has shown it of the same town."""
        return row.rule.told_once and (row.rule.name, row.town) in self.shown


def history(root: Path, week: str, name: str, programme: Programme, known: Mapping[str, Path] | None = None) -> History:
    """The earlier weeks of this programme (`name`: its file); one with raw files but no record is named in a finding.

    known: which record of each week counts (by default the highest revision): with `as_of` the history reads as it
    stood on a day.

    A town or village that has been renamed since, and keeps its old name as an alias, is found by its name of today.
    """
    counted = newest_records(root) if known is None else known
    newest = {day: folder for day, folder in sorted(counted.items()) if day < week}
    lacking = [day for day in weeks(root) if day < week and day not in newest]
    newest = {day: folder for day, folder in newest.items() if manifest(folder).programme == name}
    sent = {day: submissions(folder) for day, folder in newest.items()}
    names = Names(programme)
    last = list(newest.values())[-1] if newest else None
    return History(
        progress=[renamed(row, names) for folder in newest.values() for row in table(folder, PROGRESS)],
        completion=[renamed(row, names) for folder in newest.values() for row in table(folder, COMPLETION)],
        reporting=[
            replace(row, town=names.town(row.town) or row.town)
            for day, rows in sent.items()
            for row in reporting(rows, day)
        ],
        files={row.sha256: day for day, rows in sent.items() for row in rows.rows if row.sha256},
        digests={(day, row.file): row.sha256 for day, rows in sent.items() for row in rows.rows},
        findings=[finding(NO_RECORD, weeks="、".join(lacking))] if lacking else [],
        shown=frozenset(pair for folder in newest.values() for pair in _told_once(folder)),
        seal=manifest(last).seal if last else "",
        digest=link(last),
        records=tuple((day, folder.name, link(folder)) for day, folder in newest.items()),
        lacking=tuple(lacking),
    )


def _told_once(folder: Path) -> Iterable[tuple[str, str]]:
    """(rule, town) of a record's findings that are told once."""
    once = {name for name, rule in RULES.items() if rule.told_once}
    return ((row["rule"], row["town"]) for row in table_texts(folder, FINDINGS) if row["rule"] in once)


def findings(folder: Path) -> list[Finding]:
    """The findings of a record, but for rules that are no more."""
    return [read_back(row) for row in table_texts(folder, FINDINGS) if row["rule"] in RULES]


def reporting(submissions: Submissions, week: str) -> list[Reporting]:
    """reporting: what became of each town's submission in one week."""
    return [Reporting(week=week, town=row.town, status=row.status) for row in submissions.towns]


def renamed(row: Row, names: Names) -> Row:
    """The row with the names of today for a town and village that are still known."""
    town = names.town(row.town) or row.town
    village = names.village(town, row.village) or row.village
    is_same = (town, village) == (row.town, row.village)
    return row if is_same else replace(row, town=town, village=village)
