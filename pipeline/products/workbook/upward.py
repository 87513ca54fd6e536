"""上报表 written: a row a tier in the form of the level above, and the hidden sheet by which that level knows it.

Tiers are never added up: the level above counts 省级 and 区级 villages apart. What is not of this week stands in a column
of its own, 未采用.
"""

from collections.abc import Mapping, Sequence

from pipeline.intake import upward
from pipeline.intake.names import place_of
from pipeline.intake.upward import Below, Slip, Source, Sum, Upward
from pipeline.params import Programme
from pipeline.products import sheets
from pipeline.products.layout import LEFT, MIDDLE, Footer, Origins, font
from pipeline.products.sheets import Border, Side, Workbook, Worksheet
from pipeline.records import KINDS, Kind, Progress

_ABOVE = {"市": "设区市", "省": "省（区、市）"}  # what the level above calls its members
_WIDTHS = (20, 20, 10, 12, 12, 12, 12, 26, 30)
_LAST, _NOT_OWN, _REMARK = len(_WIDTHS), 8, 9
_LINE = Side(style="thin", color="000000")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def sent(slip: Slip, progress: Sequence[Progress], origins: Origins, below: Below) -> Upward:
    """The hidden sheet's content: each figure with its cell, and under it what the member's own sheet says of it."""
    sources: list[Source] = []
    for row in progress:
        origin = origins[row.key]
        sources.append(
            Source(
                depth=1, tier=row.tier, **row.key._asdict(), target=row.target, done=row.done, status=row.status,
                week=origin.week, file=origin.file, sheet=origin.sheet, cell=origin.cell, raw=origin.raw,
                sha256=origin.sha256,
            )
        )  # fmt: skip
        is_of_week = origin.week == slip.week.isoformat()
        sources += upward.deeper(below.get((origin.file, origin.cell), ())) if is_of_week else ()
    return Upward(slip, tuple(upward.shortened(sources)))


def write(book: Workbook, programme: Programme, of: Upward, title: str, footer: Footer) -> None:
    """Both sheets, behind those that are there. title: with the week."""
    _form(book.create_sheet(upward.SHEET), programme, of, title, footer)
    hidden = book.create_sheet(upward.SLIP_SHEET)
    for (row, column), text in upward.cells(of).items():
        sheets.put(hidden, row, column, text)
    hidden.sheet_state = "hidden"
    sheets.lock(hidden)


def _form(sheet: Worksheet, programme: Programme, of: Upward, title: str, footer: Footer) -> None:
    _heading(sheet, _ABOVE.get(programme.level, "县（市、区）"), title)
    sums, counts = of.sums(), programme.village_counts
    tiers = list(dict.fromkeys(tier for tier, _ in sums))
    for row, tier in enumerate(tiers, 4):
        by_kind = {kind: sums[tier, kind] for kind in KINDS}
        _tier(sheet, row, place_of(programme.office), tier, counts[tier], by_kind)
    for row in range(2, 4 + len(tiers)):
        _box(sheet, row)
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[sheets.get_column_letter(number)].width = width
    sheets.page(sheet, footer, "1:3")
    sheet.print_area = f"A1:{sheets.get_column_letter(_LAST)}{3 + len(tiers)}"
    sheets.lock(sheet)


def _heading(sheet: Worksheet, member: str, title: str) -> None:
    letter = sheets.get_column_letter(_LAST)
    sheet.merge_cells(f"A1:{letter}1")
    sheets.put(sheet, 1, 1, title).font = font("方正小标宋简体", 20)
    sheet["A1"].alignment = MIDDLE
    sheet.row_dimensions[1].height = 42
    over = {"A": member, "B": "整村推进村", "C": "村数", "H": "未采用", "I": "备注"}
    for column, text in over.items():
        sheet.merge_cells(f"{column}2:{column}3")
        sheet[f"{column}2"].value = text
    for cells, text in (("D2:E2", "目标任务"), ("F2:G2", "完成情况")):
        sheet.merge_cells(cells)
        sheet[cells.partition(":")[0]].value = text
    for number in (4, 6):
        for offset, kind in enumerate(KINDS):
            sheets.put(sheet, 3, number + offset, kind)


def _tier(sheet: Worksheet, row: int, office: str, tier: str, count: int, by_kind: Mapping[Kind, Sum]) -> None:
    """省级整村推进村: its villages, the sums of its members' figures, and how many of these are not of this week."""
    sheets.put(sheet, row, 1, office)
    sheets.put(sheet, row, 2, upward.place_of(tier))
    sheets.put(sheet, row, 3, count)
    for offset, kind in enumerate(KINDS):
        known = by_kind[kind]
        sheets.put(sheet, row, 4 + offset, known.target)
        sheets.put(sheet, row, 6 + offset, known.words if known.done is None else known.done)
    notes = [f"{kind}{known.not_own}" for kind, known in by_kind.items() if known.not_own]
    sheets.put(sheet, row, _NOT_OWN, "；".join(notes))
    sheets.put(sheet, row, _REMARK, "".join(f"〔{note}〕" for note in notes))


def _box(sheet: Worksheet, row: int) -> None:
    sheet.row_dimensions[row].height = 30
    for column in range(1, _LAST + 1):
        cell = sheet.cell(row, column)
        cell.border, cell.font, cell.alignment = _BOX, font("黑体" if row < 4 else "仿宋", 12), MIDDLE
        if isinstance(cell.value, int):
            cell.number_format = "#,##0"
    if row >= 4:
        sheet.cell(row, _NOT_OWN).alignment = LEFT
