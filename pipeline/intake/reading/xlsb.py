"""Binary workbooks (.xlsb): the same parts as .xlsx, of binary records.

Our own, because pyxlsb passes over inline texts and cells outside the declared area, and tells neither hidden rows nor
merged ranges nor dates.
"""

from pipeline.intake.reading import calculation
from pipeline.intake.reading.book import (
    BOOLEAN,
    CELL_TEXT,
    ERROR,
    SHARED_FORMULA,
    Book,
    Cell,
    Sheet,
    check_sheets,
)
from pipeline.intake.reading.boxes import add_boxes
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.package import Parts, relations
from pipeline.intake.reading.records import Record, records
from pipeline.intake.reading.runs import hide, without_author
from pipeline.intake.reading.xlsb_styles import Text, rich_text, styles
from pipeline.intake.reading.xlsx_styles import PLAIN, Style

_ROW, _BLANK, _SHORT, _COLUMN, _RICH, _MERGE, _SHEET, _PROPERTIES = 0, 1, 12, 60, 62, 176, 156, 153
_STRING, _AUTHOR, _COMMENT, _COMMENT_TEXT = 19, 632, 635, 637
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_FORMULAS = range(8, 12)  # results of formulas: a text, a number, a truth, an error
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


def read(content: bytes, budget: Budget) -> Book:
    """Every worksheet in the workbook's order."""
    parts = Parts(content, budget)
    main = next(target for kind, target in relations(parts, "").values() if kind == "officeDocument")
    related = relations(parts, main)
    by_kind = dict(related.values())
    reader = _Reader(parts, by_kind.get("styles", ""), by_kind.get("sharedStrings", ""))
    for kind, record in records(parts.read(main)):
        if kind == _PROPERTIES:
            reader.epoch_1904 = bool(record.number() & 1)
        elif kind == _SHEET:
            is_hidden, _, identity, name = record.number() != 0, record.number(), record.text(), record.text()
            type, target = related[identity]
            if type == "worksheet":
                reader.add(Sheet(name, is_hidden, budget=budget), target)
    has_chain = "calcChain" in by_kind
    calculation.tell(reader.sheets, calculation.application(parts), has_chain)
    pictures = sum("/media/" in name for name in parts.names)
    return Book("xlsb", reader.sheets, pictures, any(name.endswith("vbaproject.bin") for name in parts.names))


class _Reader:
    """The sheets of one workbook."""

    def __init__(self, parts: Parts, styles_part: str, strings_part: str) -> None:
        self.sheets: list[Sheet] = []
        self.epoch_1904 = False
        self._parts = parts
        self._fonts, self._styles = styles(parts.read(styles_part)) if styles_part in parts else ([], [])
        self._strings: list[Text] = []
        if strings_part in parts:
            strings = records(parts.read(strings_part))
            self._strings = [rich_text(record, self._fonts) for kind, record in strings if kind == _STRING]

    def add(self, sheet: Sheet, part: str) -> None:
        self.sheets.append(sheet)
        check_sheets(len(self.sheets))
        self._fill(sheet, self._parts.read(part))
        for kind, target in relations(self._parts, part).values():
            if kind == "comments":
                sheet.notes.update(_comments(self._parts.read(target), sheet))
        add_boxes(sheet, self._parts, part)

    def _fill(self, sheet: Sheet, data: bytes) -> None:
        row, column = 0, -1
        rows: list[tuple[int, int]] = []
        columns: list[tuple[int, int]] = []
        for kind, record in records(data):
            if kind == _ROW:
                row, column = record.number(), -1
                record.skip(7)
                rows += [(row + 1, row + 1)] if record.byte() & 0x10 else []
            elif _BLANK <= kind < _SHORT + 7 or kind == _RICH:
                column = column + 1 if _SHORT <= kind < _SHORT + 7 else record.number()
                self._put(sheet, row, column, kind, record)
            elif kind == _COLUMN:
                first, last = record.number(), record.number()
                record.skip(8)
                columns += [(first + 1, last + 1)] if record.byte() & 1 else []
            elif kind == _MERGE:
                top, bottom, left, right = (record.number() + 1 for _ in range(4))
                sheet.merge(top, left, bottom, right)
        hide(sheet, rows, columns)

    def _put(self, sheet: Sheet, row: int, column: int, kind: int, record: Record) -> None:
        if row > _LAST_ROW or column > _LAST_COLUMN:
            raise ValueError("a cell outside the grid")
        number = record.number() & 0xFFFFFF
        style = self._styles[number] if number < len(self._styles) else PLAIN
        cell = self._cell(kind - _SHORT + 1 if _SHORT <= kind < _SHORT + 7 else kind, record, style)
        if cell and kind in _FORMULAS:
            cell = cell._replace(formula=SHARED_FORMULA)
        if cell:
            sheet.put(row + 1, column + 1, cell)

    def _cell(self, kind: int, record: Record, style: Style) -> Cell | None:
        if kind in (2, 5, 9):
            value = record.packed() if kind == 2 else record.real()
            return style.format.number(value, style.look, self.epoch_1904)
        if kind in (3, 11):
            return Cell(_ERRORS.get(record.byte(), "#ERR"), ERROR)
        if kind in (4, 10):
            return Cell("TRUE" if record.byte() else "FALSE", BOOLEAN, mark=style.look)
        if kind in (6, 8):
            text = Text(record.text())
        elif kind in (7, _RICH):
            text = self._strings[record.number()] if kind == 7 else rich_text(record, self._fonts)
        else:
            return None
        cell = Cell(text.text, CELL_TEXT, mark=text.mark or style.look)
        return style.format.text(cell) if text.text else None


def _comments(data: bytes, sheet: Sheet) -> dict[tuple[int, int], str]:
    """(row, column) -> comment, without its author's name."""
    authors: list[str] = []
    notes: dict[tuple[int, int], str] = {}
    place = 1, 1
    for kind, record in records(data):
        if kind == _AUTHOR:
            authors.append(record.text())
        elif kind == _COMMENT:
            _, row, _, column = (record.number() for _ in range(4))
            place = row + 1, column + 1
        elif kind == _COMMENT_TEXT:
            record.skip(1)
            sheet.work(1 + len(authors))
            notes[place] = without_author(record.text(), *authors)
    return {place: text for place, text in notes.items() if text}
