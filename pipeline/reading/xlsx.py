"""A reader of .xlsx that sees what a clerk sees: values, errors, formulas without a value, dates, merges, hidden rows.

Our own, over zipfile and expat, because the usual libraries lose exactly what matters here (an error cell or an
uncalculated formula comes back blank) and die on small hostile files. Everything is capped; a DTD is refused.
"""

import posixpath
import re

from pipeline.reading.book import (
    BOOLEAN,
    CELL_TEXT,
    DAMAGED,
    DATE,
    ERROR,
    NUMBER,
    UNCALCULATED,
    Book,
    Cell,
    Sheet,
    Unreadable,
    check_sheets,
    date_text,
    number_text,
)
from pipeline.reading.package import FAULTS, SPACE, Attributes, Parts, parse

_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # 27-36, 50-58: Chinese built-ins


def read(content: bytes) -> Book:
    """Every worksheet in the workbook's order."""
    try:
        return Book("xlsx", _workbook(Parts(content)))
    except FAULTS:
        raise Unreadable(DAMAGED) from None


def _local(name: str) -> str:
    """Elements of the spreadsheet's own namespace by their bare name, all others nameless."""
    space, _, tag = name.rpartition(SPACE)
    return tag if not space or space in _MAIN or space.endswith("/relationships") else ""


def _relations(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """id -> (type's last word, target part) of the relationships of `part` ("" for the package)."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"].replace("\\", "/")))
            found[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], target.lstrip("/"))

    if source in parts:
        parse(parts.read(source), _local, start)
    return found


def _workbook(parts: Parts) -> list[Sheet]:
    main = next(target for kind, target in _relations(parts, "").values() if kind == "officeDocument")
    relations = _relations(parts, main)
    listed: list[tuple[str, bool, str]] = []
    epoch = [False]

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr":
            epoch[0] = attributes.get("date1904") in ("1", "true")
        if tag == "sheet":
            identity = next(value for name, value in attributes.items() if name.endswith(f"relationships{SPACE}id"))
            listed.append((attributes["name"], attributes.get("state", "visible") != "visible", identity))

    parse(parts.read(main), _local, start)
    check_sheets(len(listed))
    by_kind = dict(relations.values())
    shared = _shared_strings(parts, by_kind.get("sharedStrings", ""))
    dated = _dated_styles(parts, by_kind.get("styles", ""))
    sheets = []
    for name, hidden, identity in listed:
        kind, target = relations[identity]
        if kind == "worksheet":
            sheets.append(_Worksheet(name, hidden, shared, dated, epoch[0]).read(parts.read(target)))
    return sheets


def _shared_strings(parts: Parts, name: str) -> list[str]:
    """The table of texts; phonetic guides (rPh) are not part of a text."""
    strings: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []

    def start(tag: str, _: Attributes) -> None:
        if tag == "si":
            pieces.clear()
        inside.append(tag)

    def end(tag: str) -> None:
        inside.pop()
        if tag == "si":
            strings.append(_unescaped("".join(pieces)))

    def text(data: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside:
            pieces.append(data)

    if name in parts:
        parse(parts.read(name), _local, start, end, text)
    return strings


def _unescaped(text: str) -> str:
    """_x000D_ and the like as signs; half a surrogate pair is no text that can be written anywhere."""
    if "_x" not in text:
        return text
    signs = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return signs.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _dated_styles(parts: Parts, name: str) -> list[bool]:
    """For each cell style, whether its number format shows a date."""
    formats: dict[str, str] = {}
    dated: list[bool] = []
    inside = [""]

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            formats[attributes["numFmtId"]] = attributes.get("formatCode", "")[:255]
        if tag in ("cellXfs", "cellStyleXfs"):
            inside[0] = tag
        if tag == "xf" and inside[0] == "cellXfs":
            number = attributes.get("numFmtId", "0")
            dated.append(int(number) in _DATE_FORMATS or _shows_date(formats.get(number, "")))

    if name in parts:
        parse(parts.read(name), _local, start)
    return dated


def _shows_date(code: str) -> bool:
    """A format code with year, month, day or hour outside quotes, brackets and escapes."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", code.partition(";")[0]).lower()
    return any(letter in bare for letter in "ymdh年月日") and "general" not in bare


class _Worksheet:
    """One worksheet, read in one pass."""

    def __init__(self, name: str, hidden: bool, shared: list[str], dated: list[bool], epoch_1904: bool) -> None:
        self.sheet = Sheet(name, hidden)
        self._shared, self._dated, self._epoch = shared, dated, epoch_1904
        self._row = self._column = 0
        self._attributes: Attributes = {}
        self._value: list[str] = []
        self._formula: list[str] = []
        self._into: list[str] | None = None
        self._has_value = self._has_formula = False

    def read(self, data: bytes) -> Sheet:
        parse(data, _local, self._start, self._end, self._text)
        return self.sheet

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._row, self._column = self._place(attributes)
            self._attributes = attributes
            self._value, self._formula = [], []
            self._has_value = self._has_formula = False
        elif tag in ("v", "t"):
            self._into, self._has_value = self._value, True
        elif tag == "f":
            self._into, self._has_formula = self._formula, True
        elif tag == "rPh":
            self._into = None
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self._row)
        elif tag == "mergeCell":
            self._merge(attributes["ref"])

    def _place(self, attributes: Attributes) -> tuple[int, int]:
        reference = attributes.get("r")
        return _position(reference) if reference else (self._row, self._column + 1)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = _position(first)
        bottom, right = _position(last or first)
        self.sheet.merge(top, left, bottom, right)

    def _end(self, tag: str) -> None:
        if tag in ("v", "t", "f"):
            self._into = None
        elif tag == "c":
            cell = self._cell()
            if cell:
                self.sheet.put(self._row, self._column, cell)

    def _text(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def _cell(self) -> Cell | None:
        value = "".join(self._value)
        kind = self._attributes.get("t", "n")
        if self._has_formula and not value and kind != "str":
            return Cell("=" + "".join(self._formula), UNCALCULATED)
        if not self._has_value or (not value and kind != "s"):
            return None
        if kind == "s":
            value = self._shared[int(value)]
        if kind in ("s", "str", "inlineStr"):
            text = value if kind == "s" else _unescaped(value)
            return Cell(text, CELL_TEXT) if text else None
        return self._plain(kind, value)

    def _plain(self, kind: str, value: str) -> Cell:
        if kind == "e":
            return Cell(value, ERROR)
        if kind == "b":
            return Cell("TRUE" if value in ("1", "true") else "FALSE", BOOLEAN)
        if kind == "d":
            return Cell(value[:10], DATE)
        number = float(value)
        style = int(self._attributes.get("s", 0))
        if style < len(self._dated) and self._dated[style]:
            return Cell(date_text(number, self._epoch), DATE)
        return Cell(number_text(number), NUMBER)


def _position(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
