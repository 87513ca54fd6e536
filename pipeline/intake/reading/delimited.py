"""CSV as offices save it: UTF-8 or GB18030, separated by comma, tab or semicolon."""

import codecs
import csv
import io
import re

from pipeline.intake.reading.book import CELL_TEXT, Book, Cell, Sheet, Unreadable
from pipeline.intake.reading.budget import Budget

_UNKNOWN = "编码无法识别，请用 .xlsx 上报"
# what no office program writes into a text: control characters, and what a wrong decoding leaves behind
_MOJIBAKE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]|锟斤拷")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_HEAD = 100_000  # signs that tell the separator
_MOST_PRIVATE = 50  # one sign in so many may be a rare character of someone's name


def read(content: bytes, budget: Budget) -> Book:
    """One sheet called CSV; every cell is text."""
    budget.work(len(content) // 16)
    text = decoded(content).removesuffix("\x1a")
    refuse_mojibake(text)
    sheet = Sheet("CSV", budget=budget)
    delimiter = _delimiter(text)
    budget.work(text.count(delimiter) + text.count("\n") + text.count("\r"))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row, values in enumerate(lines, 1):
            for column, value in enumerate(values, 1):
                if value:
                    sheet.put(row, column, Cell(value, CELL_TEXT))
    except csv.Error:  # a quotation mark that is never closed would swallow the rest of the table
        raise Unreadable("文本表格已损坏，请用 .xlsx 上报") from None
    return Book("csv", [sheet])


def decoded(content: bytes, declared: str = "") -> str:
    """A rule, not a guess: byte order mark, else strict UTF-8, else as declared (gb2312 means GB18030), else GB18030."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030" if declared.lower().startswith("gb") else declared, "gb18030"]
    for encoding in filter(None, encodings):
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    raise Unreadable(_UNKNOWN)


def refuse_mojibake(text: str) -> None:
    """GB18030 decodes nearly anything: signs that no clerk types betray it."""
    if _MOJIBAKE.search(text) or len(_PRIVATE.findall(text)) * _MOST_PRIVATE > len(text):
        raise Unreadable(_UNKNOWN)


def _delimiter(text: str) -> str:
    """The separator that stands in most lines; a remark may hold commas of its own."""
    lines = text[:_HEAD].splitlines()
    return max("\t,;", key=lambda sign: sum(sign in line for line in lines))
