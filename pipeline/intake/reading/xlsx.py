"""A reader of .xlsx that sees what a clerk sees: values, errors, formulas, marks, comments, merged and hidden cells.

Our own, over zipfile and expat, because the usual libraries lose exactly what matters here (an error cell or an
uncalculated formula comes back blank, a figure struck out is a figure) and die on small hostile files.
Everything is capped; a DTD is refused; a cell that can be read in two ways is damage.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.intake.reading import calculation
from pipeline.intake.reading.book import DAMAGED, Book, Sheet, Unreadable, check_sheets
from pipeline.intake.reading.boxes import add_boxes
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.package import FAULTS, SPACE, USUAL_SIZE, Attributes, Parts, parse, relations
from pipeline.intake.reading.xlsx_markup import elements, is_on
from pipeline.intake.reading.xlsx_sheet import PICTURE, Worksheet
from pipeline.intake.reading.xlsx_styles import Style, styles
from pipeline.intake.reading.xlsx_text import Text, comments, shared_strings

_NAMES = elements("workbookPr", "sheet", "calcPr")


def read(content: bytes, budget: Budget) -> Book:
    """Every worksheet in the workbook's order, and how many pictures the file holds."""
    try:
        parts = Parts(content, budget)
        workbook = _Workbook(parts, budget)
        sheets = workbook.sheets()
        formulas = [cell.formula for sheet in sheets for cell in sheet.cells.values() if cell.formula]
        if formulas:
            workbook.tell_calculated(sheets)
    except FAULTS:
        raise Unreadable(DAMAGED) from None
    stored = sum(name.startswith("xl/media/") for name in parts.names)
    shown = sum(PICTURE in formula for formula in formulas)
    return Book("xlsx", sheets, max(stored, shown), any(name.endswith("vbaproject.bin") for name in parts.names))


Listed = tuple[str, bool, str]  # a sheet's name, whether it is hidden, the id of its part


@lru_cache(maxsize=64)  # towns fill copies of one template
def _contents(data: bytes) -> tuple[tuple[Listed, ...], bool, bool]:
    """What the main part says: its sheets, whether days are counted from 1904, whether formulas wait for a program."""
    listed: list[Listed] = []
    epoch_1904 = asks = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal epoch_1904, asks
        if tag == "sheet":
            identity = next(value for name, value in attributes.items() if name.endswith(f"relationships{SPACE}id"))
            listed.append((attributes["name"], attributes.get("state", "visible") != "visible", identity))
        elif tag == "calcPr":
            asks = is_on(attributes, "fullCalcOnLoad")
        else:
            epoch_1904 = is_on(attributes, "date1904")

    parse(data, _NAMES.get, start)
    return tuple(listed), epoch_1904, asks


@dataclass
class _Workbook:
    """The main part, and what all sheets share."""

    parts: Parts
    budget: Budget
    shared: list[Text] = field(default_factory=list)
    styles: Mapping[str, Style] | None = field(default_factory=dict)
    epoch_1904: bool = False
    asks: bool = False

    def sheets(self) -> list[Sheet]:
        main = next(target for kind, target in relations(self.parts, "").values() if kind == "officeDocument")
        listed = self._listed(main)
        check_sheets(len(listed))
        targets = relations(self.parts, main)
        for kind, target in targets.values():
            if kind == "sharedStrings" and target in self.parts:
                self.shared = shared_strings(self.parts.read(target))
            elif kind == "styles":
                self.styles = styles(self.parts.read(target)) if target in self.parts else None
        sheets: list[Sheet] = []
        for sheet, identity in listed:
            if sheet.hidden and not identity:  # what is left of macros of Excel 95: there is no part
                continue
            kind, target = targets[identity]
            if kind == "worksheet":  # not a chart, a dialog or macros
                sheets.append(self._sheet(sheet, target))
        return sheets

    def tell_calculated(self, sheets: list[Sheet]) -> None:
        """Note whether the program that saved the file works out formulas."""
        main = next(target for kind, target in relations(self.parts, "").values() if kind == "officeDocument")
        has_chain = any(kind == "calcChain" for kind, _ in relations(self.parts, main).values())
        calculation.tell(sheets, calculation.application(self.parts), has_chain, self.asks)

    def _listed(self, main: str) -> list[tuple[Sheet, str]]:
        """The sheets, still empty, with the ids of their parts."""
        data = self.parts.read(main)
        listed, self.epoch_1904, self.asks = _contents(data) if len(data) < USUAL_SIZE else _contents.__wrapped__(data)
        return [(Sheet(name, is_hidden, budget=self.budget), identity) for name, is_hidden, identity in listed]

    def _sheet(self, sheet: Sheet, part: str) -> Sheet:
        Worksheet(sheet, self.shared, self.styles, self.epoch_1904).read(self.parts.read(part))
        for kind, target in relations(self.parts, part).values():
            if kind == "comments" and target in self.parts:
                sheet.notes.update(comments(self.parts.read(target), self.budget))
        add_boxes(sheet, self.parts, part)
        return sheet
