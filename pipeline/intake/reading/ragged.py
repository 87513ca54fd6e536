"""Rows of a CSV with more or fewer fields than the heading: which figure is whose cannot be told, so none is moved.

An unquoted comma makes two fields of one: 1,420 becomes 1 and 420, and all that follows stands one column too far. So
the figures of such a row are RAGGED, which is told where they stand. Three things are no doubt: fields at the end that
hold nothing, a 备注 that is left out, and commas in a 备注 that is the last column, which is put together again.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_FIGURE = re.compile(r"[-−+]?[0-9０-９][0-9０-９,，.]*\s*[户座个]?")
_NOTHING = ("", "-", "—", "——", "/", "无")
_MEASURED = ("目标", "任务", "完成", "新建", "整改")
_REMARK = ("备注", "说明")
_DEEPEST = 3
_QUOTES = " \"'“”"
_SMALL, _THREE = re.compile(r"[1-9]\d?"), re.compile(r"\d{3}")  # 1,420 and 12,345; 420,180 is no household count


class Row(NamedTuple):
    """One line: its number, how many fields it has, and those up to the last that holds something."""

    number: int
    width: int
    values: Sequence[str]

    def at(self, column: int) -> str:
        """What stands in a column, counted from 1."""
        return self.values[column - 1].strip() if column <= len(self.values) else ""


class Heading(NamedTuple):
    """The heading: its last line, how wide it is, which columns hold figures, where 备注 is (0: nowhere)."""

    bottom: int
    width: int
    figures: Sequence[int]
    remark: int

    def is_of(self, row: Row) -> bool:
        """Whether a row below it holds a figure: titles, signatures and notes may be as long as they like."""
        return row.number > self.bottom and any(_is_figure(value) for value in row.values[self.figures[0] - 1 :])


def heading(rows: Sequence[Row]) -> Heading | None:
    """The first line that names two things which the form measures or asks for, with those below it."""
    for place, row in enumerate(rows):
        if _is_heading(row):
            band = [*_above(rows[:place]), row, *_below(rows[place + 1 : place + _DEEPEST])]
            width = max(len(line.values) for line in band)
            words = ["".join(line.at(column) for line in band) for column in range(1, width + 1)]
            columns = [place for place, word in enumerate(words, 1) if _names(word, _MEASURED) and "村" not in word]
            remark = next((place for place, word in enumerate(words, 1) if _names(word, _REMARK)), 0)
            return Heading(band[-1].number, width, columns, remark) if columns else None
    return None


def _is_heading(row: Row) -> bool:
    named = {word for word in (*_MEASURED, *_REMARK) for value in row.values if _names(value, (word,))}
    filled = [value for value in row.values if value.strip()]
    return len(named) > 1 and len(filled) > 2 and not any(map(_is_figure, filled))


def _above(rows: Sequence[Row]) -> Sequence[Row]:
    """The lines of group headings over it: several words that hold no figure. One alone is a title, 单位：… a sender."""
    first = len(rows)
    while first and len(rows) - first < _DEEPEST - 1 and _is_group(rows[first - 1]):
        first -= 1
    return rows[first:]


def _is_group(row: Row) -> bool:
    filled = [value for value in row.values if value.strip()]
    return len(filled) > 1 and not any(_is_figure(value) or "：" in value or ":" in value for value in filled)


def _below(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        if any(map(_is_figure, row.values)) or not any(_names(value, _MEASURED) for value in row.values):
            return
        yield row


def _names(text: str, words: Sequence[str]) -> bool:
    squeezed = "".join(text.split())
    return any(word in squeezed for word in words)


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text.strip(_QUOTES)))


def is_uniform(rows: Sequence[Row], head: Heading) -> bool:
    """Whether all rows with figures have as many fields: then a comma at every end is the program's habit."""
    return len({row.width for row in rows if head.is_of(row)}) == 1


def is_ragged(row: Row, head: Heading, uniform: bool) -> bool:
    """Whether its figures may stand in other columns than their own."""
    if row.width < head.width:
        return len(row.values) < (head.remark or head.width + 1) - 1
    if head.remark == head.width and _is_figure(row.at(head.remark)):  # the last figure, moved there?
        return row.width > head.width or _may_be_split(row)
    if len(row.values) > head.width:
        return not is_remark_split(row, head)
    return row.width > head.width and not uniform and _may_be_split(row)


def is_remark_split(row: Row, head: Heading) -> bool:
    """Whether what is too much can only be the rest of 备注: all figures are in their columns, and words follow."""
    if not head.remark == head.width < len(row.values):
        return False
    are_figures = all(_is_figure(row.at(column)) or row.at(column) in _NOTHING for column in head.figures)
    begins = row.at(head.remark)
    return are_figures and begins not in _NOTHING and not _is_figure(begins) and not _may_be_split(row)


def _may_be_split(row: Row) -> bool:
    """Whether two neighbours would make one number with a comma for thousands."""
    values = [value.strip(_QUOTES) for value in row.values]
    return any(_SMALL.fullmatch(first) and _THREE.fullmatch(second) for first, second in pairwise(values))
