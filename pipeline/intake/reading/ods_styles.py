"""What the styles of an OpenDocument file tell: what is struck out, red, raised, hidden, and number formats."""

from dataclasses import dataclass, replace

from pipeline.intake.reading import colours, ods_formats
from pipeline.intake.reading.book import RED, STRUCK
from pipeline.intake.reading.formats import Format
from pipeline.intake.reading.package import SPACE, Attributes

_STYLE = f"urn:oasis:names:tc:opendocument:xmlns:style:1.0{SPACE}"
_FO = f"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0{SPACE}"
_COLOUR, _GROUND = f"{_FO}color", f"{_FO}background-color"
_DISPLAY = f"urn:oasis:names:tc:opendocument:xmlns:table:1.0{SPACE}display"
NAMES = {
    **{f"{_STYLE}{tag}": tag for tag in ("style", "text-properties", "table-properties", "table-cell-properties")},
    **ods_formats.NAMES,
}
TAGS = frozenset(NAMES.values())


@dataclass(frozen=True)
class Style:
    """One style. look: STRUCK, RED or "". raised: superscript and subscript. hidden: of a sheet. format: its name.

    colour, ground: of the letters and of what is behind them.
    """

    look: str = ""
    raised: bool = False
    hidden: bool = False
    format: str = ""
    colour: str = ""
    ground: str = colours.WHITE

    @property
    def is_unseen(self) -> bool:
        return colours.hides(self.colour, self.ground)


class Styles:
    """All styles by family and name; one builds on another that stands before it."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Style] = {}
        self._formats = ods_formats.Formats()
        self._open: tuple[str, str] | None = None

    def get(self, family: str, name: str) -> Style:
        return self._known.get((family, name), _PLAIN)

    def format(self, style: Style) -> Format:
        return self._formats.get(style.format)

    def start(self, tag: str, attributes: Attributes) -> None:
        """A style or its properties; number formats have properties too (negative in red), and are no styles."""
        if tag == "style":
            family = attributes.get(f"{_STYLE}family", "")
            self._open = family, attributes.get(f"{_STYLE}name", "")
            parent = self.get(family, attributes.get(f"{_STYLE}parent-style-name", ""))
            self._known[self._open] = replace(parent, format=attributes.get(f"{_STYLE}data-style-name", parent.format))
        elif tag.startswith("format "):
            self._formats.start(tag, attributes)
        elif self._formats.is_open:
            self._formats.take_colour(attributes.get(_COLOUR, "").upper())
        elif self._open:
            self._known[self._open] = _changed(self._known[self._open], tag, attributes)

    def text(self, data: str) -> None:
        """The words of a number format."""
        self._formats.text(data)

    def end(self, tag: str) -> None:
        if tag == "style":
            self._open = None
        elif tag.startswith("format "):
            self._formats.end(tag)


_PLAIN = Style()


def _changed(style: Style, tag: str, attributes: Attributes) -> Style:
    if tag == "table-properties":
        return replace(style, hidden=attributes.get(_DISPLAY) == "false")
    if tag == "table-cell-properties":
        ground = attributes.get(_GROUND, "")
        return (
            replace(style, ground=ground[1:].upper() if ground.startswith("#") else colours.WHITE) if ground else style
        )
    line = attributes.get(f"{_STYLE}text-line-through-style", attributes.get(f"{_STYLE}text-line-through-type"))
    colour = attributes.get(_COLOUR, "").lower()
    position = attributes.get(f"{_STYLE}text-position", "")
    if line or colour:
        struck = line not in (None, "none")
        look = STRUCK if struck else RED if colour == "#ff0000" else ""
        style = replace(style, look=look, colour=colour[1:].upper() or style.colour)
    return replace(style, raised=not position.startswith("0")) if position else style
