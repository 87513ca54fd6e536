"""目标任务表.xlsx: the table that a new office fills in, and beside it a sheet for what the programme says of the office."""

from pipeline.founding.facts import FACTS
from pipeline.founding.targets import TIERS
from pipeline.products import sheets
from pipeline.products.layout import LEFT, MIDDLE, font, row_height, text_lines
from pipeline.products.sheets import Border, PatternFill, Side, Workbook, Worksheet

TEMPLATE = "目标任务表.xlsx"
_HEADINGS = {
    "区镇": 18, "整村推进村": 22, "级别": 10, "新建目标": 12, "整改目标": 12, "村的别名": 28, "区镇的别名": 34,
}  # fmt: skip
_ROWS = 24  # to fill in, one page; more may be added below
_TITLE = "整村推进目标任务表"
_HINT = (
    "一个村一行，同一区镇的村写在一起（区镇可以合并单元格）。新建、整改只写数字，没有任务的一类填 0。"
    "没有整村推进村的区镇也写一行，只写区镇。别名是各镇报表里可能出现的其他叫法，有几个的用顿号隔开，没有的空着。"
)
_FACTS_HINT = "各项都要填，浅黄色的格子可以改。填好两张表、保存后，运行下面这一行（文件夹换成自己的）："
_COMMAND = "python -m pipeline init 文件夹 --targets 文件夹/目标任务表.xlsx"
_TO_FILL = PatternFill("solid", fgColor="FFF8E1")
_LINE = Side(style="thin", color="000000")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FOOTER = ("", "— &P —", "")


def template(year: int) -> bytes:
    """The workbook to fill in, with the usual facts of a year. The same year gives the same bytes."""
    book = Workbook()
    _targets(book.active)
    _facts(book.create_sheet("单位情况"), year)
    return sheets.to_bytes(book, _TITLE, office="")


def _targets(sheet: Worksheet) -> None:
    sheet.title = "目标任务"
    _heading(sheet, _TITLE, _HINT, list(_HEADINGS.values()))
    for column, text in enumerate(_HEADINGS, 1):
        cell = sheets.put(sheet, 3, column, text)
        cell.font, cell.alignment, cell.border = font("黑体", 12), MIDDLE, _BOX
    sheet.row_dimensions[3].height = 26
    for row in range(4, 4 + _ROWS):
        sheet.row_dimensions[row].height = 22
        for column in range(1, len(_HEADINGS) + 1):
            cell = sheet.cell(row, column)
            cell.fill, cell.border, cell.font = _TO_FILL, _BOX, font("仿宋", 12)
            cell.alignment = LEFT if column > 5 else MIDDLE
    last = 3 + _ROWS
    sheets.one_of(sheet, f"C4:C{last}", f'"{",".join(TIERS)}"', ("级别", f"请从{'、'.join(TIERS)}里选一个。"))
    sheets.counts(sheet, f"D4:E{last}", ("目标任务", "只写整数，如 95，不带座、户；没有任务的填 0。"))
    sheets.page(sheet, _FOOTER, "3:3")
    sheet.freeze_panes = "A4"


def _facts(sheet: Worksheet, year: int) -> None:
    _heading(sheet, "单位情况", _FACTS_HINT, [16, 46, 62])
    for row, fact in enumerate(FACTS, 4):
        texts = (fact.label, fact.usual.format(year=year), fact.hint)
        for column, text in enumerate(texts, 1):
            cell = sheets.put(sheet, row, column, text)
            cell.font, cell.border, cell.alignment = font("仿宋", 12), _BOX, LEFT
        sheet.cell(row, 2).fill, sheet.cell(row, 2).number_format = _TO_FILL, "@"  # a date stays as it is typed
        sheet.row_dimensions[row].height = row_height(8 + 16 * text_lines(fact.hint, 60), 24)
    sheets.put(sheet, 3, 1, _COMMAND).font = font("宋体", 11)
    sheet.row_dimensions[3].height = 26
    sheets.page(sheet, _FOOTER, "1:1")


def _heading(sheet: Worksheet, title: str, hint: str, widths: list[int]) -> None:
    """Title and hint over all columns, and how wide these are."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[sheets.get_column_letter(column)].width = width
    for row, text, face, place in ((1, title, font("黑体", 16), MIDDLE), (2, hint, font("宋体", 11), LEFT)):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
        cell = sheets.put(sheet, row, 1, text)
        cell.font, cell.alignment = face, place
    sheet.row_dimensions[1].height = 34
    sheet.row_dimensions[2].height = row_height(8 + 15 * text_lines(hint, sum(widths)), 24)
