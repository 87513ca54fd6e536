"""Where the printed pages of a long form end, counted from the heights of its rows: A4 landscape, in points."""

from collections.abc import Iterable, Mapping

from pipeline.products.sheets import MARGIN

_PAGE, _INCH = 595, 72
_ROUNDING = 12  # Excel and printers round heights to their own dots
_ROOM = _PAGE - 2 * MARGIN * _INCH - _ROUNDING
_LEAST_SCALE = 65  # %: 14 points become 9; smaller is no longer legible
SCALE = 85  # % of a long form: so its columns fit the width of the paper even with the widest of usual fonts
ROOM = _ROOM * 100 / SCALE  # for the rows on one of its pages


def is_one_page(heights: Iterable[float]) -> bool:
    """Whether all rows are still legible when they are shrunk to one page."""
    return sum(heights) * _LEAST_SCALE / 100 <= _ROOM


def page_starts(heights: Mapping[int, float], heading: int, tail: int) -> list[int]:
    """The first row of every page but the first, at SCALE.

    The rows up to `heading` are repeated on each page; those from `tail` on stay together: no 合计 stands alone.
    """
    room = ROOM - sum(height for row, height in heights.items() if row <= heading)
    blocks = {row: heights[row] for row in range(heading + 1, tail)}
    blocks[tail] = sum(height for row, height in heights.items() if row >= tail)
    starts: list[int] = []
    used = 0.0
    for row, height in blocks.items():
        if used and used + height > room:
            starts.append(row)
            used = 0.0
        used += height
    return starts
