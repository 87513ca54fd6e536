"""Styles of .xlsx: which cells show dates or percentages, which fonts are struck out or red."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pipeline.intake.reading.book import NUMBER, RED, STRUCK, TOO_LARGE, Unreadable
from pipeline.intake.reading.package import Attributes, dispatch
from pipeline.intake.reading.runs import shown_as
from pipeline.intake.reading.xlsx_markup import elements, natural
from pipeline.intake.reading.xlsx_text import is_red, is_struck

_MOST_STYLES = 65_536  # Excel's own limit
_LONGEST_FORMAT = 255  # Excel's own limit
_USUAL_SIZE = 1 << 16

# Fonts and styles of cells also stand elsewhere, in conditional formats and in styles of styles.
_SECTIONS = ("fills", "borders", "cellStyleXfs", "cellStyles", "dxfs", "extLst")
_NAMES = elements("fonts", "cellXfs", *_SECTIONS, "numFmt", "font", "strike", "color", "xf")


class Style(NamedTuple):
    """How a cell is shown: NUMBER, DATE or PERCENT; STRUCK, RED or ""."""

    type: str = NUMBER
    look: str = ""


class _Styles:
    """Takes the elements of the part of styles."""

    def __init__(self) -> None:
        self.styles: list[Style] = []
        self._codes: dict[str, str] = {}
        self._looks: list[str] = []
        self._in_fonts = self._in_cells = False

    def read(self, data: bytes) -> None:
        starts = {
            **dict.fromkeys(_SECTIONS, self._start_section), "fonts": self._start_fonts, "cellXfs": self._start_cells,
            "numFmt": self._format, "font": self._font, "strike": self._strike, "color": self._colour, "xf": self._xf,
        }  # fmt: skip
        dispatch(data, _NAMES, starts, {})

    def _start_section(self, _: Attributes) -> None:
        self._in_fonts = self._in_cells = False

    def _start_fonts(self, _: Attributes) -> None:
        self._in_fonts = True

    def _start_cells(self, _: Attributes) -> None:
        self._in_fonts, self._in_cells = False, True

    def _format(self, attributes: Attributes) -> None:
        self._codes[attributes["numFmtId"]] = attributes.get("formatCode", "")[:_LONGEST_FORMAT]

    def _font(self, _: Attributes) -> None:
        if self._in_fonts:
            self._looks.append("")
            _bound(self._looks)

    def _strike(self, attributes: Attributes) -> None:
        if self._in_fonts and is_struck(attributes):
            self._looks[-1] = STRUCK

    def _colour(self, attributes: Attributes) -> None:
        if self._in_fonts and is_red(attributes):
            self._looks[-1] = self._looks[-1] or RED

    def _xf(self, attributes: Attributes) -> None:
        if self._in_cells:
            number, font = attributes.get("numFmtId", "0"), natural(attributes.get("fontId", "0"))
            look = self._looks[font] if font < len(self._looks) else ""
            self.styles.append(Style(shown_as(natural(number), self._codes.get(number, "")), look))
            _bound(self.styles)


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
    return {"0": Style(), **{str(number): style for number, style in enumerate(part.styles)}}
