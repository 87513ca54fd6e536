"""The heading of the target table, wherever it stands: one to three lines, merged or not; its columns by their words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import TargetsError
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
    """The heading in these lines, if it is a whole one; TargetsError if it leaves open which column is meant."""
    numbers = range(1, grid.last_column + 1)
    lines = [[columns.corrected(grid.word(row, column)) for column in numbers] for row in range(top, bottom + 1)]
    by_column = {column: words for column, words in columns.words_by_column(lines).items() if words}
    targets = _targets(by_column)
    known = dict(reversed([*_labels(by_column)]))  # the first of each
    if not {"town", "village"} <= known.keys() or not all(targets.values()):
        return None
    for kind, possible in targets.items():
        if len(possible) > 1:
            cells = "、".join(grid.place(bottom, column) for column in possible)
            raise TargetsError(grid.file, [f"{grid.sheet.name}有几列像{kind}目标（{cells}），请只留一列，其余删去"])
    heading = Heading(top, bottom, known | {kind: possible[0] for kind, possible in targets.items()})
    hidden = sorted(grid.sheet.hidden_columns & set(heading.columns.values()))
    if hidden:
        letters = "、".join(grid.sheet.address(1, column).removesuffix("1") for column in hidden)
        raise TargetsError(grid.file, [f"{grid.sheet.name}的{letters}列是隐藏的，请取消隐藏"])
    return heading


def _targets(by_column: Mapping[int, Sequence[str]]) -> dict[str, list[int]]:
    """新建, 整改 -> columns: those under 目标任务; in a table of targets alone, those with no measure over them."""
    under: dict[str, list[int]] = {kind: [] for kind in KINDS}
    bare: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for column, words in by_column.items():
        meanings = [understood(word) for word in words]
        kinds = {kind for meaning in meanings for kind in meaning.kinds}
        measures = {measure for meaning in meanings for measure in meaning.measures}
        if len(kinds) == 1 and not kinds & {Kind.TOTAL} and measures <= {Measure.TARGET} and not meanings[-1].rest:
            (under if measures else bare)[kinds.pop()].append(column)
    return under if any(under.values()) else bare


def _labels(by_column: Mapping[int, Sequence[str]]) -> Iterator[tuple[str, int]]:
    for column, words in by_column.items():
        for word in words:
            own = next((name for name, pattern in _OWN_HEADINGS.items() if pattern.fullmatch(word)), "")
            if own or columns.label(word):
                yield own or columns.label(word), column
