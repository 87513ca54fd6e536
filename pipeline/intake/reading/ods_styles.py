"""What the styles of an OpenDocument file tell: what is struck out, red, raised, hidden."""

from dataclasses import dataclass, replace

from pipeline.intake.reading.book import RED, STRUCK
from pipeline.intake.reading.package import SPACE, Attributes

_STYLE = f"urn:oasis:names:tc:opendocument:xmlns:style:1.0{SPACE}"
_COLOUR = f"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0{SPACE}color"
_DISPLAY = f"urn:oasis:names:tc:opendocument:xmlns:table:1.0{SPACE}display"
NAMES = {f"{_STYLE}{tag}": tag for tag in ("style", "text-properties", "table-properties")}


@dataclass(frozen=True)
class Style:
    """One style. look: STRUCK, RED or "". raised: superscript and subscript. hidden: of a sheet."""

    look: str = ""
    raised: bool = False
    hidden: bool = False


class Styles:
    """All styles by family and name; one builds on another that stands before it."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Style] = {}
        self._open: tuple[str, str] | None = None

    def get(self, family: str, name: str) -> Style:
        return self._known.get((family, name), Style())

    def start(self, tag: str, attributes: Attributes) -> None:
        """A style or its properties; number formats have properties too (negative in red), and are no styles."""
        if tag == "style":
            family = attributes.get(f"{_STYLE}family", "")
            self._open = family, attributes.get(f"{_STYLE}name", "")
            self._known[self._open] = self.get(family, attributes.get(f"{_STYLE}parent-style-name", ""))
        elif self._open:
            self._known[self._open] = _changed(self._known[self._open], tag, attributes)

    def end(self) -> None:
        self._open = None


def _changed(style: Style, tag: str, attributes: Attributes) -> Style:
    if tag == "table-properties":
        return replace(style, hidden=attributes.get(_DISPLAY) == "false")
    line = attributes.get(f"{_STYLE}text-line-through-style", attributes.get(f"{_STYLE}text-line-through-type"))
    colour = attributes.get(_COLOUR, "").lower()
    position = attributes.get(f"{_STYLE}text-position", "")
    if line or colour:
        struck = line not in (None, "none")
        style = replace(style, look=STRUCK if struck else RED if colour == "#ff0000" else "")
    return replace(style, raised=not position.startswith("0")) if position else style
