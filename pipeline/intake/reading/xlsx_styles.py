"""Styles of .xlsx: the number formats of cells, which fonts are struck out or red, what has the colour of its ground."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pipeline.intake.reading import colours, formats
from pipeline.intake.reading.book import RED, STRUCK, TOO_LARGE, UNSEEN, Unreadable
from pipeline.intake.reading.formats import Format
from pipeline.intake.reading.package import Attributes, dispatch
from pipeline.intake.reading.xlsx_markup import elements, natural
from pipeline.intake.reading.xlsx_text import is_red, is_struck

_MOST_STYLES = 65_536  # Excel's own limit
_USUAL_SIZE = 1 << 16

# Fonts and styles of cells also stand elsewhere, in conditional formats and in styles of styles.
_SECTIONS = ("borders", "cellStyleXfs", "cellStyles", "dxfs", "extLst")
_NAMES = elements(
    "fonts", "fills", "cellXfs", *_SECTIONS, "numFmt", "font", "strike", "color", "fill", "patternFill", "fgColor", "xf"
)  # fmt: skip


class Style(NamedTuple):
    """How a cell is shown: its number format; STRUCK, UNSEEN, RED or ""."""

    format: Format = formats.GENERAL
    look: str = ""


PLAIN = Style()  # of a cell that names no style, or one that is not there: so Excel shows it


class _Styles:
    """Takes the elements of the part of styles."""

    def __init__(self) -> None:
        self.styles: list[Style] = []
        self._codes: dict[str, str] = {}
        self._looks: list[str] = []
        self._colours: list[str] = []  # of the fonts
        self._fills: list[str] = []
        self._section = ""

    def read(self, data: bytes) -> None:
        starts = {
            **dict.fromkeys(_SECTIONS, self._start_section), "fonts": self._start_fonts, "fills": self._start_fills,
            "cellXfs": self._start_cells, "numFmt": self._format, "font": self._font, "strike": self._strike,
            "color": self._colour, "fill": self._fill, "patternFill": self._pattern, "fgColor": self._ground,
            "xf": self._xf,
        }  # fmt: skip
        dispatch(data, _NAMES, starts, {})

    def _start_section(self, _: Attributes) -> None:
        self._section = ""

    def _start_fonts(self, _: Attributes) -> None:
        self._section = "fonts"

    def _start_fills(self, _: Attributes) -> None:
        self._section = "fills"

    def _start_cells(self, _: Attributes) -> None:
        self._section = "cells"

    def _format(self, attributes: Attributes) -> None:
        self._codes[attributes["numFmtId"]] = attributes.get("formatCode", "")

    def _font(self, _: Attributes) -> None:
        if self._section == "fonts":
            self._looks.append("")
            self._colours.append("")
            _bound(self._looks)

    def _strike(self, attributes: Attributes) -> None:
        if self._section == "fonts" and is_struck(attributes):
            self._looks[-1] = STRUCK

    def _colour(self, attributes: Attributes) -> None:
        if self._section == "fonts":
            self._colours[-1] = colours.named(attributes)
            if is_red(attributes):
                self._looks[-1] = self._looks[-1] or RED

    def _fill(self, _: Attributes) -> None:
        if self._section == "fills":
            self._fills.append("")
            _bound(self._fills)

    def _pattern(self, attributes: Attributes) -> None:
        if self._section == "fills" and attributes.get("patternType", "none") == "none":
            self._fills[-1] = colours.WHITE
        elif self._section == "fills":
            self._fills[-1] = attributes["patternType"]

    def _ground(self, attributes: Attributes) -> None:
        if self._section == "fills" and self._fills[-1] == "solid":
            self._fills[-1] = colours.named(attributes)

    def _xf(self, attributes: Attributes) -> None:
        if self._section == "cells":
            number = attributes.get("numFmtId", "0")
            format = formats.of(natural(number), self._codes.get(number, ""))
            self.styles.append(Style(format, self._look(attributes)))
            _bound(self.styles)

    def _look(self, attributes: Attributes) -> str:
        font, fill = natural(attributes.get("fontId", "0")), natural(attributes.get("fillId", "0"))
        look = self._looks[font] if font < len(self._looks) else ""
        ground = self._fills[fill] if fill < len(self._fills) else colours.WHITE
        is_hidden = font < len(self._colours) and colours.hides(self._colours[font], ground)
        return UNSEEN if is_hidden and look != STRUCK else look


def _bound(listed: list[Style] | list[str]) -> None:
    if len(listed) > _MOST_STYLES:
        raise Unreadable(TOO_LARGE)


def styles(data: bytes) -> Mapping[str, Style]:
    """The styles, by the numbers that cells name them by; a cell that names none has the first."""
    return _of_template(data) if len(data) <= _USUAL_SIZE else _read(data)


@lru_cache(maxsize=32)
def _of_template(data: bytes) -> Mapping[str, Style]:
    """Towns fill copies of one template, so most forms of a week share their styles."""
    return _read(data)


def _read(data: bytes) -> Mapping[str, Style]:
    part = _Styles()
    part.read(data)
    return {"0": PLAIN, **{str(number): style for number, style in enumerate(part.styles)}}
