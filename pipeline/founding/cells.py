"""One cell of the target table: where it stands in words, whether it holds a target, and if it cannot, why not."""

import re

from pipeline.intake import numerals
from pipeline.intake.form.grid import squeezed
from pipeline.intake.reading import BLANK, SHARED
from pipeline.intake.reading.book import PART_STRUCK, STRUCK, UNSEEN
from pipeline.intake.typed import Entry
from pipeline.records import Cell

_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_WITH_UNIT = re.compile(r"\+?0*(\d{1,6}?)(?:\.0+)?\s*(?:座|户|个|处)?")
_LONGEST = 30


def count(entry: Entry) -> int | None:
    """The whole number in plain digits; None for all else."""
    reading = None if fault(entry) else numerals.plain(entry.raw.strip(), entry.type)
    return reading.value if reading else None


def is_filled(entry: Entry) -> bool:
    """Whether something stands in the cell; a dash is nothing."""
    return bool(entry.formula) or (entry.type != BLANK and squeezed(entry.raw) not in numerals.DASHES)


def fault(entry: Entry) -> str:
    """Why the cell is no count that can be written, and what to write; "" for a plain number and for nothing."""
    text = entry.raw.strip()
    if entry.formula:
        return "是公式，请改为直接写数字"
    if not is_filled(entry):
        return ""
    if entry.type == SHARED:
        return "几格合并成了一格，看不出各是多少，请取消合并，每格各写各的"
    if entry.mark in (STRUCK, PART_STRUCK, UNSEEN):
        return "有删除线或看不见，不知道算不算，请改成看得见的数字"
    if numerals.plain(text, entry.type):
        return ""
    if meant := _WITH_UNIT.fullmatch(text.translate(_WIDE)):
        return f"请只写数字，写成 {meant[1]}"
    return "目标任务不能是负数" if text.startswith(("-", "−", "－")) else "不是确定的整数，请只写数字，如 95"


def at(cell: Cell) -> str:
    """目标任务!C5"""
    return "!".join(part for part in (cell.sheet, cell.cell) if part)


def told(cell: Cell, why: str) -> str:
    """目标任务!C5“约50”：why"""
    text = " ".join(cell.raw.split())[:_LONGEST]
    return f"{at(cell)}{f'“{text}”' if text else ''}：{why}"
