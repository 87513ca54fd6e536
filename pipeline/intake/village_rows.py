"""Rows of one village: the one that counts, copies of it, and parts of it, which are never added up."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.intake import numerals
from pipeline.intake.reading.book import CELL_TEXT
from pipeline.intake.typed import Line
from pipeline.printing import normal
from pipeline.records import Measure, Role

Named = tuple[Line, str]  # a row and its village


@dataclass(frozen=True)
class Again:
    """A second row of a village. is_copy: it says the same to the cell; else each of the two is a part of the village."""

    village: str
    first: Line
    second: Line
    is_copy: bool = False


def once_each(named: Sequence[Named]) -> tuple[list[Named], list[Again]]:
    """(the rows, of a village the first; the further rows of villages). An empty row beside a filled one is none."""
    kept: list[Named] = []
    again: list[Again] = []
    first: dict[str, Line] = {}
    filled = {village for line, village in named if _is_filled(line)}
    for line, village in named:
        if village in filled and not _is_filled(line):
            continue
        before = first.setdefault(village, line) if village else line
        if before is line:
            kept.append((line, village))
        else:
            again.append(Again(village, before, line, is_copy=_text(before) == _text(line)))
    return kept, again


def unnamed_parts(named: Iterable[Named]) -> Iterator[Again]:
    """A row without a name under a village's is a part of it, unless it is the sum of the rows above."""
    above: list[Line] = []
    for (before, village), (line, _) in itertools.pairwise(named):
        above += [before] if village else []
        is_next = village and line.row == before.row + 1 and line.role is Role.IN_ROW
        if is_next and is_unnamed(line) and has_figures(line) and (line.others or not _is_sum(line, above)):
            yield Again(village, before, line)


def is_unnamed(line: Line) -> bool:
    """Whether the row names no village."""
    return normal(line.village.raw) in numerals.DASHES


def has_figures(line: Line) -> bool:
    """Whether anything stands in its 完成情况."""
    return any(normal(entry.raw) not in numerals.DASHES for entry in line.entries if entry.measure is Measure.DONE)


def _is_filled(line: Line) -> bool:
    return bool(line.others) or any(entry.raw.strip() for entry in line.entries)


def _text(line: Line) -> tuple[object, ...]:
    """All that a row says, to the cell: two rows that say the same are copies."""
    return [aside.raw for aside in line.others], line.remark.raw, [entry.raw.strip() for entry in line.entries]


def _is_sum(line: Line, above: Sequence[Line]) -> bool:
    """Whether each figure of a row is the sum of those above it, as far as all are plain counts."""
    columns = zip(line.entries, *(row.entries for row in above), strict=True)
    counts = [[numerals.plain(entry.raw.strip() or "0", CELL_TEXT) for entry in column] for column in columns]
    if any(count is None for column in counts for count in column):
        return False
    values = [[count.value or 0 for count in column if count] for column in counts]
    return all(total == sum(parts) for total, *parts in values)
