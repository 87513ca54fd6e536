"""What a town is asked, one item a cell: several findings on one cell are one thing to do."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from pipeline.products.feedback.words import subject
from pipeline.rules import Finding, Level


class Part(StrEnum):
    """What the town has to do about an item."""

    MEND = "请改正"
    EXPLAIN = "请说明"


WHY = {
    Part.MEND: "改好以前，这些数暂不采用",
    Part.EXPLAIN: "不影响采用，没有错的在备注写明或回复即可，有错的改好重报",
}


@dataclass(frozen=True)
class Item:
    """One cell (or village, or file) that a town is asked about. findings: all that is said of it, worst first."""

    findings: tuple[Finding, ...]

    @property
    def at(self) -> Finding:
        """Where it stands."""
        return self.findings[0]

    @property
    def file(self) -> str:
        return self.at.file

    @property
    def place(self) -> tuple[str, str]:
        """(file, sheet)"""
        return self.at.file, self.at.sheet

    @property
    def part(self) -> Part:
        """A cell that must be mended is not asked about a second time."""
        return Part.MEND if any(row.is_to_mend for row in self.findings) else Part.EXPLAIN

    @property
    def subject(self) -> str:
        """盐灶村新建; without the kind where both are meant."""
        return next(filter(None, map(subject, self.findings)), "")

    @property
    def ask(self) -> str:
        """What to do: as the gravest findings say it, each request once."""
        gravest = [row for row in self.findings if row.is_to_mend] or self.findings
        return _each(row.ask for row in gravest)

    @property
    def why(self) -> str:
        """What is wrong, all of it."""
        return _each(row.words for row in self.findings)

    @property
    def order(self) -> tuple[str, str, list[int], str]:
        """As a clerk goes through the files: row by row, E10 behind E4."""
        return *self.place, [int(number) for number in re.findall(r"\d+", self.at.cell)], self.at.cell


def one_a_cell(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of one level on one cell as one, each word and each request once; notes and settled ones as they are."""
    for (level, *_, cell), rows in groupby(findings, lambda row: (row.level, row.file, row.sheet, row.cell)):
        if not cell or level is Level.NOTE:
            yield from rows
            continue
        same = list(rows)
        yield replace(same[0], words=_each(row.words for row in same), ask=_each(row.ask for row in same))


def _each(texts: Iterable[str]) -> str:
    return "；".join(filter(None, dict.fromkeys(texts)))


Parts = Mapping[Part, Sequence[Item]]


def of_towns(findings: Iterable[Finding]) -> dict[str, Parts]:
    """town -> its items, "" for files that are nobody's; a town that need not answer is not in it."""
    cells: dict[tuple[str, ...], list[Finding]] = {}
    for row in findings:
        if row.is_for_town and row.level is not Level.NOTE:
            about = () if row.cell else (row.village, row.kind)
            cells.setdefault((row.town, row.file, row.sheet, row.cell, *about), []).append(row)
    by_town: dict[str, list[Item]] = {}
    for rows in cells.values():
        by_town.setdefault(rows[0].town, []).append(Item(tuple(rows)))
    return {town: _parted(items) for town, items in by_town.items()}


def _parted(items: list[Item]) -> Parts:
    """The items by what is to be done, in the files' order; a part without any is not there."""
    ordered = sorted(items, key=lambda item: item.order)
    by_part = {part: [item for item in ordered if item.part is part] for part in Part}
    return {part: listed for part, listed in by_part.items() if listed}
