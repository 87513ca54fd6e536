"""The form pre-filled for one town: names, targets and what stands so far are locked, 完成 and 备注 are open.

The clerk cannot push the layout out of shape, and is told at the cell what it takes. 备注 begins with what the town said
last, in italics: an explanation need not be typed again. A slip on a hidden sheet says for which week and town the form
was made, and with which 备注 (see `slip`).
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from pipeline.intake import slip
from pipeline.intake.slip import Slip
from pipeline.params import Programme
from pipeline.printing import month_day
from pipeline.products import layout, sheets
from pipeline.products.layout import font, short_date
from pipeline.products.sheets import Cell, PatternFill, Workbook, Worksheet
from pipeline.products.workbook import form, remarks
from pipeline.records import KINDS, Key, Kind, Previous, Progress, Status

_DONE, _REMARK = 5, 7  # columns
_TO_FILL = PatternFill("solid", fgColor="FFF8E1")


def blank_form(programme: Programme, town: str, day: dt.date, previous: Mapping[Key, Previous]) -> bytes:
    """The town's form of the week that closes on `day`. previous: see settling.last_accepted."""
    book = Workbook()
    sheet = book.active
    said = remarks.last(town, previous)
    parts = _parts(programme, town, day, previous, said)
    footer = (layout.date_label(day), "— &P —", f"填报单位（盖章）：{layout.in_footer(town)}")
    form.write(sheet, programme, parts, {}, footer, [town], "完成情况（累计）", _note(parts, day, previous, said))
    _open(sheet, parts, day, previous, said, programme.unit)
    sheets.lock(sheet)
    _put_slip(book, Slip(day, town, remarks=said))
    title = f"{town}{programme.title}每周进展情况汇总表（{layout.date_label(day)}）"
    return sheets.to_bytes(book, title, programme.office)


def _parts(
    programme: Programme, town: str, day: dt.date, previous: Mapping[Key, Previous], said: Mapping[str, str]
) -> list[Progress]:
    """The town's village × kinds as the form takes them: done 0 where there is nothing to do, else to be filled in."""
    return [
        Progress(
            week=day.isoformat(), **key._asdict(), target=target,
            done=0 if target == 0 and not previous[key].done else None, status=Status.REPORTED,
            remark=said.get(key.village, ""),
        )
        for key, target in programme.targets(day).items()
        if key.town == town
    ]  # fmt: skip


def _note(parts: Sequence[Progress], day: dt.date, previous: Mapping[Key, Previous], said: Mapping[str, str]) -> str:
    """Under the form: what was accepted so far, so that a clerk sees that figures are cumulative.

    This week's date comes last: the reader takes the last date of a line for the week that it speaks of.
    """
    to_fill = {part.key: previous[part.key] for part in parts if part.done is None}
    lines = []
    for week in sorted({before.week for before in to_fill.values() if before.week}):
        figures = (f"{key.village}{key.kind} {before.done}" for key, before in to_fill.items() if before.week == week)
        lines.append(f"上次累计（截至{short_date(week)}）：{'；'.join(figures)}。")
    if said:
        lines.append("备注里的斜体字是上次报的，仍属实的留着，不再适用的改写或删去。")
    return f"注：只填完成情况和备注。{''.join(lines)}完成情况填截至{month_day(day)}的累计数，零进展也要填数。"


def _open(
    sheet: Worksheet,
    parts: Sequence[Progress],
    day: dt.date,
    previous: Mapping[Key, Previous],
    said: Mapping[str, str],
    unit: str,
) -> None:
    """Open what the town fills in, and let Excel and WPS add up its 合计."""
    villages = list(dict.fromkeys(part.village for part in parts))
    last = form.FIRST_ROW + len(villages) - 1
    for row, village in enumerate(villages, form.FIRST_ROW):
        for part in parts:
            if part.village == village and part.done is None:
                cell = sheet.cell(row, _DONE + KINDS.index(Kind(part.kind)))
                _open_cell(cell)
                _guard(cell, part, previous[part.key], day, unit)
        _open_cell(sheet.cell(row, _REMARK))
        if village in said:
            _mark_carried(sheet.cell(row, _REMARK))
    for column in range(_DONE, _DONE + len(KINDS)):
        letter = sheets.get_column_letter(column)
        sheet.cell(last + 1, column).value = f"=SUM({letter}{form.FIRST_ROW}:{letter}{last})"  # of cells still empty


def _open_cell(cell: Cell) -> None:
    sheets.open_to_all(cell)
    cell.fill = _TO_FILL


def _mark_carried(cell: Cell) -> None:
    cell.font = font("仿宋", 11, italic=True)
    sheets.hint(cell, "上次的备注", "这是上次报的备注。仍属实的留着，不再适用的改写或删去；数有新变化的，请补充说明。")


def _guard(cell: Cell, part: Progress, before: Previous, day: dt.date, unit: str) -> None:
    """Whole numbers only, not below the last accepted one, unless 备注 says why: a true decrease must be reportable.

    A 备注 that the form came with says nothing of it.
    """
    last = before.done if before.week else None
    known = "" if last is None else f"上次累计 {last}（截至{short_date(before.week)}），"
    prompt = f"{known}目标 {part.target}。请填截至{month_day(day)}的累计完成数，没有进展也要填。"
    digits = f"整数，不带{''.join(f'“{word}”' for word in dict.fromkeys(('户', unit)))}等字"
    error = f"只能填{digits}；没有进展的，填上次的累计数（没有报过的填 0）。"
    if last:
        error = f"要填不小于上次累计 {last} 的{digits}。确需核减的，请先在备注写明原因，再填这一格。"
    remark = cell.parent.cell(cell.row, _REMARK)
    least = f"IF({remarks.is_new(f'${remark.coordinate}', remark.value or '')},0,{last})" if last else "0"
    sheets.whole_number(cell, least, (f"{part.kind}累计完成", prompt), ("请填累计完成数", error))


def _put_slip(book: Workbook, made: Slip) -> None:
    sheet = book.create_sheet(slip.SHEET_NAME)
    for (row, column), text in slip.cells(made).items():
        sheets.put(sheet, row, column, text)
    sheet.sheet_state = "hidden"
    sheets.lock(sheet)
