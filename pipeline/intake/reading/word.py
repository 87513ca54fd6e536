"""Tables of Word documents: the notice's own form is one. Each table is a sheet, the words before them another."""

from dataclasses import dataclass, field

from pipeline.intake.reading.book import RED, STRUCK, Book, Sheet, check_sheets
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.package import SPACE, Attributes, Parts, parse, relations
from pipeline.intake.reading.runs import Runs

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # Strict
)
_MOST_COLUMNS = 63  # Word's own limit

# What a tracked change took away or replaced, and what is read aloud: none of it is to be seen.
_UNSEEN = {
    "del", "moveFrom", "rt",
    "rPrChange", "pPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "sectPrChange",
}  # fmt: skip
_HIDING = {*_UNSEEN, "txbxContent"}
_OFF = ("0", "false", "off")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LOOKS = ("strike", "dstrike", "vanish", "color", "vertAlign", "position")
_TAGS = {
    *_HIDING, *_SIGNS, *_LOOKS, "tbl", "tr", "tc", "p", "r", "t", "sym", "gridSpan", "vMerge", "gridBefore", "hidden",
}  # fmt: skip
_NAMES = {f"{space}{SPACE}{tag}": tag for space in _SPACES for tag in _TAGS}


def read(content: bytes, budget: Budget) -> Book:
    """正文, if there are words before the first table, then 表格1, 表格2 … in the order they begin."""
    parts = Parts(content, budget)
    main = next(target for kind, target in relations(parts, "").values() if kind == "officeDocument")
    document = _Document(budget)
    parse(parts.read(main), _NAMES.get, document.start, document.end, document.text)
    pictures = sum("/media/" in name for name in parts.names)
    return Book("docx", document.sheets(), pictures, any(name.endswith("vbaproject.bin") for name in parts.names))


@dataclass
class _Cell:
    """The cell that is being read."""

    runs: Runs = field(default_factory=Runs)
    paragraphs: int = 0
    width: int = 1
    below: str = ""  # vMerge: `restart` begins a merged range, `continue` lies in the one above

    def begin_paragraph(self) -> None:
        if self.paragraphs:
            self.runs.add("\n")
        self.paragraphs += 1


class _Table:
    """One table; a table inside a cell is a table of its own, and its words are not the cell's."""

    def __init__(self, name: str, budget: Budget) -> None:
        self.sheet = Sheet(name, word_table=True, budget=budget)
        self.cell: _Cell | None = None
        self._row, self._column = 0, 1
        self._open: dict[int, tuple[int, int, int]] = {}  # column -> (top, bottom, right) of a range that may go on

    def start_row(self) -> None:
        self._row, self._column = self._row + 1, 1

    def skip(self, columns: int) -> None:
        """A row may begin further right than the table."""
        self._column += columns

    def hide_row(self) -> None:
        self.sheet.hidden_rows.add(self._row)

    def end_cell(self) -> None:
        """Place the cell; what stands in a cell that the range above covers is not to be seen."""
        cell, column = self.cell or _Cell(), self._column
        right = column + cell.width - 1
        self.cell, self._column = None, right + 1
        top, bottom, _ = self._open.get(column, (0, 0, 0))
        if cell.below == "continue" and top and bottom == self._row - 1:
            self._open[column] = (top, self._row, right)
            return
        self._close(column)
        cell_read = cell.runs.cell()
        if cell_read:
            self.sheet.put(self._row, column, cell_read._replace(raw=cell_read.raw.strip("\n")))
        if cell.below:
            self._open[column] = (self._row, self._row, right)
        elif cell.width > 1:
            self.sheet.merge(self._row, column, self._row, right)

    def close(self) -> None:
        for column in list(self._open):
            self._close(column)

    def _close(self, column: int) -> None:
        top, bottom, right = self._open.pop(column, (0, 0, column))
        if (top, column) != (bottom, right):
            self.sheet.merge(top, column, bottom, right)


class _Document:
    """Takes the elements of a document one after the other."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._tables: list[_Table] = []
        self._nested: list[_Table] = []  # the table that is being read, inside the others
        self._before: list[Runs] = []
        self._paragraphs: list[Runs] = []  # a text box lies inside a paragraph, with paragraphs of its own
        self._unseen = 0
        self._in_run = self._in_text = False
        self._looks: set[str] = set()

    def sheets(self) -> list[Sheet]:
        words = Sheet("正文", word_table=True, budget=self._budget)
        cells = [cell for cell in (runs.cell() for runs in self._before) if cell]
        for row, cell in enumerate(cells, 1):
            words.put(row, 1, cell)
        return [*([words] if cells else []), *(table.sheet for table in self._tables)]

    @property
    def _cell(self) -> _Cell | None:
        return self._nested[-1].cell if self._nested else None

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in _UNSEEN or (tag == "txbxContent" and (self._cell or self._unseen)):
            self._unseen += 1
        elif self._unseen:
            return
        elif tag in ("tbl", "tr", "tc", "p"):
            self._open(tag)
        elif tag in ("r", "t"):
            self._in_run, self._in_text = True, tag == "t"
            if tag == "r":
                self._looks = set()
        elif tag in _LOOKS or tag in _SIGNS or tag == "sym":
            if self._in_run:
                self._in_a_run(tag, attributes)
        elif self._nested:
            self._property(self._nested[-1], tag, _value(attributes))

    def _open(self, tag: str) -> None:
        if tag == "tbl":
            self._tables.append(_Table(f"表格{len(self._tables) + 1}", self._budget))
            self._nested.append(self._tables[-1])
            check_sheets(len(self._tables))
        elif tag == "p":
            if self._cell:
                self._cell.begin_paragraph()
            elif not self._tables:
                self._paragraphs.append(Runs())
        elif self._nested and tag == "tr":
            self._nested[-1].start_row()
        elif self._nested:
            self._nested[-1].cell = _Cell()

    def _in_a_run(self, tag: str, attributes: Attributes) -> None:
        if tag in _LOOKS:
            self._looks |= _look(tag, _value(attributes))
        elif tag == "sym":
            self._add(chr(int(_value(attributes, "char"), 16)))
        else:
            self._add(_SIGNS[tag])

    def _property(self, table: _Table, tag: str, value: str) -> None:
        cell = table.cell
        if cell and tag == "gridSpan":
            cell.width = min(max(int(value), 1), _MOST_COLUMNS)
        elif cell and tag == "vMerge":
            cell.below = value or "continue"
        elif not cell and tag == "gridBefore":
            table.skip(min(max(int(value), 0), _MOST_COLUMNS))
        elif not cell and tag == "hidden" and value not in _OFF:
            table.hide_row()

    def end(self, tag: str) -> None:
        if self._unseen:
            self._unseen -= tag in _HIDING
        elif tag == "p" and self._paragraphs:
            self._before.append(self._paragraphs.pop())
        elif tag == "r":
            self._in_run = False
        elif tag == "t":
            self._in_text = False
        elif self._nested and tag == "tc":
            self._nested[-1].end_cell()
        elif self._nested and tag == "tbl":
            self._nested.pop().close()

    def text(self, data: str) -> None:
        if self._in_text and not self._unseen:
            self._add(data)

    def _add(self, text: str) -> None:
        runs = self._cell.runs if self._cell else self._paragraphs[-1] if self._paragraphs else None
        if runs and "vanish" not in self._looks:
            look = STRUCK if STRUCK in self._looks else RED if RED in self._looks else ""
            runs.add(text, look, "raised" in self._looks)


def _value(attributes: Attributes, name: str = "val") -> str:
    return next((value for key, value in attributes.items() if key.endswith(SPACE + name)), "")


def _look(tag: str, value: str) -> set[str]:
    """What a property of a run does to how it looks."""
    if tag == "vertAlign":
        return {"raised"} if value in ("superscript", "subscript") else set()
    if tag == "position":  # how LibreOffice raises
        return {"raised"} if value.strip("-0") else set()
    if tag == "color":
        return {RED} if value.upper() == "FF0000" else set()
    if value in _OFF:
        return set()
    return {"vanish"} if tag == "vanish" else {STRUCK}
