"""Any file a town may send, as a clerk sees it: sheets of cells with their texts, formulas, marks, merges.

`read` knows a file by its content, never by its extension; what it cannot read is `Unreadable`, with the reason and
what to do in Chinese. Everything is bounded, and readers that are not our own run in a process apart.
"""

from collections.abc import Callable

from pipeline.reading import delimited, xls, xlsx
from pipeline.reading.book import (
    BLANK,
    BOOLEAN,
    CELL_TEXT,
    DATE,
    ERROR,
    NUMBER,
    SHARED,
    UNCALCULATED,
    Book,
    Cell,
    Sheet,
    Unreadable,
)
from pipeline.reading.sniff import sniff

__all__ = [
    "BLANK", "BOOLEAN", "CELL_TEXT", "DATE", "ERROR", "NUMBER", "SHARED", "UNCALCULATED",
    "Book", "Cell", "Sheet", "Unreadable", "read",
]  # fmt: skip

_READERS: dict[str, Callable[[bytes], Book]] = {"xlsx": xlsx.read, "xls": xls.read, "csv": delimited.read}


def read(content: bytes) -> Book:
    """The book in a file's content; Unreadable if there is none to be had."""
    return _READERS[sniff(content)](content)
