"""Excel 2003 XML (表格导出常用): one text file with types, formulas, styles, merges and comments."""

import re
from dataclasses import dataclass, field, replace

from pipeline.intake.reading import colours, formats
from pipeline.intake.reading.book import (
    BOOLEAN,
    DATE,
    ERROR,
    RED,
    STRUCK,
    UNCALCULATED,
    UNSEEN,
    Book,
    Cell,
    Sheet,
    address,
    check_sheets,
)
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.delimited import decoded
from pipeline.intake.reading.formats import Format
from pipeline.intake.reading.package import SPACE, Attributes, parse, steps_of_markup
from pipeline.intake.reading.runs import Runs, hide, without_author

_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_EXCEL = "urn:schemas-microsoft-com:office:excel"
_HTML = "http://www.w3.org/TR/REC-html40"
_NAMES = {
    **{
        f"{_SHEET}{SPACE}{tag}": tag
        for tag in (
            "Worksheet",
            "Table",
            "Column",
            "Row",
            "Cell",
            "Data",
            "Comment",
            "Style",
            "Font",
            "Interior",
            "NumberFormat",
        )
    },
    **{f"{_HTML}{SPACE}{tag}": f"html {tag}" for tag in ("S", "Font", "Sup", "Sub")},
    f"{_EXCEL}{SPACE}Visible": "Visible",
}
_NAMED = {
    "General Number": "", "General Date": "yyyy/m/d h:mm", "Long Date": "yyyy/m/d", "Medium Date": "yyyy/m/d",
    "Short Date": "yyyy/m/d", "Long Time": "h:mm:ss", "Medium Time": "h:mm", "Short Time": "h:mm",
    "Currency": '"¥"0.00', "Euro Currency": '"€"0.00', "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%",
    "Scientific": "0.00E+00", "Yes/No": '"Yes";"Yes";"No"', "True/False": '"True";"True";"False"',
    "On/Off": '"On";"On";"Off"',
}  # fmt: skip
_DECLARED = re.compile(r"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w-]+)[^>]*\?>", re.IGNORECASE)
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"(?<![\w\]\[.])R(?:(\d{1,7})|\[(-?\d{1,7})\])?C(?:(\d{1,5})|\[(-?\d{1,5})\])?(?![\w(])")


def read(content: bytes, budget: Budget) -> Book:
    """Every worksheet in the file's order."""
    budget.work(steps_of_markup(content) + len(content) // 32)
    workbook = _Workbook(budget)
    parse(_as_utf8(content), _NAMES.get, workbook.start, workbook.end, workbook.text)
    return Book("xml", workbook.sheets)


def _as_utf8(content: bytes) -> bytes:
    """expat knows no GB2312, and believes what stands in the first line."""
    head = content[:200].decode("latin-1")
    declared = _DECLARED.match(head)
    text = decoded(content, declared[1] if declared else "")
    return _DECLARED.sub("", text, count=1).encode()


def _get(attributes: Attributes, name: str, default: str = "") -> str:
    return attributes.get(f"{_SHEET}{SPACE}{name}", default)


def _colour(attributes: Attributes) -> str:
    return _get(attributes, "Color").lstrip("#").upper()


@dataclass
class _Style:
    look: str = ""
    format: Format = formats.GENERAL
    colour: str = ""
    ground: str = colours.WHITE

    @property
    def is_hidden(self) -> bool:
        return colours.hides(self.colour, self.ground)


@dataclass
class _Open:
    """The cell that is being read."""

    style: _Style
    formula: str
    type: str = ""
    runs: Runs = field(default_factory=Runs)
    note: Runs = field(default_factory=Runs)
    author: str = ""
    in_comment: bool = False


class _Workbook:
    """Takes the elements one after the other."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.sheets: list[Sheet] = []
        self._styles: dict[str, _Style] = {}
        self._style = _Style()
        self._row = self._column = self._right = self._next_column = 0
        self._row_style, self._table_style = "", "Default"
        self._column_styles: list[tuple[int, int, str]] = []
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._cell: _Open | None = None
        self._in_data = self._in_visible = False
        self._looks: list[tuple[str, bool]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in ("Style", "Font", "Interior", "NumberFormat"):
            self._learn(tag, attributes)
        elif tag == "Worksheet":
            self.sheets.append(Sheet(_get(attributes, "Name"), budget=self._budget))
            check_sheets(len(self.sheets))
            self._row = self._next_column = 0
            self._hidden_rows, self._hidden_columns = [], []
        elif tag == "Visible":
            self._in_visible = True
        elif tag in ("Table", "Column", "Row"):
            self._around(tag, attributes)
        elif tag == "Cell":
            self._start_cell(attributes)
        elif self._cell:
            self._inside(self._cell, tag, attributes)

    def _learn(self, tag: str, attributes: Attributes) -> None:
        """A style builds on another one."""
        if tag == "Style":
            parent = self._styles.get(_get(attributes, "Parent", "Default"), _Style())
            self._style = self._styles[_get(attributes, "ID")] = replace(parent)
        elif tag == "Font":
            self._style.colour = _colour(attributes)
            red = RED if self._style.colour == "FF0000" else ""
            self._style.look = STRUCK if _get(attributes, "StrikeThrough") == "1" else red
        elif tag == "Interior":
            pattern = _get(attributes, "Pattern", "None")
            self._style.ground = (
                colours.WHITE if pattern == "None" else _colour(attributes) if pattern == "Solid" else ""
            )
        else:
            code = _get(attributes, "Format")
            self._style.format = formats.of_code(_NAMED.get(code, code))

    def _around(self, tag: str, attributes: Attributes) -> None:
        """A cell that names no style has its row's, else its column's, else its table's."""
        style = _get(attributes, "StyleID")
        if tag == "Table":
            self._table_style, self._column_styles = style or "Default", []
            return
        span = int(_get(attributes, "Span", "0"))
        last = self._row if tag == "Row" else self._next_column
        first = int(_get(attributes, "Index", str(last + 1)))
        is_hidden = _get(attributes, "Hidden") == "1"
        if tag == "Row":
            self._row, self._right, self._row_style = first, 0, style
            self._hidden_rows += [(first, first + span)] if is_hidden else []
        else:
            self._next_column = first + span
            self._column_styles += [(first, first + span, style)] if style else []
            self._hidden_columns += [(first, first + span)] if is_hidden else []

    def _start_cell(self, attributes: Attributes) -> None:
        self._column = int(_get(attributes, "Index", str(self._right + 1)))
        if not (1 <= self._row <= _LAST_ROW and 1 <= self._column <= _LAST_COLUMN):
            raise ValueError("a cell outside the grid")
        across, down = int(_get(attributes, "MergeAcross", "0")), int(_get(attributes, "MergeDown", "0"))
        self._right = self._column + across
        if across or down:
            self.sheets[-1].merge(self._row, self._column, self._row + down, self._right)
        style = self._styles.get(_get(attributes, "StyleID") or self._inherited(), _Style())
        self._cell = _Open(style, self._formula(_get(attributes, "Formula").removeprefix("=")))

    def _formula(self, text: str) -> str:
        """RC[-1]+R3C5 of the cell F4 as a clerk knows it: E4+E3."""

        def reference(match: re.Match[str]) -> str:
            row = self._row + int(match[2] or 0) if match[1] is None else int(match[1])
            column = self._column + int(match[4] or 0) if match[3] is None else int(match[3])
            return address(row, column) if row > 0 and column > 0 else match[0]

        return _REFERENCE.sub(reference, text) if "R" in text else text

    def _inherited(self) -> str:
        by_column = (style for first, last, style in self._column_styles if first <= self._column <= last)
        return self._row_style or next(by_column, self._table_style)

    def _inside(self, cell: _Open, tag: str, attributes: Attributes) -> None:
        if tag == "Comment":
            cell.in_comment, cell.author = True, _get(attributes, "Author")
        elif tag == "Data":
            self._in_data, self._looks = True, []
            if not cell.in_comment:
                cell.type = _get(attributes, "Type")
        elif tag in ("html Sup", "html Sub"):
            self._looks.append(("", True))
        elif tag == "html S":
            self._looks.append((STRUCK, False))
        elif tag == "html Font":
            colour = next((value for key, value in attributes.items() if key.endswith("Color")), "")
            self._looks.append((RED if colour.upper() == "#FF0000" else "", False))

    def end(self, tag: str) -> None:
        if tag == "Worksheet":
            hide(self.sheets[-1], self._hidden_rows, self._hidden_columns)
        elif tag == "Visible":
            self._in_visible = False
        elif tag == "Data":
            self._in_data = False
        elif tag.startswith("html ") and self._looks:
            self._looks.pop()
        elif tag == "Comment" and self._cell:
            self._cell.in_comment = False
        elif tag == "Cell" and self._cell:
            self._put(self._cell)
            self._cell = None

    def text(self, data: str) -> None:
        if self._in_visible and self.sheets:
            self.sheets[-1].hidden |= "Hidden" in data
        elif self._in_data and self._cell:
            looks = {look for look, _ in self._looks} | {self._cell.style.look}
            look = STRUCK if STRUCK in looks else RED if RED in looks else ""
            runs = self._cell.note if self._cell.in_comment else self._cell.runs
            runs.add(data, look, any(raised for _, raised in self._looks))

    def _put(self, cell: _Open) -> None:
        place, sheet = (self._row, self._column), self.sheets[-1]
        cell_read = _cell(cell)
        if cell_read:
            mark = cell.runs.mark or cell_read.mark or (UNSEEN if cell.style.is_hidden else "")
            sheet.put(*place, cell_read._replace(formula=cell.formula, mark=mark))
        note = without_author(cell.note.text, cell.author)
        if note:
            sheet.notes[place] = note


def _cell(cell: _Open) -> Cell | None:
    text = cell.runs.text
    if cell.formula and not text and cell.type != "String":
        return Cell(f"={cell.formula}", UNCALCULATED)
    if not text:
        return None
    if cell.type == "Number":
        return cell.style.format.number(float(text))
    if cell.type == "DateTime":
        return Cell(text[:10], DATE)
    if cell.type == "Boolean":
        return Cell("TRUE" if text == "1" else "FALSE", BOOLEAN)
    if cell.type == "Error":
        return Cell(text, ERROR)
    written = cell.runs.cell()
    return cell.style.format.text(written) if written else None
