"""What a cell of an OpenDocument spreadsheet is: its value by its type, its formula as a clerk knows it."""

import re
from collections.abc import Callable

from pipeline.intake.reading.book import (
    BOOLEAN,
    CELL_TEXT,
    DATE,
    ERROR,
    PERCENT,
    SHOWN,
    UNCALCULATED,
    UNSEEN,
    Cell,
)
from pipeline.intake.reading.formats import Format
from pipeline.intake.reading.package import SPACE, Attributes
from pipeline.intake.reading.runs import Runs, percent_text

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE = f"{_OASIS}table:1.0{SPACE}", f"{_OASIS}office:1.0{SPACE}"
_CALCEXT_TYPE = f"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0{SPACE}value-type"
_FAILED = re.compile(r"Err:\d+|#(REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|N/A)")
_SIGN = re.compile(r"[^\d.,\s()-]")  # ¥91 is money, and 91 in the accountants' format a count
_REFERENCE = re.compile(r"\[([^\[\]]*)\]")


def cell_of(attributes: Attributes, runs: Runs, format: Format) -> Cell | None:
    """The cell by its type: a number as its format shows it, else its text unless the value tells more."""
    formula = _formula(attributes.get(f"{TABLE}formula", ""))
    kind = attributes.get(f"{OFFICE}value-type", "")
    shown = runs.text
    if formula and not kind and not runs.is_begun:  # LibreOffice gives a calculated "" a paragraph, but no type
        return Cell(f"={formula}", UNCALCULATED, formula)
    if attributes.get(_CALCEXT_TYPE) == "error" or (formula and _FAILED.fullmatch(shown)):
        return Cell(shown, ERROR, formula)
    if kind == "currency" and _SIGN.search(shown):
        return Cell(shown, SHOWN, formula, runs.mark)
    if kind in ("float", "currency"):
        return format.number(float(attributes[f"{OFFICE}value"]), runs.mark)._replace(formula=formula)
    if kind in _TYPES:
        type, raw = _TYPES[kind](attributes, shown)
        return Cell(raw, type, formula, runs.mark)
    text = shown or attributes.get(f"{OFFICE}string-value", "")
    if not text:
        return None
    is_unseen = format.words is not None and not format.words.tokens  # what it adds is in the text already
    return Cell(text, CELL_TEXT, formula, runs.mark or (UNSEEN if is_unseen else ""))


_TYPES: dict[str, Callable[[Attributes, str], tuple[str, str]]] = {
    "percentage": lambda attributes, shown: (PERCENT, shown or percent_text(float(attributes[f"{OFFICE}value"]))),
    "date": lambda attributes, _: (DATE, attributes[f"{OFFICE}date-value"][:10]),
    "time": lambda attributes, shown: (DATE, shown or attributes[f"{OFFICE}time-value"]),
    "boolean": lambda attributes, _: (BOOLEAN, attributes[f"{OFFICE}boolean-value"].upper()),
}


def _formula(text: str) -> str:
    """of:=SUM([.E4:.E6]) as a clerk knows it: SUM(E4:E6)."""
    return _REFERENCE.sub(_reference, text.partition("=")[2]).replace(";", ",")


def _reference(match: re.Match[str]) -> str:
    """[.E4], [$Sheet2.E4] and ['file:///C:/2.ods'#$Sheet1.E4]"""
    file, _, place = match[1].rpartition("#")
    corners = [corner.removeprefix("$").rpartition(".") for corner in place.split(":")]
    sheet = corners[0][0]
    cells = ":".join(cell for _, _, cell in corners)
    if file:
        return f"[{file.strip(chr(39))}]{sheet}!{cells}"
    return f"{sheet}!{cells}" if sheet else cells
