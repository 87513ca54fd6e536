"""退回单 as a workbook: what must be put right on one sheet, what is to be explained on another; none is empty."""

from pipeline.products import layout, sheets
from pipeline.products.feedback import returns
from pipeline.products.feedback.items import WHY, Item, Parts
from pipeline.products.feedback.words import Edition, one_line
from pipeline.products.sheets import Workbook
from pipeline.rules import FINDINGS

_CELL, _FILE, _SHEET = (FINDINGS.labels[name].label for name in ("cell", "file", "sheet"))
_WIDEST = 34  # eight columns are then legible on one page


def to_bytes(edition: Edition, town: str, parts: Parts) -> bytes:
    """A sheet for each part that there is."""
    footer = layout.footer(edition.programme, f"{edition.label}　第{edition.revision}版", edition.check_code)
    week = layout.week_label(edition.programme, edition.week)
    head = ["序号", _CELL, "请这样做", "原因", "填的是", f"{edition.words.part}和类别", _FILE, _SHEET]
    sender = returns.sender(town, edition.words)
    book = Workbook()
    book.remove(book.active)
    for part, items in parts.items():
        title = f"{sender}{returns.title({part: items})}（{week}）"
        note = f"{returns.request(edition, {part: items})}。共{len(items)}处：{WHY[part]}。"
        body = [_line(number, item) for number, item in enumerate(items, 1)]
        layout.write_list(book.create_sheet(part), title, note, head, body, footer, _WIDEST)
    return sheets.to_bytes(book, f"{sender}{returns.title(parts)}（{week}）", edition.programme.office)


def _line(number: int, item: Item) -> list[int | str]:
    """The columns carry the place, so the words stand without it."""
    at = item.at
    return [number, *map(one_line, (at.cell, item.ask, item.why, at.raw, item.subject, at.file, at.sheet))]
