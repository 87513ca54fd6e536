"""OpenDocument spreadsheets (.ods), by expat. A run of a million equal cells costs nothing unless they hold something."""

import re

from pipeline.intake.reading import calculation
from pipeline.intake.reading.book import STRUCK, UNSEEN, Book, Cell, Sheet, Unreadable, check_sheets
from pipeline.intake.reading.boxes import add_box
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.ods_cells import OFFICE, TABLE, cell_of
from pipeline.intake.reading.ods_styles import NAMES as STYLE_NAMES
from pipeline.intake.reading.ods_styles import TAGS as STYLE_TAGS
from pipeline.intake.reading.ods_styles import Styles
from pipeline.intake.reading.package import SPACE, Attributes, Parts, parse
from pipeline.intake.reading.runs import Runs, hide, without_author

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = f"{_OASIS}text:1.0{SPACE}"
_CREATOR = f"http://purl.org/dc/elements/1.1/{SPACE}creator"

# What lies in the document and not in its cells: old versions, copies of other files' cells, drawings.
_APART = ("tracked-changes", "dde-links", "shapes", "scenario")
_CELLS = ("table-cell", "covered-table-cell")
_NAMES = {
    **{f"{TABLE}{tag}": tag for tag in ("table", "table-column", "table-row", *_CELLS, *_APART)},
    **{f"{_TEXT}{tag}": tag for tag in ("p", "span", "s", "tab", "line-break", "ruby-text")},
    **{
        f"{_OASIS}drawing:1.0{SPACE}{tag}": "drawing"
        for tag in ("frame", "custom-shape", "g", "rect", "caption", "control")
    },
    f"{OFFICE}annotation": "annotation",
    _CREATOR: "creator",
    **STYLE_NAMES,
}
_GENERATOR = re.compile(rb"<meta:generator>([^<]*)")
_HIDING = {*_APART, "drawing", "ruby-text"}
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def read(content: bytes, budget: Budget) -> Book:
    """Every sheet in the file's order."""
    parts = Parts(content, budget)
    document = _Document(budget)
    for part in ("styles.xml", "content.xml"):
        if part in parts:
            parse(parts.read(part), _NAMES.get, document.start, document.end, document.text)
    generator = _GENERATOR.search(parts.read("meta.xml")) if "meta.xml" in parts else None
    calculation.tell(document.sheets, generator[1].decode("utf-8", "replace") if generator else "")
    return Book("ods", document.sheets, sum(name.startswith("pictures/") for name in parts.names))


def _count(attributes: Attributes, name: str, most: int) -> int:
    return min(max(int(attributes.get(f"{TABLE}{name}", 1)), 1), most)


class _Table:
    """The sheet that is being read, and where."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.row, self.column, self.rows = 0, 1, 1  # `rows`: how many equal ones the row that is being read stands for
        self.row_style = ""
        self._columns: list[tuple[int, str]] = []  # (last column, style of its cells)
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns: list[tuple[int, int]] = []

    def add_columns(self, attributes: Attributes) -> None:
        before = self._columns[-1][0] if self._columns else 0
        last = before + _count(attributes, "number-columns-repeated", _LAST_COLUMN)
        self._columns.append((last, attributes.get(f"{TABLE}default-cell-style-name", "")))
        if attributes.get(f"{TABLE}visibility", "visible") != "visible":
            self._hidden_columns.append((before + 1, last))

    def start_row(self, attributes: Attributes) -> None:
        self.row, self.column = self.row + self.rows if self.row else 1, 1
        self.rows = _count(attributes, "number-rows-repeated", _LAST_ROW)
        self.row_style = attributes.get(f"{TABLE}default-cell-style-name", "")
        if attributes.get(f"{TABLE}visibility", "visible") != "visible":
            self._hidden_rows.append((self.row, self.row + self.rows - 1))

    def style(self) -> str:
        """The style of a cell that names none: its row's, else its column's."""
        return self.row_style or next((style for last, style in self._columns if last >= self.column), "")

    def put(self, attributes: Attributes, cell: Cell | None, note: str) -> None:
        repeated = _count(attributes, "number-columns-repeated", _LAST_COLUMN)
        bottom = self.row + _count(attributes, "number-rows-spanned", _LAST_ROW) - 1
        right = self.column + _count(attributes, "number-columns-spanned", _LAST_COLUMN) - 1
        if (bottom, right) != (self.row, self.column):
            self.sheet.merge(self.row, self.column, bottom, right)
        if note:
            self.sheet.notes[self.row, self.column] = note
        if cell:
            for row in range(self.row, self.row + self.rows):
                for column in range(self.column, self.column + repeated):
                    self.sheet.put(row, column, cell)
        self.column += repeated

    def close(self) -> None:
        hide(self.sheet, self._hidden_rows, self._hidden_columns)


class _Document:
    """Takes the elements of styles.xml, then of content.xml."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.sheets: list[Sheet] = []
        self._styles = Styles()
        self._table: _Table | None = None
        self._cell: Attributes | None = None
        self._apart = self._in_a_box = 0
        self._box: list[str] = []
        self._in_note = self._in_creator = False
        self._paragraphs = 0  # one inside the other
        self._spans: list[str] = []
        self._clear()

    def _clear(self) -> None:
        self._runs, self._note, self._author = Runs(), Runs(), ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._apart or tag in _HIDING:
            self._apart += tag in _HIDING
            self._in_a_box += tag == "p"
        elif tag in STYLE_TAGS:
            self._styles.start(tag, attributes)
        elif tag == "table":
            self._start_table(attributes)
        elif self._table and tag == "table-column":
            self._table.add_columns(attributes)
        elif self._table and tag == "table-row":
            self._table.start_row(attributes)
        elif tag in _CELLS:
            self._cell = attributes
            self._clear()
        elif tag in ("annotation", "creator"):
            self._in_note, self._in_creator = True, tag == "creator"
        elif self._cell is not None:
            self._in_a_text(tag, attributes)

    def _start_table(self, attributes: Attributes) -> None:
        if self._table:
            raise Unreadable("单元格里套有表格，请用下发的 Excel 模板填报")
        style = self._styles.get("table", attributes.get(f"{TABLE}style-name", ""))
        self.sheets.append(Sheet(attributes.get(f"{TABLE}name", ""), style.hidden, budget=self._budget))
        check_sheets(len(self.sheets))
        self._table = _Table(self.sheets[-1])

    def _in_a_text(self, tag: str, attributes: Attributes) -> None:
        if tag == "p":
            runs = self._note if self._in_note else self._runs
            runs.add("\n" if runs.has_text or self._paragraphs else "")
            self._paragraphs += 1
        elif tag == "span":
            self._spans.append(attributes.get(f"{_TEXT}style-name", ""))
        elif tag == "s":
            self.text(" " * min(int(attributes.get(f"{_TEXT}c", 1)), 1000))
        else:
            self.text("\n" if tag == "line-break" else "\t")

    def end(self, tag: str) -> None:
        if self._apart:
            self._apart -= tag in _HIDING
            self._in_a_box -= tag == "p"
            self._box += ["\n"] if tag == "p" else []
            if tag == "drawing":
                self._end_box()
        elif tag in STYLE_TAGS:
            self._styles.end(tag)
        elif tag == "table" and self._table:
            self._table.close()
            self._table = None
        elif tag in _CELLS:
            self._end_cell()
        elif tag == "annotation":
            self._in_note = False
        elif tag == "creator":
            self._in_creator = False
        elif tag == "p" and self._paragraphs:
            self._paragraphs -= 1
        elif tag == "span" and self._spans:
            self._spans.pop()

    def text(self, data: str) -> None:
        if self._in_a_box:
            self._box.append(data)
        if self._apart:
            return
        if self._cell is None:
            self._styles.text(data)
        elif self._in_creator:
            self._budget.work(len(self._author) >> 4)
            self._author += data
        elif self._paragraphs and self._in_note:
            self._note.add(data)
        elif self._paragraphs:
            self._budget.work(len(self._spans))
            own_style = self._styles.get("table-cell", self._own_style())
            styles = [own_style, *(self._styles.get("text", name) for name in self._spans)]
            looks = [style.look for style in styles if style.look]
            self._runs.add(
                data, STRUCK if STRUCK in looks else "".join(looks[-1:]), any(style.raised for style in styles)
            )

    def _end_box(self) -> None:
        """A shape lies on the cell that it is anchored to, or anywhere on the sheet."""
        words, self._box = "".join(self._box), []
        table = self._table
        if table:
            row, column = (table.row, table.column) if self._cell is not None else (0, 0)
            add_box(table.sheet, row, column, words)

    def _own_style(self) -> str:
        cell, table = self._cell or {}, self._table
        return cell.get(f"{TABLE}style-name", "") or (table.style() if table else "")

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell or {}, None
        if self._table:
            style = self._styles.get("table-cell", attributes.get(f"{TABLE}style-name", "") or self._table.style())
            cell_read = cell_of(attributes, self._runs, self._styles.format(style))
            if cell_read and style.is_unseen:
                cell_read = cell_read._replace(mark=cell_read.mark or UNSEEN)
            self._table.put(attributes, cell_read, without_author(self._note.text, self._author))
