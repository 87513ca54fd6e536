"""Which cells of an .xls hold formulas: xlrd gives their results only. Sums are written out, others only known."""

import struct
from collections.abc import Iterator

from pipeline.intake.reading.book import SHARED_FORMULA, address, number_text
from pipeline.intake.reading.xls_records import records, worksheets

_FORMULA = 0x06
_SIGNS = {0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/"}
_SUM = 4

Formulas = dict[tuple[int, int], str]


def formulas(stream: bytes) -> list[Formulas]:
    """(row, column) -> formula, for each worksheet in the order of the workbook that the stream holds."""
    return [dict(_of_sheet(stream, start)) for start in worksheets(stream)]


def _of_sheet(stream: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    for kind, data in records(stream, start):
        if kind == _FORMULA:
            row, column = struct.unpack_from("<HH", data)
            length = struct.unpack_from("<H", data, 20)[0]
            try:
                yield (row + 1, column + 1), _written(data[22 : 22 + length])
            except (struct.error, IndexError):
                yield (row + 1, column + 1), SHARED_FORMULA


def _written(tokens: bytes) -> str:
    """H3+I3 and SUM(E4:E6), from operands and what is done with them; anything else is only known to be a formula."""
    stack: list[str] = []
    at = 0
    while at < len(tokens):
        kind, at = tokens[at], at + 1
        kind = kind if kind < 0x20 else kind & 0x1F | 0x20
        if kind in _SIGNS:
            right = stack.pop()
            stack[-1] += _SIGNS[kind] + right
        elif kind == 0x15:
            stack[-1] = f"({stack[-1]})"
        elif kind == 0x19 and not tokens[at] & 0x04:  # blanks, and a SUM of one range
            if tokens[at] & 0x10:
                stack[-1] = f"SUM({stack[-1]})"
            at += 3
        elif kind == 0x1E:
            stack.append(str(struct.unpack_from("<H", tokens, at)[0]))
            at += 2
        elif kind == 0x1F:
            stack.append(number_text(struct.unpack_from("<d", tokens, at)[0]))
            at += 8
        elif kind in (0x24, 0x25):
            numbers = struct.unpack_from("<2H" if kind == 0x24 else "<4H", tokens, at)
            rows, columns = numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]
            stack.append(
                ":".join(address(row + 1, (column & 0xFF) + 1) for row, column in zip(rows, columns, strict=True))
            )
            at += 2 * len(numbers)
        elif kind == 0x22 and struct.unpack_from("<H", tokens, at + 1)[0] == _SUM:
            count = tokens[at] & 0x7F
            stack[len(stack) - count :] = [f"SUM({','.join(stack[len(stack) - count :])})"]
            at += 3
        else:
            return SHARED_FORMULA
    return stack[0] if len(stack) == 1 else SHARED_FORMULA
