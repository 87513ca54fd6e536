"""The records of an .xls: one after the other, and what it takes to read them, counted before xlrd begins."""

import struct
from collections.abc import Iterator

from pipeline.intake.reading.budget import Budget

_SHEET, _BEGIN, _END = 0x85, 0x809, 0x0A
_WORKSHEET = 0
# kind of a record -> how many of its bytes make one more step: blank cells, numbers, merged ranges, texts, names
_BYTES_A_STEP = {0xBE: 2, 0xBD: 6, 0xE5: 8, 0xFC: 16, 0x3C: 16, 0x18: 4}
_OTHERS = 64

Record = tuple[int, bytes]  # its kind, its data


def records(workbook: bytes, start: int = 0) -> Iterator[Record]:
    """Those of the part that begins there, those of charts in it included."""
    depth = 0
    for kind, data in _following(workbook, start):
        yield kind, data
        depth += (kind == _BEGIN) - (kind == _END)
        if kind == _END and depth <= 0:
            return


def _following(workbook: bytes, at: int) -> Iterator[Record]:
    while at + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, at)
        yield kind, workbook[at + 4 : at + 4 + length]
        at += 4 + length


def worksheets(workbook: bytes) -> list[int]:
    """Where each worksheet begins, in the workbook's order."""
    return [
        struct.unpack_from("<I", data)[0]
        for kind, data in records(workbook)
        if kind == _SHEET and data[5:6] == bytes([_WORKSHEET])
    ]


def spend(workbook: bytes, budget: Budget) -> None:
    """Take the steps out of the budget: of all records, and once more of each worksheet, for several may share theirs."""
    _spend(_following(workbook, 0), budget)
    for start in worksheets(workbook):
        _spend(records(workbook, start), budget)


def _spend(part: Iterator[Record], budget: Budget) -> None:
    for kind, data in part:
        budget.work(1 + len(data) // _BYTES_A_STEP.get(kind, _OTHERS))
