"""Any file a town may send, as a clerk sees it: sheets of cells with their texts, formulas, marks, merges.

`read` knows a file by its content, never by its extension; what it cannot read is `Unreadable`, with the reason and
what to do in Chinese. Everything is bounded, and readers that are not our own run in a process apart.
"""

from collections.abc import Callable
from functools import partial

from pipeline.intake.reading import delimited, locked, ods, spreadsheetml, word, xlsb, xlsx
from pipeline.intake.reading.book import (
    BLANK,
    BOOLEAN,
    CELL_TEXT,
    DAMAGED,
    DATE,
    ENCRYPTED,
    ERROR,
    NO_MEMORY,
    NUMBER,
    PERCENT,
    SHARED,
    UNCALCULATED,
    Book,
    CannotReadHere,
    Cell,
    Sheet,
    Unreadable,
)
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.isolation import read_apart
from pipeline.intake.reading.packed import member_name, members
from pipeline.intake.reading.sniff import ARCHIVES, is_package, sniff

__all__ = [
    "BLANK", "BOOLEAN", "CELL_TEXT", "DATE", "ERROR", "NUMBER", "PERCENT", "SHARED", "UNCALCULATED",
    "Book", "Cell", "Sheet", "Unreadable", "member_name", "read", "unpack",
]  # fmt: skip


def _xls(content: bytes, budget: Budget) -> Book:
    from pipeline.intake.reading import xls  # noqa: PLC0415 - xlrd is needed in the process apart only

    return xls.read(content, budget)


def _locked(content: bytes, budget: Budget) -> Book:
    """An .xlsx, .xlsb or .docx that asks nobody for its password; what comes out of another key is no package."""
    inside = locked.opened(content, budget)
    kind = sniff(inside, budget) if is_package(inside) else ""
    if kind not in ("xlsx", "xlsb", "docx"):
        raise Unreadable(ENCRYPTED)
    return _READERS[kind](inside, budget)


def _html(content: bytes, budget: Budget) -> Book:
    from pipeline.intake.reading import markup  # noqa: PLC0415 - the standard library's e-mail parser, for .mht

    return markup.read(content, budget)


_READERS: dict[str, Callable[[bytes, Budget], Book]] = {
    "xlsx": xlsx.read,
    "xls": partial(read_apart, _xls),
    "xlsb": xlsb.read,
    "ods": ods.read,
    "docx": word.read,
    "locked": partial(read_apart, _locked),
    "html": partial(read_apart, _html),  # html.parser takes its time over some pages that are no pages
    "xml": spreadsheetml.read,
    "csv": delimited.read,
}


def read(content: bytes, budget: Budget | None = None) -> Book:
    """The book in a file's content; Unreadable if there is none to be had. budget: the received file's, if it is known."""
    budget = budget or Budget()
    kind = sniff(content, budget)
    if kind in ARCHIVES:
        raise Unreadable("压缩包里的文件要解压后直接报送 .xlsx")
    try:
        return _READERS[kind](content, budget)
    except MemoryError:
        raise CannotReadHere(NO_MEMORY) from None
    except Unreadable:
        raise
    except Exception:  # whatever a reader stumbles over costs this file only, and is told
        raise Unreadable(DAMAGED) from None


def unpack(content: bytes) -> list[tuple[str, bytes]] | None:
    """(name, content) of every file in an archive; None for a file that is no archive."""
    budget = Budget()
    kind = sniff(content, budget)
    return members(kind, content, budget) if kind in ARCHIVES else None
