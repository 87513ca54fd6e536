"""What readers of several formats share: texts in several fonts, comments, percentages, hidden rows and columns."""

import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.intake.reading.book import (
    CELL_TEXT,
    PART_STRUCK,
    RED,
    STRUCK,
    Cell,
    Sheet,
    number_text,
)

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Runs:
    """The text of one cell, put together from runs; a footnote's raised digit is not glued onto a figure (12² not 122)."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.has_text = False
        self._looks: set[str] = set()

    def add(self, text: str, look: str = "", raised: bool = False) -> None:
        """One run; `look` is STRUCK, RED or "", `raised` is superscript and subscript."""
        self._pieces.append(text.translate(_RAISED) if raised else text)
        self.has_text = self.has_text or bool(text)
        if text.strip():
            self._looks.add(look)

    @property
    def is_begun(self) -> bool:
        """Whether there is any run at all, an empty one included."""
        return bool(self._pieces)

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    @property
    def mark(self) -> str:
        if STRUCK in self._looks:
            return STRUCK if self._looks == {STRUCK} else PART_STRUCK
        return RED if RED in self._looks else ""

    def cell(self) -> Cell | None:
        """The cell, if there is anything to be seen in it."""
        return Cell(self.text, CELL_TEXT, mark=self.mark) if self.text.strip() else None


def percent_text(value: float) -> str:
    """0.8 as 80%, as it is shown and was typed."""
    return f"{number_text(float(Decimal(repr(value)) * 100))}%"


_SIGNED = re.compile(r"[\t\u3000]-.{1,40}")  # Google ends each word of a conversation with it


def without_author(text: str, *authors: str) -> str:
    """A comment alone. Excel and WPS begin it with its author's name, Google ends it so; several may have written it.

    authors: the names that the file gives; without them only what no clerk types is taken for a name.
    """
    named = {author.strip() for author in authors} - {""}
    lines = [_unnamed(line, named, is_first=not place) for place, line in enumerate(text.strip(" \n").split("\n"))]
    return "\n".join(line for line in lines if line is not None).strip()


def _unnamed(line: str, named: set[str], is_first: bool) -> str | None:
    """A line of a comment without the name that it begins with; None for one that is nothing else."""
    if _SIGNED.fullmatch(line.rstrip()) or (is_first and line.strip() in named):
        return None
    before, *after = re.split("[:：]", line, maxsplit=1)
    if after and before.strip() in named:
        return after[0].strip() or None
    return line


def hide(sheet: Sheet, rows: Iterable[tuple[int, int]], columns: Iterable[tuple[int, int]]) -> None:
    """Ranges of hidden rows and columns, as far as there are cells: they often reach to the end of the grid."""
    last_row = max((row for row, _ in sheet.cells), default=0)
    last_column = max((column for _, column in sheet.cells), default=0)
    for ranges, last_used, hidden in (
        (rows, last_row, sheet.hidden_rows),
        (columns, last_column, sheet.hidden_columns),
    ):
        for first, last in ranges:
            numbers = range(first, min(last, last_used) + 1)
            sheet.work(len(numbers) // 2)
            hidden.update(numbers)
