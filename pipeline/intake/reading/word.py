"""Tables of Word documents: the notice's own form is one. Each table is a sheet, the words around them another.

What is seen in a cell is read, or stands there in brackets: an equation, a field without its result, a table within.
Nothing that a clerk sees is taken for an empty cell; a control that still shows its prompt is one (not filled in).
"""

from pipeline.intake.reading.book import AROUND, Book, Sheet, check_sheets
from pipeline.intake.reading.boxes import add_box
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.package import SPACE, Attributes, Parts, parse, relations
from pipeline.intake.reading.runs import Runs
from pipeline.intake.reading.word_notes import Notes, notes
from pipeline.intake.reading.word_tables import MOST_COLUMNS, OpenCell, Table
from pipeline.intake.reading.word_text import BUILT, OFF, WORDS, Text, value_of

_OFFICE = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")  # the second is Strict
_SPACES = (f"{_OFFICE[0]}wordprocessingml/2006/main", f"{_OFFICE[1]}wordprocessingml/main")
_MATHS = (f"{_OFFICE[0]}officeDocument/2006/math", f"{_OFFICE[1]}officeDocument/math")
_PICTURES = (f"{_OFFICE[0]}drawingml/2006/wordprocessingDrawing", f"{_OFFICE[1]}drawingml/wordprocessingDrawing")

# What a tracked change took away or replaced, and what is read aloud: none of it is to be seen.
_UNSEEN = {
    "del", "moveFrom", "rt",
    "rPrChange", "pPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "sectPrChange",
}  # fmt: skip
_HIDING = {*_UNSEEN, "txbxContent"}
_REFERENCES = {
    "commentRangeStart": "comment", "commentReference": "comment", "footnoteReference": "footnote",
    "endnoteReference": "endnote",
}  # fmt: skip
_STAND_INS = {"object": "［对象］", "inline": "［图片］", "numId": "［自动编号］"}
_PROPERTIES = ("gridSpan", "vMerge", "gridBefore", "hidden")
_TAGS = {*_HIDING, *WORDS, *_REFERENCES, *_PROPERTIES, "tbl", "tr", "tc", "p", "object", "numId"}
_NAMES = {
    **{f"{space}{SPACE}{tag}": tag for space in _SPACES for tag in _TAGS},
    **{f"{space}{SPACE}inline": "inline" for space in _PICTURES},
    **{f"{space}{SPACE}{tag}": "built" for space in _MATHS for tag in BUILT},
    **{f"{space}{SPACE}oMath": "oMath" for space in _MATHS},
    **{f"{space}{SPACE}t": "mathText" for space in _MATHS},
}


def read(content: bytes, budget: Budget) -> Book:
    """正文, if there are words outside the tables, then 表格1, 表格2 … in the order they begin."""
    parts = Parts(content, budget)
    main = next(target for kind, target in relations(parts, "").values() if kind == "officeDocument")
    document = _Document(notes(parts, main, budget), budget)
    parse(parts.read(main), _NAMES.get, document.start, document.end, document.text)
    pictures = sum("/media/" in name for name in parts.names)
    return Book("docx", document.sheets(), pictures, any(name.endswith("vbaproject.bin") for name in parts.names))


class _Document:
    """Takes the elements of a document one after the other."""

    def __init__(self, notes: Notes, budget: Budget) -> None:
        self._notes, self._budget = notes, budget
        self._text = Text(self._add, budget)
        self._tables: list[Table] = []
        self._nested: list[Table] = []  # the table that is being read, inside the others
        self._around: list[Runs] = []
        self._paragraphs: list[Runs] = []  # a text box lies inside a paragraph, with paragraphs of its own
        self._unseen = 0
        self._boxes: list[list[str]] = []  # text boxes that are being read: their words
        self._loose: list[str] = []  # the words of text boxes that hang on no cell
        self._in_boxed_text = False

    def sheets(self) -> list[Sheet]:
        words = Sheet(AROUND, word_table=True, budget=self._budget)
        cells = [cell for cell in (runs.cell() for runs in self._around) if cell]
        for row, cell in enumerate(cells, 1):
            words.put(row, 1, cell)
        for box in self._loose:
            add_box(self._tables[0].sheet if self._tables else words, 0, 0, box)
        return [*([words] if cells else []), *(table.sheet for table in self._tables)]

    @property
    def _cell(self) -> OpenCell | None:
        return self._nested[-1].cell if self._nested else None

    # ---- where an element begins -------------------------------------------------------------------------------

    def start(self, tag: str, attributes: Attributes) -> None:
        self._budget.work(self._text.depth)
        if tag == "txbxContent":
            self._boxes.append([])
            self._unseen += bool(self._cell or self._unseen)
        elif tag in _UNSEEN:
            if tag == "del" and self._nested and not self._cell:  # in the row's own properties
                self._nested[-1].delete_row()
            self._unseen += 1
        elif self._unseen:
            self._in_boxed_text |= tag == "t" and bool(self._boxes)
        elif tag in ("tbl", "tr", "tc", "p"):
            self._open(tag)
        elif not self._text.start(tag, attributes):
            self._further(tag, attributes)

    def _open(self, tag: str) -> None:
        if tag == "tbl":
            self._stand_in("［嵌套表格］")
            self._tables.append(Table(f"表格{len(self._tables) + 1}", self._budget))
            self._nested.append(self._tables[-1])
            check_sheets(len(self._tables))
        elif tag == "p":
            if self._cell:
                self._cell.begin_paragraph()
            elif not self._nested or self._boxes:
                self._paragraphs.append(Runs())
        elif self._nested and tag == "tr":
            self._nested[-1].start_row()
        elif self._nested:
            self._text.end_fields()
            self._nested[-1].cell = OpenCell()

    def _further(self, tag: str, attributes: Attributes) -> None:
        """What is neither text nor table: comments, things in a cell, properties of cells and rows."""
        if tag in _REFERENCES:
            note = self._notes.pop((_REFERENCES[tag], value_of(attributes, "id")), "") if self._cell else ""
            if self._cell and note:
                self._cell.notes.append(note)
        elif tag in _STAND_INS:
            if value_of(attributes) != "0":
                self._stand_in(_STAND_INS[tag])
        elif self._nested:
            self._property(self._nested[-1], tag, value_of(attributes))

    def _stand_in(self, words: str) -> None:
        if self._cell and not self._text.is_prompt:
            self._cell.stand_in = self._cell.stand_in or words

    def _property(self, table: Table, tag: str, value: str) -> None:
        cell = table.cell
        if cell and tag == "gridSpan":
            cell.width = min(max(int(value), 1), MOST_COLUMNS)
        elif cell and tag == "vMerge":
            cell.below = value or "continue"
        elif not cell and tag == "gridBefore":
            table.skip(min(max(int(value), 0), MOST_COLUMNS))
        elif not cell and tag == "hidden" and value not in OFF:
            table.hide_row()

    # ---- where it ends -----------------------------------------------------------------------------------------

    def end(self, tag: str) -> None:
        if tag == "txbxContent":
            self._end_box()
        if self._unseen:
            self._end_unseen(tag)
        elif tag == "p" and self._paragraphs:
            self._end_paragraph(self._paragraphs.pop())
        elif self._nested and tag == "tc":
            self._text.end_fields()
            self._nested[-1].end_cell()
        elif self._nested and tag == "tbl":
            self._nested.pop().close()
        else:
            self._text.end(tag)

    def _end_unseen(self, tag: str) -> None:
        self._in_boxed_text &= tag != "t"
        if tag == "p" and self._boxes:
            self._boxes[-1].append("\n")
        self._unseen -= tag in _HIDING

    def _end_paragraph(self, runs: Runs) -> None:
        """Words outside the tables are 正文; those in a text box are told too, for it may lie over a table."""
        if self._boxes:
            self._boxes[-1].append(f"{runs.text}\n")
        if not self._nested and not (self._boxes and self._tables):
            self._around.append(runs)

    def _end_box(self) -> None:
        words = "".join(self._boxes.pop()) if self._boxes else ""
        if words.strip():
            (self._cell.boxes if self._cell else self._loose).append(words)

    # ---- text --------------------------------------------------------------------------------------------------

    def text(self, data: str) -> None:
        if not self._unseen:
            self._text.text(data)
        elif self._in_boxed_text:
            self._boxes[-1].append(data)

    def _add(self, text: str, look: str, raised: bool) -> None:
        runs = self._cell.runs if self._cell else self._paragraphs[-1] if self._paragraphs else None
        if runs:
            runs.add(text, look, raised)
