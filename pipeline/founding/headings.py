"""The heading of the target table, wherever it stands: one to three lines, merged or not; its columns by their words."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.intake.form import columns
from pipeline.intake.form.grid import Grid
from pipeline.intake.form.heading_words import understood
from pipeline.records import KINDS, Kind, Measure

_DEEPEST = 3  # lines of a heading
_OWN_HEADINGS = {
    "tier": re.compile(r"(?:村的?)?级别|层级"),
    "village_aliases": re.compile(r"(?:村的?)?(?:别名|别称|其他叫法|曾用名)"),
    "town_aliases": re.compile(r"区镇的?(?:别名|别称|其他叫法|曾用名)"),
}


@dataclass(frozen=True)
class Heading:
    """Where the heading ends, and which column holds what: town, village, tier …, 新建, 整改."""

    top: int
    bottom: int
    columns: Mapping[str, int]


def find(grid: Grid) -> Iterator[Heading]:
    """Every heading on the sheet, from the top; one that is repeated at a page break is one more."""
    after = 0
    for row in grid.rows:
        words = [word for _, word in grid.words(row)]
        if row > after and len(words) > 1 and any(map(columns.is_village, words)):
            bands = (_heading(grid, row, bottom) for bottom in range(row, row + _DEEPEST))
            found = next(filter(None, bands), None)
            if found:
                after = found.bottom
                yield found


def _heading(grid: Grid, top: int, bottom: int) -> Heading | None:
    """The heading in these lines, if it is a whole one."""
    numbers = range(1, grid.last_column + 1)
    lines = [[columns.corrected(grid.word(row, column)) for column in numbers] for row in range(top, bottom + 1)]
    by_column = columns.words_by_column(lines)
    meanings = {column: _meanings(words) for column, words in by_column.items() if words}
    known: dict[str, int] = {}
    for kind, column in itertools.chain(_targets(meanings), _labels(by_column)):
        known.setdefault(kind, column)
    return Heading(top, bottom, known) if {"town", "village", *KINDS} <= known.keys() else None


def _meanings(words: Sequence[str]) -> tuple[frozenset[Measure], frozenset[str]]:
    """Measures and kinds that the words of one column speak of."""
    meanings = [understood(word) for word in words]
    return (
        frozenset().union(*(meaning.measures for meaning in meanings)),
        frozenset().union(*(meaning.kinds for meaning in meanings)),
    )


def _targets(meanings: Mapping[int, tuple[frozenset[Measure], frozenset[str]]]) -> Iterator[tuple[str, int]]:
    """新建, 整改 -> column: those under 目标任务; in a table of targets alone, those with no measure over them."""
    for wanted in (frozenset((Measure.TARGET,)), frozenset[Measure]()):
        for column, (measures, kinds) in meanings.items():
            if measures == wanted and len(kinds) == 1 and not kinds & {Kind.TOTAL}:
                yield next(iter(kinds)), column


def _labels(by_column: Mapping[int, Sequence[str]]) -> Iterator[tuple[str, int]]:
    for column, words in by_column.items():
        for word in words:
            own = next((name for name, pattern in _OWN_HEADINGS.items() if pattern.fullmatch(word)), "")
            if own or columns.label(word):
                yield own or columns.label(word), column
