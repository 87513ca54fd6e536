"""Styles of .xlsb: number formats of cells, which fonts strike out, what has its ground's colour; texts in runs."""

from itertools import pairwise
from typing import NamedTuple

from pipeline.intake.reading import colours, formats
from pipeline.intake.reading.book import RED, STRUCK, UNSEEN
from pipeline.intake.reading.records import Record, records
from pipeline.intake.reading.runs import Runs
from pipeline.intake.reading.xlsx_styles import Style

_FORMAT, _FONT, _FILL, _XF, _BEGIN_XFS, _END_XFS = 44, 43, 45, 47, 617, 618
_RED = "FF0000"


class Font(NamedTuple):
    look: str
    raised: bool
    colour: str = ""


class Text(NamedTuple):
    """A text, and its mark if it is written in several fonts."""

    text: str
    mark: str = ""


def styles(data: bytes) -> tuple[list[Font], list[Style]]:
    """The fonts, and the styles that cells name by number."""
    codes: dict[int, str] = {}
    fonts: list[Font] = []
    fills: list[str] = []
    styles: list[Style] = []
    in_cells = False
    for kind, record in records(data):
        if kind == _FORMAT:
            number, code = record.short(), record.text()
            codes[number] = code
        elif kind == _FONT:
            fonts.append(_font(record))
        elif kind == _FILL:
            fills.append(_fill(record))
        elif kind in (_BEGIN_XFS, _END_XFS):
            in_cells = kind == _BEGIN_XFS
        elif kind == _XF and in_cells:
            _, number, font, fill = (record.short() for _ in range(4))
            ground = fills[fill] if fill < len(fills) else colours.WHITE
            look = _look(fonts[font], ground) if font < len(fonts) else ""
            styles.append(Style(formats.of(number, codes.get(number, "")), look))
    return fonts, styles


def _font(record: Record) -> Font:
    _, flags, _, position = (record.short() for _ in range(4))
    record.skip(4)
    colour = _colour(record)
    return Font(STRUCK if flags & 8 else RED if colour == _RED else "", position in (1, 2), colour)


def _fill(record: Record) -> str:
    """The colour behind the cells; "" where a pattern lies over it."""
    pattern = record.number()
    return colours.WHITE if not pattern else _colour(record) if pattern == 1 else ""


def _colour(record: Record) -> str:
    kind, index, tint = record.byte() >> 1, record.byte(), record.short()
    rgb = bytes(record.byte() for _ in "rgba")[:3].hex()
    if kind == 2:
        return colours.named({"rgb": rgb})
    name = {1: "indexed", 3: "theme"}.get(kind, "")
    return colours.named({name: str(index), **({"tint": str(tint)} if tint else {})})


def _look(font: Font, ground: str) -> str:
    return UNSEEN if font.look != STRUCK and colours.hides(font.colour, ground) else font.look


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
