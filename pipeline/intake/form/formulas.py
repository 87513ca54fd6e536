"""A formula without its value, worked out where that is no guess: sums of whole numbers that the clerk can see.

A file made by a program, or saved by WPS before it calculated, holds formulas only. =SUM(E4:E6), =E4+E5 and =12+5 are
done here (W08); anything else goes back to the town.
"""

import re

from pipeline.intake.reading import NUMBER
from pipeline.intake.reading.book import NOTHING, Sheet

_TERM = re.compile(
    r"(?P<number>\d{1,15})|(?P<cell>\$?[A-Z]{1,3}\$?\d{1,7})|SUM\((?P<sum>[^()]*)\)",
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_MOST_CELLS = 1_000


def value(formula: str, sheet: Sheet) -> int | None:
    """The sum, or None if it is not one of visible whole numbers on the same sheet."""
    total = 0
    for part in formula.replace(" ", "").upper().split("+"):
        term = _term(part, sheet)
        if term is None:
            return None
        total += term
    return total if formula.strip() else None


def _term(text: str, sheet: Sheet) -> int | None:
    match = _TERM.fullmatch(text)
    if not match:
        return None
    if match["number"]:
        return int(match["number"])
    if match["cell"]:
        return _sum_of([_place(match["cell"])], sheet, blank_is_zero=False)
    places: list[tuple[int, int]] = []
    for argument in match["sum"].split(","):
        first, _, last = argument.partition(":")
        if not _REFERENCE.fullmatch(first) or not _REFERENCE.fullmatch(last or first):
            return None
        (top, left), (bottom, right) = _place(first), _place(last or first)
        if (bottom - top + 1) * (right - left + 1) > _MOST_CELLS:
            return None
        places += [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    return _sum_of(places, sheet, blank_is_zero=True)


def _sum_of(places: list[tuple[int, int]], sheet: Sheet, blank_is_zero: bool) -> int | None:
    total = 0
    sheet.work(len(places))
    for row, column in places:
        cell = sheet.cells.get((row, column), NOTHING)
        if cell is NOTHING and blank_is_zero:
            continue
        seen = row not in sheet.hidden_rows and column not in sheet.hidden_columns and not cell.mark
        if cell.type != NUMBER or not cell.raw.isdigit() or not seen:
            return None
        total += int(cell.raw)
    return total


def _place(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    assert match
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
