"""The heading of the form, wherever it stands: one to three lines, merged or not; its columns by their words alone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pipeline.intake.form import columns
from pipeline.intake.form.columns import Heading
from pipeline.intake.form.dates import Period
from pipeline.intake.form.grid import Grid
from pipeline.intake.form.heading_words import understood, without_english
from pipeline.records import Measure

_DEEPEST = 3
_LONGEST = 12
_STEPS_A_WORD = 8


def find(grid: Grid, period: Period) -> list[Heading]:
    """Every heading band on the sheet, from the top."""
    bands: list[Heading] = []
    after = 0
    for row in grid.rows:
        if row <= after or not _starts(grid, row):
            continue
        possible = list(_bands_from(grid, row, period))
        if possible:
            clearest = min(possible, key=lambda heading: bool(heading.unclear) + bool(heading.weekly))
            bands.append(_with_units(grid, clearest, period))
            after = bands[-1].bottom
    return bands


def _bands_from(grid: Grid, top: int, period: Period) -> Iterator[Heading]:
    """Every band that begins with this row and is a whole heading; the shortest first."""
    for bottom in range(top, top + _DEEPEST):
        heading = _read(grid, top, bottom, period)
        if heading.is_complete and not any(_holds_data(grid, row, heading) for row in range(top, bottom + 1)):
            yield heading


def lacks_kinds(grid: Grid) -> bool:
    """H08: a heading of villages and 完成情况 that does not part 新建 from 整改."""
    for row in grid.rows:
        words = {columns.corrected(word) for _, word in grid.words(row)}
        meanings = [understood(word) for word in words]
        if any(map(columns.is_village, words)) and any(
            each.measures == {Measure.DONE} and not each.rest for each in meanings
        ):
            return True
    return False


def _starts(grid: Grid, row: int) -> bool:
    """The first line of a heading names the village column, or the measures above it. One word alone is a title."""
    words = grid.words(row)
    return len(words) > 1 and any(_opens(word) for _, word in words if not word.isdigit())


@lru_cache(maxsize=4096)
def _opens(written: str) -> bool:
    word = without_english(columns.corrected(written))
    measures = understood(word).measures - {Measure.RATE, Measure.LEFT}
    return columns.is_village(word) or (len(word) <= _LONGEST and not word.endswith("表") and bool(measures))


def _holds_data(grid: Grid, row: int, heading: Heading) -> bool:
    """A line of figures, or of a village, is no part of the heading."""
    village = grid.word(row, heading.village)
    if any(word.replace(".", "").isdigit() for _, word in grid.words(row)):
        return True
    is_label = columns.is_village(village) or bool(understood(village).measures)
    return not is_label and village.endswith(("村", "社区"))


def _with_units(grid: Grid, heading: Heading, period: Period) -> Heading:
    """The heading with the line of units under it, if there is one: 座 | 座, or （万元） | %."""
    below = heading.bottom + 1
    words = {grid.word(below, column) for column in heading.figures} - {""}
    village = grid.word(below, heading.village)
    is_below = village in ("", grid.word(heading.bottom, heading.village))  # the label may be merged over the lines
    if not is_below or not words or not all(_is_unit(word) for word in words):
        return heading
    return _read(grid, heading.top, below, period)


def _is_unit(word: str) -> bool:
    return bool(re.fullmatch(r"（?(?:单位：)?[^\d（）：]{1,3}）?", word))


def _read(grid: Grid, top: int, bottom: int, period: Period) -> Heading:
    numbers = range(1, grid.last_column + 1)
    grid.sheet.work(_STEPS_A_WORD * (bottom - top + 1) * grid.last_column)
    lines = tuple(tuple(grid.word(row, column) for column in numbers) for row in range(top, bottom + 1))
    hidden = frozenset(grid.sheet.hidden_columns.intersection(numbers))
    heading = columns.of_lines(lines, hidden, period)
    typos = tuple((grid.place(top + row, column), typo, meant) for row, column, typo, meant in columns.typos(lines))
    return replace(heading, top=top, bottom=bottom, typos=typos)
