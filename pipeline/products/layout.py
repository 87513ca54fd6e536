"""How sheets look: fonts, the plain list that all sheets behind the form are, dates in words, the print footer."""

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipeline.params import Programme
from pipeline.printing import month_day
from pipeline.products import sheets
from pipeline.products.sheets import Alignment, Border, Font, PatternFill, Side, Worksheet
from pipeline.records import COMPLETION, FALLING_BEHIND, KEEPING_UP, Key, Origin

MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_HEAD = PatternFill("solid", fgColor="12436D")
_RIGHT = Alignment(horizontal="right", vertical="center")
_UNDERLINE = Border(bottom=Side(style="hair", color="A6A6A6"))
_LIGHT_COLORS = {**dict.fromkeys(KEEPING_UP, "12436D"), **dict.fromkeys(FALLING_BEHIND, "B3430B")}
_NOTHING = "（无）"

_DIGIT = 20 / 21  # half a Chinese sign of a list, in units of a column's width
_WIDEST, _WIDEST_UNPRINTED = 46, 70  # digits
_EDGE, _INDENTED = 0.8, 2.2  # what a cell keeps free beside what stands in it, in the same units
_SCALE = 90  # %: 10 points become 9; smaller is no longer legible on paper

Footer = tuple[str, str, str]  # left, middle, right
Origins = Mapping[Key, Origin]  # where each figure comes from


def font(name: str, size: float, **style: Any) -> Font:
    """charset 134 lets a PC without the face fall back to a Chinese one."""
    return Font(name=name, size=size, charset=134, **style)


def write_list(
    sheet: Worksheet,
    title: str,
    note: str,
    head: list[str],
    lines: list[list[Any]],
    footer: Footer,
    widest: int = _WIDEST,
    printed: int | None = None,
) -> None:
    """A plain list: title in A1, note in A2, one real table from A3, no merged cells. An empty one says so.

    A heading breaks before its brackets. widest: longer texts wrap. printed: so many columns go on paper, all if None;
    those behind them are for the screen.
    """
    head = [text.replace("（", "\n（") for text in head]
    lines = lines or [[_NOTHING, *[None] * (len(head) - 1)]]
    printed = printed or len(head)
    sheets.put(sheet, 1, 1, title).font = font("黑体", 14)
    sheets.put(sheet, 2, 1, note).font = font("宋体", 10, color="595959")
    for column, text in enumerate(head, 1):
        cell = sheets.put(sheet, 3, column, text)
        cell.font, cell.fill, cell.alignment = font("黑体", 10, color="FFFFFF"), _HEAD, MIDDLE
    for number, line in enumerate(lines, 4):
        for column, value in enumerate(line, 1):
            _value(sheet, number, column, value, head[column - 1])
    limits = [widest if number < printed else _WIDEST_UNPRINTED for number in range(len(head))]
    widths = _widths(head, lines, limits)
    widths[printed - 1] += max(
        0, breadth(note) * _DIGIT + _EDGE - sum(widths[:printed])
    )  # paper cuts a longer note off
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[sheets.get_column_letter(column)].width = width
    _heights(sheet, head, lines, widths)
    sheet.freeze_panes = "C4" if len(head) > 3 else "A4"
    sheets.page(sheet, footer, "3:3")
    _across(sheet, widths[:printed], 3 + len(lines))
    sheets.listing(sheet, f"表{sheet.title}", 3, len(head), len(lines))


def _value(sheet: Worksheet, row: int, column: int, value: Any, heading: str) -> None:
    """A number to the right in its format, text to the left, a light in its colour; empty is empty."""
    cell = sheets.put(sheet, row, column, float(value) if isinstance(value, Decimal) else value)
    if isinstance(value, Decimal):
        cell.number_format = "0.00%" if "%" in heading else "+0.00;-0.00;0.00" if "百分点" in heading else "0.0"
    elif isinstance(value, int):
        cell.number_format = "#,##0"
    is_light = heading == COMPLETION.labels["light"].label
    color = _LIGHT_COLORS.get(value, "000000") if is_light else "000000"
    cell.font = font("宋体", 10, bold=is_light, color=color)
    cell.alignment = MIDDLE if is_light else LEFT if isinstance(value, str) else _RIGHT
    cell.border = _UNDERLINE


def _widths(head: list[str], lines: list[list[Any]], limits: list[int]) -> list[float]:
    """Wide enough for the longest text within its limit and for the heading's lines; what is longer wraps."""
    widths = []
    for heading, limit, *values in zip(head, limits, *lines, strict=True):
        longest = min(max(map(_shown, values)), limit) * _DIGIT + _edges(values)
        widths.append(max(longest, max(map(breadth, heading.split("\n"))) * _DIGIT + _EDGE))
    return widths


def _shown(value: Any) -> int:
    """How broad a value stands in its cell: 2,770, 29.70%, +4.98."""
    return breadth(f"{value:,}") + isinstance(value, Decimal) if isinstance(value, int | Decimal) else breadth(value)


def _edges(values: list[Any]) -> float:
    """What a column keeps free beside its text, which is indented, or beside its numbers."""
    return _INDENTED if any(isinstance(value, str) for value in values) else _EDGE


def _heights(sheet: Worksheet, head: list[str], lines: list[list[Any]], widths: list[float]) -> None:
    """High enough for wrapped text: a program that opens the file does not measure it again."""
    edges = [_edges([line[column] for line in lines]) for column in range(len(head))]
    rooms = [round((width - edge) / _DIGIT, 3) for width, edge in zip(widths, edges, strict=True)]
    sheet.row_dimensions[3].height = row_height(5 + 14 * max(heading.count("\n") + 1 for heading in head), 19)
    for number, line in enumerate(lines, 4):
        wrapped = max(text_lines(value, room) for value, room in zip(line, rooms, strict=True))
        sheet.row_dimensions[number].height = row_height(5 + 14 * wrapped, 19)


def _across(sheet: Worksheet, widths: list[float], last: int) -> None:
    """The printed columns on one page, or, where they would be too small to read, on several with the first repeated."""
    sheet.print_area = f"A1:{sheets.get_column_letter(len(widths))}{last}"
    if sum(widths) * _SCALE / 100 > sheets.ACROSS:
        sheets.several_across(sheet, _SCALE, "A:B")


def row_height(needed: float, least: float) -> float:
    """In points; Excel knows no row higher than 409."""
    return min(max(needed, least), 409)


def text_lines(value: Any, width: float) -> int:
    """On how many lines a text stands in a column of this width (in digits)."""
    return sum(max(1, math.ceil(breadth(part) / width)) for part in str(value).split("\n"))


def breadth(value: Any) -> int:
    """In widths of a digit: a Chinese character takes two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(value)) if value is not None else 0


# ---- dates in words --------------------------------------------------------------------------------------------


def date_label(day: dt.date) -> str:
    return f"截至{day.year}年{month_day(day)}"


def short_date(week: str) -> str:
    """2023-05-05 -> 5月5日"""
    return month_day(dt.date.fromisoformat(week))


def week_number(programme: Programme, week: str) -> int:
    return programme.schedule.week_number(dt.date.fromisoformat(week))


def week_label(programme: Programme, day: dt.date) -> str:
    return f"第{programme.schedule.week_number(day)}周，{date_label(day)}"


def footer(programme: Programme, about: str, check_code: str) -> Footer:
    """What the print footer says; & is Excel's own sign there. The office stands with the page's number, where there is room.

    about: which week, state or revision.
    """
    return in_footer(about), f"{in_footer(programme.office)}　— &P —", f"校验码 {check_code}"


def in_footer(text: str) -> str:
    return text.replace("&", "&&")
