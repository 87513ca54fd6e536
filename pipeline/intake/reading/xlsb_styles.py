"""Styles of .xlsb: which cells show dates or percentages, which fonts strike out; texts in several fonts."""

from itertools import pairwise
from typing import NamedTuple

from pipeline.intake.reading.book import RED, STRUCK
from pipeline.intake.reading.records import Record, records
from pipeline.intake.reading.runs import Runs, shown_as
from pipeline.intake.reading.xlsx_styles import Style

_FORMAT, _FONT, _XF, _BEGIN_XFS, _END_XFS = 44, 43, 47, 617, 618


class Font(NamedTuple):
    look: str
    raised: bool


class Text(NamedTuple):
    """A text, and its mark if it is written in several fonts."""

    text: str
    mark: str = ""


def styles(data: bytes) -> tuple[list[Font], list[Style]]:
    """The fonts, and the styles that cells name by number."""
    codes: dict[int, str] = {}
    fonts: list[Font] = []
    styles: list[Style] = []
    in_cells = False
    for kind, record in records(data):
        if kind == _FORMAT:
            number, code = record.short(), record.text()
            codes[number] = code[:255]
        elif kind == _FONT:
            fonts.append(_font(record))
        elif kind in (_BEGIN_XFS, _END_XFS):
            in_cells = kind == _BEGIN_XFS
        elif kind == _XF and in_cells:
            _, number, font = record.short(), record.short(), record.short()
            look = fonts[font].look if font < len(fonts) else ""
            styles.append(Style(shown_as(number, codes.get(number, "")), look))
    return fonts, styles


def _font(record: Record) -> Font:
    _, flags, _, position = (record.short() for _ in range(4))
    record.skip(4)
    colour, index, _, red, green, blue = record.byte(), record.byte(), record.short(), *(record.byte() for _ in "rgb")
    kind = colour >> 1
    is_red = (kind == 2 and (red, green, blue) == (255, 0, 0)) or (kind == 1 and index in (2, 10))
    return Font(STRUCK if flags & 8 else RED if is_red else "", position in (1, 2))


def rich_text(record: Record, fonts: list[Font]) -> Text:
    """A text and, where it has any, its runs: each a place and the number of a font."""
    is_rich = record.byte() & 1
    text = record.text()
    if not is_rich:
        return Text(text)
    units = text.encode("utf-16-le", "surrogatepass")
    starts = [(record.short(), record.short()) for _ in range(record.number())]
    runs = Runs()
    runs.add(_cut(units, 0, starts[0][0] if starts else len(units)))
    for (start, number), (end, _) in pairwise([*starts, (len(units), 0)]):
        font = fonts[number] if number < len(fonts) else Font("", False)
        runs.add(_cut(units, start, end), font.look, font.raised)
    return Text(runs.text, runs.mark)


def _cut(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", "replace")
