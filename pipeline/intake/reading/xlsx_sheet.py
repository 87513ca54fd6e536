"""One worksheet of .xlsx, read in one pass: values, formulas, marks, merges, hidden rows and columns."""

from collections.abc import Mapping, Sequence
from math import isfinite

from pipeline.intake.reading.book import (
    BOOLEAN,
    CELL_TEXT,
    DATE,
    ERROR,
    SHARED_FORMULA,
    TOO_LARGE,
    UNCALCULATED,
    Cell,
    Sheet,
    Unreadable,
)
from pipeline.intake.reading.package import Attributes, dispatch
from pipeline.intake.reading.runs import hide
from pipeline.intake.reading.xlsx_markup import LAST_COLUMN, LAST_ROW, elements, is_on, natural, position
from pipeline.intake.reading.xlsx_styles import PLAIN, Style
from pipeline.intake.reading.xlsx_text import RUNS, Collector, Text, in_runs, unescaped

PICTURE = "DISPIMG("  # a picture in a cell, the way of WPS
_TRUTH = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}
_NAMES = elements("c", "v", "f", "is", "row", "col", "mergeCell", *RUNS)


class Worksheet:
    """Takes the elements of a worksheet. `shared` and `styles` are what its cells point into (None: the part is lost)."""

    def __init__(
        self, sheet: Sheet, shared: Sequence[Text], styles: Mapping[str, Style] | None, epoch_1904: bool
    ) -> None:
        self.sheet = sheet
        self._shared, self._styles, self._epoch_1904 = shared, styles or {}, epoch_1904
        self._are_styles_lost = styles is None
        self._row, self._row_is_numbered, self._column = 0, False, 0
        self._hidden_columns: list[tuple[int, int]] = []
        self._columns_listed = 0
        self._cell: Attributes = {}
        self._value: Text | None = None
        self._formula: str | None = None
        self._inline = Collector()
        self._buffer = self._inline.buffer  # all characters since `v`, `f` or `t` began

    def read(self, data: bytes) -> Sheet:
        inline = self._inline
        starts = {
            "c": self._start_cell, "v": inline.clear_buffer, "f": inline.clear_buffer, "is": inline.clear,
            "row": self._start_row, "col": self._start_columns, "mergeCell": self._merge, **inline.starts,
        }  # fmt: skip
        ends = {
            "c": self._end_cell, "v": self._end_value, "f": self._end_formula, "is": self._end_inline, **inline.ends
        }  # fmt: skip
        dispatch(data, _NAMES, starts, ends, self._buffer.append)
        if self._hidden_columns:
            hide(self.sheet, (), self._hidden_columns)
        return self.sheet

    # ---- rows, columns, merged ranges --------------------------------------------------------------------------

    def _start_row(self, attributes: Attributes) -> None:
        """A height of 0 hides a row too. sheetFormatPr's zeroHeight does not: it is for rows that are not listed."""
        number = attributes.get("r")
        self._row_is_numbered = number is not None
        self._row, self._column = self._row + 1 if number is None else natural(number), 0
        if not 0 < self._row <= LAST_ROW:
            raise ValueError(number)
        if is_on(attributes, "hidden") or attributes.get("ht") in ("0", "0.0"):
            self.sheet.hidden_rows.add(self._row)

    def _start_columns(self, attributes: Attributes) -> None:
        first, last = natural(attributes["min"]), natural(attributes["max"])
        self._columns_listed += max(last - first, 0) + 1
        if self._columns_listed > 2 * LAST_COLUMN:  # ranges that overlap a little are only untidy
            raise Unreadable(TOO_LARGE)
        if is_on(attributes, "hidden") or attributes.get("width") in ("0", "0.0"):
            self._hidden_columns.append((first, last))

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes["ref"].partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        self.sheet.merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    # ---- cells -------------------------------------------------------------------------------------------------

    def _start_cell(self, attributes: Attributes) -> None:
        self._cell, self._value, self._formula = attributes, None, None

    def _end_formula(self) -> None:
        self._formula = "".join(self._buffer)

    def _end_value(self) -> None:
        self._take("".join(self._buffer))

    def _end_inline(self) -> None:
        """Some programs write a value beside the text of a cell. Where they differ both are shown: it is no figure."""
        text = self._inline.text()
        if self._value and self._cell.get("t") == "inlineStr" and self._value != text:
            words = text if isinstance(text, str) else "".join(run.text for run in text)
            text = f"{_plain(self._value)} | {words}"
        self._value = None
        self._take(text)

    def _take(self, value: Text) -> None:
        """A cell has one value; with two, nobody knows which."""
        if self._value is not None:
            raise ValueError(value)
        self._value = value

    def _end_cell(self) -> None:
        row, column = place = self._place()
        if self._formula is not None:
            cell = self._calculated(self._formula or SHARED_FORMULA)
        elif self._value:
            cell = self._valued(self._value)
        else:
            return
        if cell.raw or cell.formula:
            if place in self.sheet.cells and self.sheet.cells[place] != cell:
                raise ValueError(place)  # two cells in one place: which of the figures is the town's?
            self.sheet.put(row, column, cell)

    def _place(self) -> tuple[int, int]:
        """Its address; a cell without one stands to the right of the one before it."""
        reference = self._cell.get("r")
        if reference is None:
            self._column += 1
            if self._column > LAST_COLUMN:
                raise ValueError(self._column)
            return self._row, self._column
        row, self._column = position(reference)
        if row != self._row:
            if self._row_is_numbered:
                raise ValueError(reference)
            self._row = row
        return row, self._column

    def _calculated(self, formula: str) -> Cell:
        if PICTURE in formula or (self._value == "" and self._cell.get("t") in ("str", "inlineStr")):
            return Cell("", CELL_TEXT, formula)
        if not self._value:
            style = self._styles.get(self._cell.get("s") or "0") or self._unlisted()
            return Cell(f"={formula}", UNCALCULATED, formula, style.look)
        return self._valued(self._value)._replace(formula=formula)

    def _valued(self, value: Text) -> Cell:
        """A cell with a value, as if it had no formula."""
        format, look = self._styles.get(self._cell.get("s") or "0") or self._unlisted()
        kind = self._cell.get("t", "n")
        if kind == "s":
            value = self._shared[natural(_plain(value))]
        elif kind == "n":
            return format.number(_real(_plain(value)), look, self._epoch_1904)
        elif kind == "str":
            value = unescaped(_plain(value))
        elif kind != "inlineStr":
            return _other(_plain(value), kind, look)
        if isinstance(value, str):
            cell = Cell(value, CELL_TEXT, "", look)
        else:
            self.sheet.work(len(value))
            cell = in_runs(value, look)
        return format.text(cell) if format.words else cell

    def _unlisted(self) -> Style:
        """Excel takes a number that is not among the styles for the plain one; a part that is lost is damage."""
        if self._are_styles_lost and self._cell.get("s", "0") != "0":
            raise ValueError(self._cell)
        return PLAIN


def _plain(value: Text) -> str:
    """Only an inline text may be written in runs."""
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _other(value: str, kind: str, look: str) -> Cell:
    """A truth value, an error, a date in words."""
    if kind == "b":
        return Cell(_TRUTH[value], BOOLEAN, "", look)
    if kind == "e":
        return Cell(value, ERROR, "", look)
    if kind == "d":
        return Cell(value[:10], DATE, "", look)
    raise ValueError(kind)


def _real(text: str) -> float:
    """A decimal number; float() also takes １２, 1_0, nan and inf."""
    number = float(text)
    if not text.isascii() or "_" in text or not isfinite(number):
        raise ValueError(text)
    return number
