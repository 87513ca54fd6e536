"""What readers of several formats share: texts in several fonts, comments, percentages, hidden rows and columns."""

import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.intake.reading.book import (
    CELL_TEXT,
    DATE,
    NUMBER,
    PART_STRUCK,
    PERCENT,
    RED,
    STRUCK,
    Cell,
    Sheet,
    number_text,
)

_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # 27-36, 50-58: Chinese built-ins
_PERCENTS = (9, 10)
_LITERAL = re.compile(r'"[^"]*"|\[(?![hms]+\])[^\]]*\]|\\.|_.|\*.')
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


def shown_as(number: int, code: str) -> str:
    """NUMBER, DATE or PERCENT, by the number of a format in Excel and its code if it is not built in."""
    if number in _PERCENTS or is_percent(code):
        return PERCENT
    return DATE if number in _DATES or _is_date(code) else NUMBER


def _is_date(code: str) -> bool:
    """A format code with a year, month, day or time outside quotes, escapes and brackets; [h] in brackets is a time."""
    bare = _LITERAL.sub("", code.partition(";")[0].lower())
    return any(sign in bare for sign in (*"ymdhs年月日", "a/p"))


def is_percent(code: str) -> bool:
    """A number format such as 0.00%; a sign in quotes or after a backslash shows the number as it is."""
    unquoted = "".join(code.split('"')[::2])
    return "%" in unquoted.replace("\\%", "") or code == "Percent"


def without_author(text: str, author: str) -> str:
    """A comment alone: Excel and WPS begin it with its author's name on a line of its own."""
    first, _, rest = text.strip().partition("\n")
    named = author and first.strip().rstrip(":：") == author.strip()
    return rest.strip() if named else text.strip()


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
