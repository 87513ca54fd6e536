"""What it takes to read an .xls, counted before xlrd begins: a record of a few bytes may stand for hundreds of cells."""

import struct
from collections.abc import Iterator

from xlrd.compdoc import CompDoc, CompDocError

from pipeline.intake.reading.budget import Budget

_HEAD = struct.Struct("<HH")
# kind of a record -> how many of its bytes make one more step: blank cells, numbers, merged ranges, texts, names
_BYTES_A_STEP = {0xBE: 2, 0xBD: 6, 0xE5: 8, 0xFC: 16, 0x3C: 16, 0x18: 4}
_OTHERS = 64


def spend(content: bytes, budget: Budget) -> None:
    """Take the steps out of the budget; what is no container, or has no workbook in it, is xlrd's to say."""
    for kind, length in _records(content):
        budget.work(1 + length // _BYTES_A_STEP.get(kind, _OTHERS))


def _records(content: bytes) -> Iterator[tuple[int, int]]:
    """(kind, length) of every record of the workbook's stream."""
    try:
        found = CompDoc(content)
        stream, at, size = next(filter(lambda each: each[0], map(found.locate_named_stream, ("Workbook", "Book"))))
    except (CompDocError, StopIteration, struct.error, LookupError, AssertionError):
        return
    end = min(at + size, len(stream)) - _HEAD.size
    while at <= end:
        kind, length = _HEAD.unpack_from(stream, at)
        yield kind, length
        at += _HEAD.size + length
