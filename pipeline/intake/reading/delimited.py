"""CSV as offices save it: UTF-8 or GB18030, separated by comma, tab or semicolon.

A row that does not fit the heading is told, and its figures are not used: see `ragged`.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence

from pipeline.intake.reading import ragged
from pipeline.intake.reading.book import CELL_TEXT, RAGGED, Book, Cell, Remark, Sheet, Unreadable
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.ragged import Heading, Row
from pipeline.rules.files import COMMA_IN_REMARK

_UNKNOWN = "编码无法识别，请用 .xlsx 上报"
_BROKEN = "文本表格已损坏，请用 .xlsx 上报"
# what no office program writes into a text: control characters, and what a wrong decoding leaves behind
_MOJIBAKE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]|锟斤拷")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_HEAD = 100_000  # signs that tell the separator
_MOST_PRIVATE = 50  # one sign in so many may be a rare character of someone's name
_TEXT_OF_EXCEL = re.compile(r'="((?:[^"]|"")*)"')  # what systems write so that Excel keeps 091 as it is
_STEPS_A_FIELD = 4  # with what is asked of it: is it a figure, does its row fit
_NOT_THERE = "（缺）"


def read(content: bytes, budget: Budget) -> Book:
    """One sheet called CSV; every cell is text."""
    budget.work(len(content) // 16)
    text = decoded(content).removesuffix("\x1a")
    refuse_mojibake(text)
    separator = _separator(text)
    rows = _rows(text, separator, budget)
    sheet = Sheet("CSV", budget=budget)
    head = ragged.heading(rows)
    uniform = head is not None and ragged.is_uniform(rows, head)
    for row in rows:
        if head is None or not head.is_of(row):
            _put(sheet, row.number, row.values)
        elif ragged.is_ragged(row, head, uniform):
            _put_ragged(sheet, row, head)
        elif ragged.is_remark_split(row, head):
            _put_joined(sheet, row, head, separator)
        else:
            _put(sheet, row.number, row.values)
    return Book("csv", [sheet])


def _rows(text: str, separator: str, budget: Budget) -> list[Row]:
    """The lines that hold something."""
    try:
        lines = list(_lines(text, separator, budget, strict=True))
    except (
        csv.Error
    ):  # "已整改"5座 is no fault in Excel; a mark that is never closed would swallow the rest of the table
        try:
            lines = list(_lines(text, separator, budget, strict=False))
        except csv.Error:
            raise Unreadable(_BROKEN) from None
        if text.count('"') % 2 or any("\n" in value for row in lines for value in row.values):
            raise Unreadable(_BROKEN) from None
    return lines


def _lines(text: str, separator: str, budget: Budget, strict: bool) -> Iterator[Row]:
    budget.work(text.count(separator) + text.count("\n") + text.count("\r"))  # the module holds a whole line at once
    for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict), 1):
        last = next((place for place in range(len(line), 0, -1) if line[place - 1].strip()), 0)
        budget.work(_STEPS_A_FIELD * last)
        if last:
            yield Row(number, len(line), [_shown(value) for value in line[:last]])


def _shown(value: str) -> str:
    match = _TEXT_OF_EXCEL.fullmatch(value)
    return match[1].replace('""', '"') if match else value


def _put(sheet: Sheet, row: int, values: Sequence[str], type: str = CELL_TEXT, first: int = 1) -> None:
    for column, value in enumerate(values, first):
        if value:
            sheet.put(row, column, Cell(value, type))


def _put_ragged(sheet: Sheet, row: Row, head: Heading) -> None:
    """Names where they stand; no figure of it, nor one that is not there, may be taken for what it seems to be."""
    begin = head.figures[0]
    values = [row.at(column) or _NOT_THERE for column in range(begin, max(head.width, len(row.values)) + 1)]
    _put(sheet, row.number, row.values[: begin - 1])
    _put(sheet, row.number, values, RAGGED, begin)


def _put_joined(sheet: Sheet, row: Row, head: Heading, separator: str) -> None:
    remark = separator.join(row.values[head.remark - 1 :])
    sheet.work(len(remark))
    _put(sheet, row.number, [*row.values[: head.remark - 1], remark])
    sheet.remarks.append(Remark(COMMA_IN_REMARK, row.number, head.remark, remark))


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


def _separator(text: str) -> str:
    """The separator that stands in most lines; a remark may hold commas of its own."""
    lines = text[:_HEAD].splitlines()
    return max("\t,;", key=lambda sign: sum(sign in line for line in lines))
