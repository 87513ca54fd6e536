"""The four tables of one week, as a record holds them and `check --json` prints them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.records import COMPLETION, PROGRESS, SUBMISSIONS, Completion, Progress, Submissions, Table
from pipeline.rules import FINDINGS, Finding

ARCHIVED: tuple[Table[Any], ...] = (SUBMISSIONS, PROGRESS, COMPLETION, FINDINGS)


@dataclass(frozen=True)
class Tables:
    """What one week comes to."""

    submissions: Submissions
    progress: Sequence[Progress]
    completion: Sequence[Completion]
    findings: Sequence[Finding]

    def __iter__(self) -> Iterator[tuple[Table[Any], Sequence[Any]]]:
        """Each table with its rows, in the order in which they are promised."""
        yield from zip(
            ARCHIVED, (self.submissions.rows, self.progress, self.completion, self.findings), strict=True
        )  # fmt: skip
