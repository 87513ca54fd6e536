"""CSV as offices save it: UTF-8 or GB18030, separated by comma, tab or semicolon."""

import codecs
import csv
import io

from pipeline.reading.book import CELL_TEXT, Book, Cell, Sheet, Unreadable


def read(content: bytes) -> Book:
    """One sheet called CSV; every cell is text."""
    text = _decoded(content)
    sheet = Sheet("CSV")
    try:
        for row, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), 1):
            for column, value in enumerate(values, 1):
                if value:
                    sheet.put(row, column, Cell(value, CELL_TEXT))
    except csv.Error:
        raise Unreadable("文本表格已损坏，请用 .xlsx 上报") from None
    return Book("csv", [sheet])


def _decoded(content: bytes) -> str:
    """A rule, not a guess: the byte order mark, else strict UTF-8, else strict GB18030."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("编码无法识别，请用 .xlsx 上报")


def _delimiter(text: str) -> str:
    """The separator that stands most often; cells of this form hold no tabs or semicolons of their own."""
    return max("\t;,", key=text.count)
