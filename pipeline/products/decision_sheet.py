"""处理单.xlsx: one row a question, locked but for the answer, which is chosen from a list (see intake.answers)."""

import datetime as dt
import json
from collections.abc import Sequence

from pipeline.intake import answers
from pipeline.intake.answers import ASKED, CHECK, DRAFTS, IDENTITY, OPTION, TO_ANSWER
from pipeline.params import Programme
from pipeline.params.questions import Answer, Question
from pipeline.products import layout, sheets
from pipeline.products.questions.keeping import Entry, Standing
from pipeline.products.sheets import PatternFill, Workbook, Worksheet

Line = list[str | int | dt.date | None]
_STANDING = "情况"
_TOP = 3  # the row of the headings
_TO_FILL = PatternFill("solid", fgColor="FFF8E1")
# Its headings are read back by name (intake.answers): they are the same at every level.
_WIDTHS = {"编号": 5, "区镇": 9, "村": 9, "类别": 6, "文件": 14, "单元格": 10, "原文": 8, "说明": 30, "上次采用": 15,
           "处理": 24, "采用数": 8, "理由": 14, "经办人": 8, "日期": 11, _STANDING: 8}  # fmt: skip
_REFUSED = ("请从下拉里选", "点单元格右边的箭头，从列出的几种里选；要撤回的，清空这一格。")
_NO_FIGURE = ("请填整数", "只写 0 或更大的整数，如 95。")
_NOTE = (
    "一行一个问题：在“处理”里选一种（各写明对数字的作用），填理由、经办人、日期；选“改为‘采用数’”的填采用数。"
    "保存、关闭后再核对一次。其余各格已锁定。"
)


def to_bytes(entries: Sequence[Entry], day: dt.date, programme: Programme) -> bytes:
    """The sheet as it is written into params/."""
    book = Workbook()
    sheet = book.active
    sheet.title = answers.NAME
    most = max((len(entry.question.options) for entry in entries), default=0)
    head = [*_WIDTHS, f"{IDENTITY}　{day}　共{len(entries)}行", CHECK]
    head += [f"{name}{number}" for name in (OPTION, DRAFTS) for number in range(1, most + 1)]
    lines = [_line(number, entry, day, most) for number, entry in enumerate(entries, 1)]
    heading = f"{layout.date_label(day)} {answers.NAME}"
    footer = (programme.title.replace("&", "&&"), "— &P —", programme.office.replace("&", "&&"))
    layout.write_list(sheet, heading, _NOTE, head, lines, footer, printed=len(_WIDTHS))
    sheets.page(sheet, footer, "3:3")  # a question and its answer stand on one page
    _shape(sheet, lines, len(head))
    for row, entry in enumerate(entries, _TOP + 1):
        _open(sheet, row, entry)
    sheets.lock(sheet)
    return sheets.to_bytes(book, heading, programme.office)


def _line(number: int, entry: Entry, day: dt.date, most: int) -> Line:
    question = entry.question
    words, drafts = [each.words for each in question.options], [_written(each.drafts) for each in question.options]
    blank = [None] * (most - len(question.options))
    return [
        number, *_asked(question), *_answered(entry.answer), entry.standing,
        question.identity, question.digest(day.isoformat()),
        *words, *blank, *drafts, *blank,
    ]  # fmt: skip


def _written(drafts: tuple[tuple[tuple[str, str], ...], ...]) -> str:
    return json.dumps([dict(draft) for draft in drafts], ensure_ascii=False)


def _asked(question: Question) -> list[str]:
    return [question.town, question.village, question.kind, question.file, question.address, question.raw, question.words,
            question.before]  # fmt: skip


def _answered(answer: Answer) -> Line:
    """Numbers and dates as such, whatever else was typed as it is; nothing where nothing is."""
    figure = int(answer.figure) if answers.is_count(answer.figure) else answer.figure
    values = [answer.option, figure, answer.reason, answer.by, answers.date(answer.date) or answer.date]
    return [None if value == "" else value for value in values]


def _shape(sheet: Worksheet, lines: Sequence[Line], width: int) -> None:
    """The columns as wide as their texts want on paper, the rows as high; the columns for the program hidden."""
    for column, wide in enumerate(_WIDTHS.values(), 1):
        sheet.column_dimensions[sheets.get_column_letter(column)].width = wide
    for column in range(len(_WIDTHS) + 1, width + 1):
        sheet.column_dimensions[sheets.get_column_letter(column)].hidden = True
    for row, line in enumerate(lines, _TOP + 1):
        wrapped = max(layout.text_lines(text, wide - 2) for text, wide in zip(line, _WIDTHS.values(), strict=False))
        sheet.row_dimensions[row].height = layout.row_height(5 + 14 * wrapped, 34)


def _open(sheet: Worksheet, row: int, entry: Entry) -> None:
    """The cells of the answer; a question that is not asked any more has no list to choose from."""
    first = len(ASKED) + 1
    options = entry.question.options
    if options:
        left = len(_WIDTHS) + 3
        ends = (sheets.get_column_letter(column) for column in (left, left + len(options) - 1))
        listed = ":".join(f"${letter}${row}" for letter in ends)
        sheets.one_of(sheet, sheet.cell(row, first).coordinate, f"={listed}", _REFUSED)
        sheets.counts(sheet, sheet.cell(row, first + 1).coordinate, _NO_FIGURE)
    for column in range(first, first + len(TO_ANSWER)):
        cell = sheet.cell(row, column)
        cell.alignment = layout.LEFT
        if entry.standing in (Standing.OPEN, Standing.STALE):
            cell.fill = _TO_FILL
        if options:
            sheets.open_to_all(cell)
