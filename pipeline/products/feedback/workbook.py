"""退回单 as a workbook: what must be put right on the first sheet, what is to be explained on the second."""

from pipeline.products import layout, sheets
from pipeline.products.feedback.returns import UNKNOWN, WHY, Items, subject
from pipeline.products.feedback.words import Edition, one_line
from pipeline.products.sheets import Workbook
from pipeline.rules import FINDINGS, Finding

_HEAD = [
    "序号",
    "级别",
    "村和类别",
    *(FINDINGS.labels[name].label for name in ("file", "sheet", "cell", "raw")),
    "原因和改法",
    "截止时间",
]
_WIDEST = 26  # nine columns are then legible on one page


def to_bytes(edition: Edition, town: str, parts: Items) -> bytes:
    """Both sheets are always there: an empty one says that there is nothing."""
    footer = layout.footer(edition.programme, f"{edition.label}　第{edition.revision}版", edition.check_code)
    book = Workbook()
    book.remove(book.active)
    for part, rows in parts.items():
        heading = f"{town or UNKNOWN}退回单：{part}（{layout.week_label(edition.programme, edition.week)}）"
        note = f"共{len(rows)}处。{WHY[part]}。截止时间：{edition.until}" if rows else "没有。"
        body = [_line(number, row, edition) for number, row in enumerate(rows, 1)]
        layout.write_list(book.create_sheet(part), heading, note, _HEAD, body, footer, _WIDEST)
    title = f"{town or UNKNOWN}退回单（{layout.week_label(edition.programme, edition.week)}）"
    return sheets.to_bytes(book, title, edition.programme.office)


def _line(number: int, row: Finding, edition: Edition) -> list[int | str]:
    """The columns carry the place, so the message is written without it."""
    place = map(one_line, (row.file, row.sheet, row.cell, row.raw))
    return [number, row.level.label, subject(row), *place, one_line(row.words), edition.until]
