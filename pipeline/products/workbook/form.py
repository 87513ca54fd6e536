"""The form of the notice on a sheet: title, a heading in two lines, one row per village, 合计.

It prints on one A4 landscape page, or, where that would be too small to read, on pages that each begin with the
heading and the town's name.
"""

from collections.abc import Mapping, Sequence

from pipeline.params import Programme
from pipeline.printing import DASH
from pipeline.products import sheets
from pipeline.products.layout import LEFT, MIDDLE, Footer, Origins, font, row_height, short_date, text_lines
from pipeline.products.sheets import Border, Font, Side, Worksheet
from pipeline.products.workbook import paper
from pipeline.records import KINDS, Kind, Origin, Progress, Status

FIRST_ROW = 4  # below title and heading
_WIDTHS = (16, 20, 12, 12, 12, 12, 34)
_LINE = Side(style="thin", color="000000")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TITLE_HEIGHT, _ROW_HEIGHT = 42, 25
_REMARK = 38  # digits of 11 pt on a line of 备注
_HIGHEST = paper.ROOM - _TITLE_HEIGHT - 4 * _ROW_HEIGHT  # of a row: it fits a page with heading, 合计 and a note


def write(
    sheet: Worksheet,
    programme: Programme,
    progress: Sequence[Progress],
    sources: Origins,
    footer: Footer,
    towns: Sequence[str] = (),
    done: str = "完成情况",
    note: str = "",
) -> None:
    """The form of all towns or of some; done: the heading over the figures; note: a line under the form."""
    sheet.title = "汇总表"
    _form_heading(sheet, programme, done)
    row = FIRST_ROW
    places = []
    for town in towns or programme.towns:
        after = _form_town(sheet, row, [part for part in progress if part.town == town], sources)
        places.append((town, row, after - 1))
        row = after
    _form_total(sheet, row, programme, progress)
    if note:
        _form_note(sheet, row + 1, note)
    starts = _form_page(sheet, row, row + bool(note), footer)
    for town, first, last in places:
        _name_town(sheet, town, first, last, starts)


def _form_heading(sheet: Worksheet, programme: Programme, done: str) -> None:
    member = programme.words.member
    sheet.merge_cells("A1:G1")
    sheets.put(sheet, 1, 1, f"{programme.title}每周进展情况汇总表").font = font("方正小标宋简体", 22)
    sheet["A1"].alignment = MIDDLE
    for cells, text in (
        ("A2:A3", " ".join(member) if len(member) == 2 else member), ("B2:B3", "整村推进村"), ("C2:D2", "目标任务"), ("E2:F2", done), ("G2:G3", "备注"),
    ):  # fmt: skip
        sheet.merge_cells(cells)
        sheet[cells.partition(":")[0]].value = text
    for column in (3, 5):
        sheets.put(sheet, 3, column, Kind.NEW_BUILD)
        sheets.put(sheet, 3, column + 1, Kind.RENOVATION)
    _box(sheet, 2, font("黑体", 14))
    _box(sheet, 3, font("黑体", 14))


def _form_town(sheet: Worksheet, row: int, parts: Sequence[Progress], sources: Origins) -> int:
    """The rows of one town from `row` on; the next free row. A town without villages keeps its row."""
    for village in dict.fromkeys(part.village for part in parts):
        by_kind = {part.kind: part for part in parts if part.village == village}
        _form_village(sheet, row, village, by_kind, sources)
        row += 1
    if not parts:
        sheets.put(sheet, row, 2, DASH)
        sheets.put(sheet, row, 7, "本年度无整村推进村")
        _box(sheet, row, font("仿宋", 14))
        row += 1
    return row


def _name_town(sheet: Worksheet, town: str, first: int, last: int, starts: list[int]) -> None:
    """The town's name over its rows, anew on every page: a merged cell that goes over two pages is cut open."""
    tops = [first, *(row for row in starts if first < row <= last)]
    for top, end in zip(tops, [*(row - 1 for row in tops[1:]), last], strict=True):
        sheets.put(sheet, top, 1, town)
        if end > top:
            sheet.merge_cells(start_row=top, end_row=end, start_column=1, end_column=1)


def _form_village(sheet: Worksheet, row: int, village: str, parts: Mapping[str, Progress], sources: Origins) -> None:
    sheets.put(sheet, row, 2, village)
    for offset, kind in enumerate(KINDS):
        sheets.put(sheet, row, 3 + offset, parts[kind].target)
        sheets.put(sheet, row, 5 + offset, parts[kind].done)
    remark = sheets.put(sheet, row, 7, _remark(parts, sources)).value
    _box(sheet, row, font("仿宋", 14))
    sheet.row_dimensions[row].height = min(row_height(6 + 15 * text_lines(remark, _REMARK), _ROW_HEIGHT), _HIGHEST)
    for offset, kind in enumerate(KINDS):
        if parts[kind].status is Status.CARRIED:
            sheet.cell(row, 5 + offset).font = font("仿宋", 14, italic=True)


def _remark(parts: Mapping[str, Progress], sources: Origins) -> str:
    """The town's own remark, then in 〔〕 what the office did: which figures are carried from when, or missing."""
    notes = {
        kind: _note(part, sources[part.key])
        for kind, part in parts.items()
        if part.status in (Status.CARRIED, Status.MISSING)
    }
    texts = list(notes.values())
    if len(texts) == len(parts) and len(set(texts)) == 1:
        return f"{parts[Kind.NEW_BUILD].remark}〔{texts[0]}〕"
    return parts[Kind.NEW_BUILD].remark + "".join(f"〔{kind}{text}〕" for kind, text in notes.items())


def _note(part: Progress, source: Origin) -> str:
    if part.status is Status.CARRIED:
        return f"{source.basis}，沿用截至{short_date(source.week)}数"
    return f"{source.basis}，暂缺"


def _form_total(sheet: Worksheet, row: int, programme: Programme, progress: Sequence[Progress]) -> None:
    """The sums; villages are counted, of how many rows ever."""
    listed = {(part.town, part.village) for part in progress}
    villages = sum(village.count for town, village in programme.villages if (town, village.name) in listed)
    sheets.put(sheet, row, 1, "合 计")
    sheets.put(sheet, row, 2, f"{villages}个村")
    for offset, kind in enumerate(KINDS):
        of_kind = [part for part in progress if part.kind == kind]
        known = [part.done for part in of_kind if part.done is not None]
        sheets.put(sheet, row, 3 + offset, sum(part.target for part in of_kind))
        sheets.put(sheet, row, 5 + offset, sum(known) if known else None)
    _box(sheet, row, font("黑体", 14))


def _form_note(sheet: Worksheet, row: int, note: str) -> None:
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=7)
    cell = sheets.put(sheet, row, 1, note)
    cell.font, cell.alignment = font("仿宋", 11), LEFT
    sheet.row_dimensions[row].height = row_height(8 + 15 * text_lines(note, sum(_WIDTHS)), _ROW_HEIGHT)


def _form_page(sheet: Worksheet, total: int, last: int, footer: Footer) -> list[int]:
    """Widths, heights and print settings; the rows at which a further page begins."""
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[sheets.get_column_letter(number)].width = width
    sheet.row_dimensions[1].height = _TITLE_HEIGHT
    for row in range(2, last + 1):
        sheet.row_dimensions[row].height = sheet.row_dimensions[row].height or _ROW_HEIGHT
    sheets.page(sheet, footer, f"1:{FIRST_ROW - 1}")
    sheet.print_area = f"A1:G{last}"
    sheet.freeze_panes = f"C{FIRST_ROW}"
    heights = {row: sheet.row_dimensions[row].height for row in range(1, last + 1)}
    if paper.is_one_page(heights.values()):
        sheet.page_setup.fitToHeight = 1
        return []
    starts = paper.page_starts(heights, FIRST_ROW - 1, total - 1)
    sheets.break_before(sheet, starts, paper.SCALE)
    return starts


def _box(sheet: Worksheet, row: int, face: Font) -> None:
    for column in range(1, 8):
        cell = sheet.cell(row, column)
        cell.border, cell.font, cell.alignment = _BOX, face, MIDDLE
        if isinstance(cell.value, int):
            cell.number_format = "#,##0"
    if row >= FIRST_ROW:
        sheet.cell(row, 7).font, sheet.cell(row, 7).alignment = font("仿宋", 11), LEFT
