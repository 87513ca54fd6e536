"""How the parts of .xlsx write names, numbers, switches and places."""

import re
from functools import lru_cache

from pipeline.intake.reading.package import SPACE, Attributes

_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # Strict
)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


def elements(*tags: str) -> dict[str, str]:
    """Names as expat gives them -> bare names, for these elements of the spreadsheet's own namespaces only."""
    return {f"{space}{SPACE}{tag}": tag for space in _SPACES for tag in tags}


def is_on(attributes: Attributes, name: str) -> bool:
    return attributes.get(name) in ("1", "true")


def natural(text: str) -> int:
    """Digits only: int() also takes -1, which in a list is the last one, and 1_0."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


@lru_cache(maxsize=8192)  # thousands of forms share the same few hundred places
def position(reference: str) -> tuple[int, int]:
    """E3 -> (3, 5); ValueError for what lies outside the grid."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise ValueError(reference)
    return row, column
