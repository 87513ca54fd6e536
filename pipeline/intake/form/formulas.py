"""A formula without its value, worked out where that is no guess: sums of whole numbers that the clerk can see.

A file made by a program, or saved by WPS before it calculated, holds formulas only, or a 0 in place of each result.
=SUM(E4:E6), =E4+E5 and =12+5 are done here (W08); anything else goes back to the town.
"""

import re

from pipeline.intake.reading import CELL_TEXT, NUMBER, UNCALCULATED
from pipeline.intake.reading.book import NOTHING, SHARED_FORMULA, Cell, Sheet

_TERM = re.compile(
    r"(?P<number>\d{1,9})|(?P<cell>\$?[A-Z]{1,3}\$?\d{1,7})|(?:SUM\(|SUBTOTAL\((?:9|109),)(?P<sum>[^()]*)\)",
)
_SIGNED = re.compile(r"(^|[+-])([^+-]*)")
_CHANGING = re.compile(r"\b(?:RAND|RANDBETWEEN|NOW|TODAY)\(", re.IGNORECASE)  # another number on another day
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_MOST_CELLS = 1_000
_MOST_INNER_CELLS = 20  # of a sum within a sum

# '[book.xlsx]sheet'!E4, [1]sheet!E4, [1]!name; not 表1[新建], which is a column of the same workbook, nor [0]!name
_STRING = re.compile(r'"[^"]*"')
_LINK = re.compile(r"'[^'\[]*\[[^\[\]]+\][^']*'!|\[(?!0\])[^\[\]]+\][^\[\]'\"!()+\-*/,:;<>=& ]*!")


def is_linked(formula: str) -> bool:
    """Whether a formula takes anything from another file (W10)."""
    return "[" in formula and bool(_LINK.search(_STRING.sub("", formula)))


def judged(cell: Cell, sheet: Sheet) -> tuple[Cell, int | None]:
    """A cell, and what its formula comes to where its program has not worked it out and we can.

    A stored 0 that is no sum of what it adds was never worked out; of another stored number nobody knows why it
    differs, so it is no result either, and is not replaced.
    """
    if not cell.formula or cell.type not in (NUMBER, CELL_TEXT, UNCALCULATED):
        return cell, None
    if _CHANGING.search(cell.formula):
        return cell._replace(raw=f"={cell.formula}", type=UNCALCULATED), None
    total = value(cell.formula, sheet)
    if cell.type == UNCALCULATED:
        return cell, total
    is_zero = cell.raw == "0"
    known = total if total is not None else value(cell.formula, sheet, only_seen=False)
    is_stale = (is_zero and not sheet.is_calculated) if known is None else cell.raw != str(known)
    if not is_stale or (cell.type == CELL_TEXT and not is_zero):
        return cell, None
    written = "" if cell.formula == SHARED_FORMULA else cell.formula
    return cell._replace(raw=f"={written}", type=UNCALCULATED), total if is_zero else None


def value(formula: str, sheet: Sheet, most: int = _MOST_CELLS, only_seen: bool = True) -> int | None:
    """The sum or difference, or None if it is not one of whole numbers on the same sheet.

    only_seen: of visible ones, in no mark.
    """
    sheet.work(1 + (len(formula) >> 4))
    total = 0
    for sign, part in _SIGNED.findall(formula.replace(" ", "").upper()):
        term = _term(part, sheet, most, only_seen)
        if term is None:
            return None
        total += -term if sign == "-" else term
    return total if formula.strip() else None


def _term(text: str, sheet: Sheet, most: int, only_seen: bool) -> int | None:
    sheet.work(1)
    match = _TERM.fullmatch(text)
    if not match:
        return None
    if match["number"]:
        return int(match["number"])
    if match["cell"]:
        return _sum_of([_place(match["cell"])], sheet, most, only_seen, blank_is_zero=False)
    places: list[tuple[int, int]] = []
    for argument in match["sum"].split(","):
        first, _, last = argument.partition(":")
        if not _REFERENCE.fullmatch(first) or not _REFERENCE.fullmatch(last or first):
            return None
        (top, left), (bottom, right) = _place(first), _place(last or first)
        if (bottom - top + 1) * (right - left + 1) > most:
            return None
        sheet.work((bottom - top + 1) * (right - left + 1))
        places += [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    return _sum_of(places, sheet, most, only_seen, blank_is_zero=True)


def _sum_of(places: list[tuple[int, int]], sheet: Sheet, most: int, only_seen: bool, blank_is_zero: bool) -> int | None:
    total = 0
    for row, column in places:
        cell = sheet.cells.get((row, column), NOTHING)
        if cell is NOTHING and blank_is_zero:
            continue
        is_seen = row not in sheet.hidden_rows and column not in sheet.hidden_columns and not cell.mark
        number = _number(cell, sheet, most) if is_seen or not only_seen else None
        if number is None:
            return None
        total += number
    return total


def _number(cell: Cell, sheet: Sheet, most: int) -> int | None:
    """A whole number; of a formula that nobody has worked out its own sum, if that needs no further one."""
    if cell.formula and (cell.type == UNCALCULATED or (cell.raw == "0" and not sheet.is_calculated)):
        return value(cell.formula, sheet, _MOST_INNER_CELLS) if most == _MOST_CELLS else None
    return int(cell.raw) if cell.type == NUMBER and cell.raw.isdigit() else None


def _place(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    assert match
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
