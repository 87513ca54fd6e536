"""Number formats of OpenDocument files, written as Excel writes them: `formats` judges both."""

import re
from dataclasses import dataclass, field

from pipeline.intake.reading import colours, formats
from pipeline.intake.reading.formats import Format
from pipeline.intake.reading.package import SPACE, Attributes

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NUMBER, _STYLE = f"{_OASIS}datastyle:1.0{SPACE}", f"{_OASIS}style:1.0{SPACE}"
_EXTENDED = f"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0{SPACE}"
_STYLES = ("number", "percentage", "currency", "date", "time", "boolean", "text")
_DATES = (
    "day", "month", "year", "era", "day-of-week", "week-of-year", "quarter", "hours", "minutes", "seconds", "am-pm",
)  # fmt: skip
_WORDS = ("text", "currency-symbol", "embedded-text")
_OTHERS = ("number", "scientific-number", "fraction", "text-content", "boolean")
NAMES = {
    **{f"{_NUMBER}{kind}-style": f"format {kind}-style" for kind in _STYLES},
    **{f"{_NUMBER}{tag}": f"format {tag}" for tag in (*_DATES, *_WORDS, *_OTHERS)},
    **{f"{space}fill-character": "format fill" for space in (_NUMBER, _EXTENDED)},
    f"{_STYLE}map": "format map",
}
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_MOST_PLACES = 30
_EMPTY = '""'  # a format of nothing shows nothing


@dataclass
class _Open:
    """The format that is being read. embedded: words between the digits, by how many digits stand behind them."""

    name: str
    is_share: bool
    pieces: list[str] = field(default_factory=list)
    conditions: list[tuple[str, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    embedded: dict[int, str] = field(default_factory=dict)
    place: int = 0


class Formats:
    """All number formats by name; one may hand numbers on to others that stand before it."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._conditions: dict[str, list[tuple[str, str]]] = {}
        self._known: dict[str, Format] = {}
        self._open: _Open | None = None
        self._digits: Attributes = {}

    @property
    def is_open(self) -> bool:
        """Whether a format is being read: elements of the same name mean other things elsewhere."""
        return self._open is not None

    def get(self, name: str) -> Format:
        """The format of that name; without one numbers are shown as they are."""
        if name not in self._known:
            self._known[name] = formats.of_code(self._whole(name)) if name in self._codes else formats.GENERAL
        return self._known[name]

    def _whole(self, name: str) -> str:
        parts = [f"[{sign}]{self._codes.get(other, '')}" for sign, other in self._conditions.get(name, ())]
        return ";".join([*parts, self._codes[name]]) or _EMPTY

    def start(self, tag: str, attributes: Attributes) -> None:
        kind = tag.removeprefix("format ")
        if kind.endswith("-style"):
            self._open = _Open(attributes.get(f"{_STYLE}name", ""), kind == "percentage-style")
        elif self._open:
            self._take(self._open, kind, attributes)

    def _take(self, open: _Open, tag: str, attributes: Attributes) -> None:
        open.words = []
        if tag in _DATES:
            open.pieces.append("d")
        elif tag == "map":
            condition = _CONDITION.search(attributes.get(f"{_STYLE}condition", ""))
            sign = f"{condition[1].replace('!=', '<>')}{condition[2]}" if condition else "?"
            open.conditions.append((sign, attributes.get(f"{_STYLE}apply-style-name", "")))
        elif tag == "number":
            self._digits, open.embedded = attributes, {}
        elif tag == "embedded-text":
            open.place = min(int(attributes.get(f"{_NUMBER}position", "0")), _MOST_PLACES)
        elif tag == "scientific-number":
            open.pieces.append(f"0.{'0' * _places(attributes)}E+00")
        elif tag == "fraction":
            open.pieces.append("# ?/?" if f"{_NUMBER}min-integer-digits" in attributes else "?/?")
        elif tag == "text-content":
            open.pieces.append("@")

    def take_colour(self, name: str) -> None:
        """A colour of the letters (negative in red); only white ones cannot be seen."""
        if self._open and name == f"#{colours.WHITE}":
            self._open.pieces.insert(0, "[White]")

    def text(self, data: str) -> None:
        if self._open:
            self._open.words.append(data)

    def end(self, tag: str) -> None:
        open = self._open
        if not open:
            return
        words, kind = "".join(open.words), tag.removeprefix("format ")
        if kind.endswith("-style"):
            self._codes[open.name], self._conditions[open.name] = "".join(open.pieces), open.conditions
            self._open = None
        elif kind == "number":
            open.pieces.append(_digits(self._digits, open.embedded))
        elif kind == "embedded-text":
            open.embedded[open.place] = words
        elif kind in ("text", "currency-symbol"):
            open.pieces.append(_quoted(words).replace("\\%", "%") if open.is_share else _quoted(words))
        elif kind == "fill":
            open.pieces.append(f"*{words[:1]}")
        elif kind == "boolean":
            open.pieces.append(_quoted("TRUE"))
        open.words = []


def _quoted(words: str) -> str:
    """As a literal; what a sign itself would mean is not meant."""
    return "".join(f"\\{sign}" for sign in words)


def _places(attributes: Attributes) -> int:
    return min(int(attributes.get(f"{_NUMBER}decimal-places", "0")), _MOST_PLACES)


def _digits(attributes: Attributes, embedded: dict[int, str]) -> str:
    """0, #,##0.00, 0, (each comma a thousand): what stands for the digits."""
    least = min(int(attributes.get(f"{_NUMBER}min-integer-digits", "0")), _MOST_PLACES)
    grouped = "," if attributes.get(f"{_NUMBER}grouping") == "true" else ""
    whole = ""
    for place in range(max(least, 4 if grouped else 1, *(place + 1 for place in embedded), 1)):
        behind = _quoted(embedded.get(place, ""))
        whole = f"{'0' if place < least else '#'}{behind}{grouped if place == 3 else ''}{whole}"
    places, factor = _places(attributes), float(attributes.get(f"{_NUMBER}display-factor", "1"))
    decimals = f".{'0' * places}" if places else ""
    return f"{whole}{decimals}{',' * sum(factor >= 1000**power for power in range(1, 5))}"
