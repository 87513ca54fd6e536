"""Words that lie over the cells of a sheet, in text boxes and other shapes: told with the cell they begin over, not read.

Nobody can say which figure such words are about. A shape that shows what a cell says (textlink) adds nothing.
"""

from contextlib import suppress
from xml.parsers import expat

from pipeline.intake.reading.book import Remark, Sheet
from pipeline.intake.reading.package import SPACE, Attributes, Parts, dispatch, relations
from pipeline.rules.files import TEXT_BOX_IGNORED

_DRAWINGS = ("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/")
_OF_SHEETS, _OF_TEXTS = ("from", "col", "row", "sp", "cNvPr", "absoluteAnchor"), ("p", "t", "br")
_NAMES = {
    **{f"{space}spreadsheetDrawing{SPACE}{tag}": tag for space in _DRAWINGS for tag in _OF_SHEETS},
    **{f"{space}main{SPACE}{tag}": tag for space in _DRAWINGS for tag in _OF_TEXTS},
}
_MOST = 50  # boxes of one sheet that are told


def add_box(sheet: Sheet, row: int, column: int, words: str) -> None:
    """Tell what a box says, if it says anything."""
    sheet.work(1 + (len(words) >> 4))
    text = " ".join(words.split())
    if text and len(sheet.remarks) < _MOST:
        sheet.remarks.append(Remark(TEXT_BOX_IGNORED, row, column, text))


def add_boxes(sheet: Sheet, parts: Parts, part: str) -> None:
    """Tell the words in the drawings of a worksheet of .xlsx or .xlsb; a drawing that is no XML is none."""
    for kind, target in relations(parts, part).values():
        if kind == "drawing" and target in parts:
            with suppress(expat.ExpatError, ValueError):
                _Drawing(sheet).read(parts.read(target))


class _Drawing:
    """Takes the elements of a drawing."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._buffer: list[str] = []
        self._words: list[str] = []
        self._row = self._column = 0
        self._is_begin = self._is_told = False

    def read(self, data: bytes) -> None:
        starts = {
            "from": self._start_from, "col": self._clear, "row": self._clear, "sp": self._start_shape,
            "cNvPr": self._start_name, "t": self._clear, "absoluteAnchor": self._start_nowhere,
        }  # fmt: skip
        ends = {
            "from": self._end_from, "col": self._end_column, "row": self._end_row, "sp": self._end_shape,
            "t": self._end_text, "p": self._end_line, "br": self._end_line,
        }  # fmt: skip
        dispatch(data, _NAMES, starts, ends, self._buffer.append)

    def _clear(self, _: Attributes) -> None:
        self._buffer.clear()

    def _start_from(self, _: Attributes) -> None:
        self._is_begin = True

    def _end_from(self) -> None:
        self._is_begin = False

    def _start_nowhere(self, _: Attributes) -> None:
        self._row = self._column = 0

    def _end_column(self) -> None:
        self._column = self._number() if self._is_begin else self._column

    def _end_row(self) -> None:
        self._row = self._number() if self._is_begin else self._row

    def _number(self) -> int:
        return int("".join(self._buffer)) + 1

    def _start_shape(self, attributes: Attributes) -> None:
        self._words.clear()
        self._is_told = not attributes.get("textlink")

    def _start_name(self, attributes: Attributes) -> None:
        self._is_told = self._is_told and attributes.get("hidden") not in ("1", "true")

    def _end_text(self) -> None:
        self._words.append("".join(self._buffer))
        self._buffer.clear()

    def _end_line(self) -> None:
        self._words.append("\n")

    def _end_shape(self) -> None:
        if self._is_told:
            add_box(self._sheet, self._row, self._column, "".join(self._words))
        self._words.clear()
