"""The words in the text boxes and shapes of .xls, which xlrd passes over: records OBJ and TXO, and where they lie."""

import struct
from collections.abc import Iterator

from pipeline.intake.reading.xls_records import records, worksheets

_CONTINUE, _OBJECT, _TEXT, _DRAWING = 0x3C, 0x5D, 0x1B6, 0xEC
_ANCHOR, _CONTAINER = 0xF010, 0xF
_SHAPES = {
    0x02,
    0x03,
    0x06,
    0x09,
    0x0E,
    0x1E,
}  # rectangle, oval, text box, polygon, label, any other shape; no comments

Box = tuple[int, int, str]  # row, column, words


def boxes(workbook: bytes) -> list[list[Box]]:
    """Those of each worksheet, in the workbook's order. A stream that ends too early has been refused before."""
    return [list(_boxes(workbook, start)) for start in worksheets(workbook)]


def _boxes(workbook: bytes, start: int) -> Iterator[Box]:
    row = column = shape = left = 0
    words = ""
    for kind, data in records(workbook, start):
        if kind == _CONTINUE and left:
            text = data[1:].decode("utf-16-le" if data[:1] == b"\1" else "latin-1", "replace")[:left]
            words, left = words + text, left - len(text)
            if not left and shape in _SHAPES:
                yield row, column, words
        elif kind == _DRAWING:
            row, column = _anchor(data) or (row, column)
        elif kind == _OBJECT and len(data) >= 6:
            shape = struct.unpack_from("<H", data, 4)[0]
        elif kind == _TEXT and len(data) >= 12:
            words, left = "", struct.unpack_from("<H", data, 10)[0]


def _anchor(data: bytes) -> tuple[int, int] | None:
    """Where the last shape of a drawing record begins."""
    at, found = 0, None
    while at + 8 <= len(data):
        version, kind, length = struct.unpack_from("<HHI", data, at)
        if kind == _ANCHOR and at + 16 <= len(data):
            column, _, row = struct.unpack_from("<HHH", data, at + 10)
            found = row + 1, column + 1
        at += 8 if version & 0xF == _CONTAINER else 8 + length
    return found
